#include "state/set_aside.h"

#include "state/state_file.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace roots::host {
namespace {

namespace fs = std::filesystem;

std::string nameOfCopies(const fs::path &file) { return file.filename().string() + ".damaged"; }

// Compares files of any size; false also if one cannot be read.
bool haveSameContent(const fs::path &one, const fs::path &other) {
  std::ifstream first(one, std::ios::binary);
  std::ifstream second(other, std::ios::binary);
  using Bytes = std::istreambuf_iterator<char>;
  return first.is_open() && second.is_open() && std::equal(Bytes(first), Bytes(), Bytes(second), Bytes());
}

}  // namespace

Result<fs::path> setAside(const fs::path &file) { return setAside(file, file); }

Result<fs::path> setAside(const fs::path &from, const fs::path &file) {
  for (int number = 1;; ++number) {
    const std::string ending = number == 1 ? "" : "-" + std::to_string(number);
    fs::path copy = file.parent_path() / (nameOfCopies(file) + ending);
    std::error_code problem;
    if (fs::exists(fs::symlink_status(copy, problem))) {
      if (haveSameContent(copy, from)) return copy;
      continue;
    }
    if (auto copied = copyStateFile(from, copy); !copied) return std::move(copied).error();
    return copy;
  }
}

std::vector<fs::path> copiesOf(const fs::path &file) {
  std::vector<fs::path> copies;
  std::error_code problem;
  for (const auto &entry : fs::directory_iterator(file.parent_path(), problem)) {
    const std::string name = entry.path().filename().string();
    const bool is_draft = name.ends_with(".new");  // of an incomplete copy
    if (name.starts_with(nameOfCopies(file)) && !is_draft) copies.push_back(entry.path());
  }
  std::sort(copies.begin(), copies.end());
  return copies;
}

std::string listed(const std::vector<std::string> &parts) {
  std::string text;
  for (const std::string &part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

}  // namespace roots::host
