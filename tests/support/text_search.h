// Parts of a text, for checks of what a program printed. Pure.
#pragma once

#include <string>

namespace roots::test {

inline bool holds(const std::string &text, const std::string &part) {
  return text.find(part) != std::string::npos;
}

inline int countOf(const std::string &text, const std::string &part) {
  int count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

}  // namespace roots::test
