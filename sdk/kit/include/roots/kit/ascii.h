// Upper and lower case of ASCII letters, independent of the locale: for words of HTTP and of services. Pure.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace roots::kit {

[[nodiscard]] inline char lowered(char character) {
  return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
}

[[nodiscard]] inline std::string lowered(std::string_view text) {
  std::string result(text);
  for (char &character : result) character = lowered(character);
  return result;
}

[[nodiscard]] inline bool sameWord(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char left, char right) { return lowered(left) == lowered(right); });
}

}  // namespace roots::kit
