// The private parts of JsonDocument, JsonSchema and JsonWriter. Only the json_*.cpp files include this, so
// that the headers of the kit do not depend on RapidJSON.
#pragma once

#include <roots/kit/json.h>
#include <roots/kit/wipe.h>

#include <rapidjson/document.h>

#include <string>
#include <vector>

namespace roots::kit {

struct JsonDocument::Content {
  // room: size of a buffer that is reused whenever the document is parsed again.
  explicit Content(std::size_t room = 0)
      : buffer(room),
        allocator(room == 0 ? Allocator() : Allocator(buffer.data(), buffer.size())),
        document(&allocator) {}
  // The text may hold settings, tokens and keys.
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
  return makeError(Status::unexpected_reply, std::move(message));
}

}  // namespace roots::kit
