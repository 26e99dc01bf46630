// What JsonDocument, JsonSchema and JsonWriter hold. Only the json_*.cpp files include this: RapidJSON
// must not show in a header of the kit.
#pragma once

#include <roots/kit/json.h>
#include <roots/kit/wipe.h>

#include <rapidjson/document.h>

#include <string>
#include <vector>

namespace roots::kit {

struct JsonDocument::Content {
  // With room: what fits in there takes no other memory, however often the document is parsed anew.
  explicit Content(std::size_t room = 0)
      : buffer(room),
        allocator(room == 0 ? Allocator() : Allocator(buffer.data(), buffer.size())),
        document(&allocator) {}
  // Settings, tokens and keys come as JSON, too.
  ~Content() { wipe(text); }
  Content(const Content &) = delete;
  Content &operator=(const Content &) = delete;

  using Allocator = rapidjson::MemoryPoolAllocator<>;
  std::string text;  // what was parsed; the document's texts lie in it
  std::vector<char> buffer;
  Allocator allocator;
  rapidjson::Document document;
};

[[nodiscard]] inline Error jsonNotUnderstood(std::string message) {
  Error error;
  error.status = Status::unexpected_reply;
  error.message = std::move(message);
  return error;
}

}  // namespace roots::kit
