// Parts of a text, for checks of what a program printed, and for changes of what it reads. Pure.
#pragma once

#include <stdexcept>
#include <string>

namespace roots::test {

inline bool contains(const std::string &text, const std::string &part) {
  return text.find(part) != std::string::npos;
}

inline int countOf(const std::string &text, const std::string &part) {
  int count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

// The text with the first of these parts replaced. Throws if there is none.
inline std::string replaced(std::string text, const std::string &from, const std::string &to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error("the text does not contain " + from);
  return text.replace(at, from.size(), to);
}

}  // namespace roots::test
