// Comparing without regard to upper and lower case, for ASCII words of the API. Pure.
#pragma once

#include <string>
#include <string_view>

namespace roots::personio {

[[nodiscard]] inline std::string lowerCase(std::string_view text) {
  std::string lower(text);
  for (char &character : lower)
    if (character >= 'A' && character <= 'Z') character = static_cast<char>(character - 'A' + 'a');
  return lower;
}

}  // namespace roots::personio
