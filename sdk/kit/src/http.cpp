#include <roots/kit/http.h>

#include "header_words.h"

namespace roots::kit {

std::optional<std::string_view> HttpReply::header(std::string_view name) const {
  for (const auto &candidate : headers)
    if (sameWord(candidate.name, name)) return candidate.value;
  return std::nullopt;
}

}  // namespace roots::kit
