#include "page/page_call.h"

#include <roots/kit/json.h>

namespace roots::host {
namespace {

constexpr std::size_t kMaxWords = 64;

bool makesOneLine(std::string_view key, std::string_view value) {
  constexpr std::string_view ends{"\r\n"};
  return !key.empty() && key.find('=') == std::string_view::npos &&
         key.find_first_of(ends) == std::string_view::npos &&
         value.find_first_of(ends) == std::string_view::npos;
}

}  // namespace

std::optional<PageCall> readPageCall(std::string_view body) {
  const auto document = kit::JsonDocument::parse(body);
  if (!document) return std::nullopt;
  const auto words = document->root()["words"];
  const auto secrets = document->root()["secrets"];
  if (!words.isArray() || words.size() == 0 || words.size() > kMaxWords) return std::nullopt;
  PageCall call;
  for (std::size_t index = 0; index < words.size(); ++index) {
    const auto word = words.at(index).asText();
    if (!word) return std::nullopt;
    call.words.emplace_back(*word);
  }
  for (std::size_t index = 0; index < secrets.size(); ++index) {
    const auto value = secrets.memberValue(index).asText();
    if (!value || !makesOneLine(secrets.memberName(index), *value)) return std::nullopt;
    call.secrets[std::string(secrets.memberName(index))] = std::string(*value);
  }
  return call;
}

}  // namespace roots::host
