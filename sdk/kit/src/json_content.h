// What JsonDocument, JsonSchema and JsonWriter hold. Only the json_*.cpp files include this: RapidJSON
// must not show in a header of the kit.
#pragma once

#include <roots/kit/json.h>

#include <rapidjson/document.h>

namespace roots::kit {

struct JsonDocument::Content {
  rapidjson::Document document;
};

[[nodiscard]] inline Error jsonNotUnderstood(std::string message) {
  Error error;
  error.status = Status::unexpected_reply;
  error.message = std::move(message);
  return error;
}

}  // namespace roots::kit
