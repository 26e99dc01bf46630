// ASCII words of HTTP, independent of the locale.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace roots::kit {

inline char lowered(char character) {
  return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
}

// The whitespace between the parts of a header (OWS in RFC 9110, 5.6.3).
inline constexpr std::string_view kBlanks = " \t";

// Without the blanks at both ends.
inline std::string_view withoutBlanks(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

inline std::string lowered(std::string_view text) {
  std::string result(text);
  for (char &character : result) character = lowered(character);
  return result;
}

inline bool sameWord(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char left, char right) { return lowered(left) == lowered(right); });
}

// The characters of a token (RFC 9110, 5.6.2).
inline bool isTokenCharacter(char character) {
  constexpr std::string_view others = "!#$%&'*+-.^_`|~";
  return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'z') ||
         (character >= 'A' && character <= 'Z') || others.find(character) != std::string_view::npos;
}

inline bool isToken(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), isTokenCharacter);
}

}  // namespace roots::kit
