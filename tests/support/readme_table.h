// Tables in README files that the tests write themselves, so that they cannot grow old. With
// ROOTS_WRITE_TABLES set in the environment a test writes its table instead of comparing it.
#pragma once

#include "support/catch.h"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace roots::tests {

// A file of this project.
inline std::string textOf(const std::string &file) {
  std::ostringstream content;
  content << std::ifstream(std::string(ROOTS_SOURCE_DIR) + "/" + file).rdbuf();
  return content.str();
}

// The table stands between "<!-- table: NAME -->" and "<!-- end of table -->".
inline void compareWithTable(const std::string &file, const std::string &name, const std::string &table) {
  const std::string text = textOf(file);
  const std::string mark = "<!-- table: " + name + " -->\n";
  const std::size_t begin = text.find(mark);
  REQUIRE(begin != std::string::npos);
  const std::size_t from = begin + mark.size();
  const std::size_t end = text.find("<!-- end of table -->\n", from);
  REQUIRE(end != std::string::npos);
  if (std::getenv("ROOTS_WRITE_TABLES") != nullptr) {
    std::ofstream(std::string(ROOTS_SOURCE_DIR) + "/" + file)
        << text.substr(0, from) << table << text.substr(end);
    return;
  }
  CHECK(text.substr(from, end - from) == table);
}

inline void compareWithReadme(const std::string &name, const std::string &table) {
  compareWithTable("tests/README.md", name, table);
}

}  // namespace roots::tests
