// The words and blanks of HTTP headers.
#pragma once

#include <roots/kit/ascii.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace roots::kit {

// The whitespace between the parts of a header (OWS in RFC 9110, 5.6.3).
inline constexpr std::string_view kBlanks = " \t";

// Without the blanks at both ends.
inline std::string_view withoutBlanks(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
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
