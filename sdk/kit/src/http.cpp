#include <roots/kit/http.h>

#include <algorithm>

namespace roots::kit {
namespace {

// Header names are ASCII; the locale must not have a say.
char lower(char character) {
  return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
}

bool sameName(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char left, char right) { return lower(left) == lower(right); });
}

}  // namespace

std::optional<std::string_view> HttpReply::header(std::string_view name) const {
  for (const auto &candidate : headers) {
    if (sameName(candidate.name, name)) return candidate.value;
  }
  return std::nullopt;
}

}  // namespace roots::kit
