// Tables in Markdown files that the tests generate, so that they stay current. If ROOTS_WRITE_TABLES is set
// in the environment, a test writes its table instead of comparing it.
#pragma once

#include "support/catch.h"
#include "support/folders.h"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace roots::test {

// The content of a file of this project.
inline std::string textOf(const std::string &file) {
  std::ostringstream content;
  content << std::ifstream(sourceFolder() + "/" + file).rdbuf();
  return content.str();
}

// Compares the one generated table of a file, which stands between "<!-- generated table -->" and
// "<!-- end of table -->".
inline void compareWithTable(const std::string &file, const std::string &table) {
  INFO("To update the table, run this test with ROOTS_WRITE_TABLES=1 in the environment.");
  const std::string text = textOf(file);
  const std::string mark = "<!-- generated table -->\n";
  const std::size_t begin = text.find(mark);
  REQUIRE(begin != std::string::npos);
  const std::size_t from = begin + mark.size();
  const std::size_t end = text.find("<!-- end of table -->\n", from);
  REQUIRE(end != std::string::npos);
  if (std::getenv("ROOTS_WRITE_TABLES") != nullptr) {
    std::ofstream(sourceFolder() + "/" + file) << text.substr(0, from) << table << text.substr(end);
    return;
  }
  CHECK(text.substr(from, end - from) == table);
}

}  // namespace roots::test
