// Reading text from the front, character by character.
#pragma once

#include <string_view>

namespace roots::personio {

// Whether text starts with the character, which is then removed from it.
[[nodiscard]] inline bool takeCharacter(std::string_view &text, char wanted) {
  if (text.empty() || text.front() != wanted) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace roots::personio
