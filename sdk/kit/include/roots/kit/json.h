// Reading and writing JSON. The sole wrapper around RapidJSON.
//
// Reading is tolerant where services vary (numbers as text, 0/1 for booleans) and strict where a guess
// could be wrong: each as...() either gives the value or nullopt, and the caller decides what that means.
// A document is immutable after parsing; views borrow from it and must not outlive it. Reading one
// document from several threads is safe.
#pragma once

#include <roots/result.hpp>

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roots::kit {

enum class JsonKind { missing, null, boolean, number, text, array, object };

// A place in a document. Cheap to copy. Asking a missing place for a member gives a missing place, so
// paths can be written in one go: reply["data"]["token"].asText().
class JsonView {
 public:
  JsonView() = default;  // missing

  [[nodiscard]] JsonKind kind() const;
  [[nodiscard]] bool exists() const { return kind() != JsonKind::missing; }
  [[nodiscard]] bool isObject() const { return kind() == JsonKind::object; }
  [[nodiscard]] bool isArray() const { return kind() == JsonKind::array; }
  [[nodiscard]] bool isText() const { return kind() == JsonKind::text; }
  // Missing, null, "", [] or {}: the ways in which services send "no value".
  [[nodiscard]] bool isBlank() const;

  [[nodiscard]] JsonView operator[](std::string_view member) const;    // missing unless an object has it
  [[nodiscard]] std::size_t size() const;                              // of an array or object, else 0
  [[nodiscard]] JsonView at(std::size_t index) const;                  // missing unless an array has it
  [[nodiscard]] std::string_view memberName(std::size_t index) const;  // of an object, in its order
  [[nodiscard]] JsonView memberValue(std::size_t index) const;

  [[nodiscard]] std::optional<std::string_view> asText() const;  // text only
  // The text, or "" where there is none: for members that may be left out.
  [[nodiscard]] std::string textOrEmpty() const;
  // An identifier: text that is not empty, or an integer of up to 64 bits, as text.
  [[nodiscard]] std::optional<std::string> asId() const;
  // A number without fraction, or text that spells one.
  [[nodiscard]] std::optional<std::int64_t> asInteger() const;
  // A number or text that spells one ("7.5", "7,5"), in hundredths, rounded half away from zero.
  [[nodiscard]] std::optional<std::int64_t> asHundredths() const { return asScaled(2); }
  // The same with another number of decimals, 0 to 9, for what is summed before it is rounded.
  [[nodiscard]] std::optional<std::int64_t> asScaled(int decimals) const;
  // true/false, 1/0, "1"/"0", "true"/"false".
  [[nodiscard]] std::optional<bool> asFlag() const;

 private:
  friend class JsonDocument;
  explicit JsonView(const void *value) : value_(value) {}
  const void *value_ = nullptr;
};

class JsonDocument;

// How many values and names of members one document may hold. A page of 200 rows has about 10,000, and 5,000
// rows at once have 300,000; a hostile text of 16 MiB could have 8,000,000, at 16 to 40 bytes of memory each.
constexpr std::size_t kMaxJsonValues = 1'000'000;

// An element of the list with this name in the text's root. Valid while it is handed over, not longer.
struct JsonElement {
  const JsonDocument &document;
  std::string_view list;
  std::size_t index = 0;
};
using OnElement = std::function<void(const JsonElement &)>;

// A parsed text. Movable, not copyable.
class JsonDocument {
 public:
  // The whole text must be one JSON value in valid UTF-8; a leading byte-order mark is skipped. Deep
  // nesting is handled safely; more than 64 levels are refused, and so are more than max_values values
  // and names, as soon as they are met. The error (Status::unexpected_reply) says what is wrong and at which
  // byte, never what the text contains.
  [[nodiscard]] static Result<JsonDocument> parse(std::string_view text,
                                                  std::size_t max_values = kMaxJsonValues);

  // The same for an object with a long list in it: the elements of the first list with one of these names
  // are handed over one after the other and forgotten; the document that comes back has an empty list in
  // their place. Takes the memory of one element, however many there are: kMaxJsonValues holds for what
  // surrounds the list together with one element. Elements are handed over before
  // it is known whether the rest of the text can be read: after an error, what came before is void.
  [[nodiscard]] static Result<JsonDocument> parseList(std::string text,
                                                      std::initializer_list<std::string_view> lists,
                                                      const OnElement &onElement);

  JsonDocument(JsonDocument &&) noexcept;
  JsonDocument &operator=(JsonDocument &&) noexcept;
  ~JsonDocument();

  [[nodiscard]] JsonView root() const;
  // JSON pointer of a view of this document ("/data/0/attributes/status"), for error messages.
  [[nodiscard]] std::string pointerTo(JsonView view) const;
  // The view's value as JSON text again.
  [[nodiscard]] static std::string textOf(JsonView view);

  struct Content;  // RapidJSON's document; private to the kit

 private:
  friend class JsonSchema;
  explicit JsonDocument(std::unique_ptr<Content> content);
  std::unique_ptr<Content> content_;
};

// A JSON schema (draft 04) to validate documents with. Checking from several threads is safe.
class JsonSchema {
 public:
  [[nodiscard]] static Result<JsonSchema> parse(std::string_view schema);
  JsonSchema(JsonSchema &&) noexcept;
  JsonSchema &operator=(JsonSchema &&) noexcept;
  ~JsonSchema();

  // Status::unexpected_reply with the place and the rule: "pattern at /library/linux-x86_64".
  [[nodiscard]] Result<void> check(const JsonDocument &document) const;

 private:
  struct Content;
  explicit JsonSchema(std::unique_ptr<Content> content);
  std::unique_ptr<Content> content_;
};

// Writes one JSON text, front to back. Wrong order of calls is a bug of the caller (asserted).
class JsonWriter {
 public:
  enum class Style { compact, indented };
  explicit JsonWriter(Style style = Style::compact);
  JsonWriter(JsonWriter &&) noexcept;
  JsonWriter &operator=(JsonWriter &&) noexcept;
  ~JsonWriter();

  JsonWriter &beginObject();
  JsonWriter &endObject();
  JsonWriter &beginArray();
  JsonWriter &endArray();
  JsonWriter &name(std::string_view member);
  JsonWriter &text(std::string_view value);
  JsonWriter &integer(std::int64_t value);
  JsonWriter &flag(bool value);
  JsonWriter &null();
  JsonWriter &hundredths(std::int64_t value);  // 1833 -> 18.33, exactly
  JsonWriter &copy(JsonView value);
  // A value that is JSON already, as it is. It must be one whole value; it is not checked.
  JsonWriter &json(std::string_view value);

  // Shorthands for a member of the open object.
  JsonWriter &text(std::string_view member, std::string_view value) { return name(member).text(value); }
  JsonWriter &integer(std::string_view member, std::int64_t value) { return name(member).integer(value); }
  JsonWriter &flag(std::string_view member, bool value) { return name(member).flag(value); }
  JsonWriter &null(std::string_view member) { return name(member).null(); }
  JsonWriter &json(std::string_view member, std::string_view value) { return name(member).json(value); }
  JsonWriter &texts(std::string_view member, const std::vector<std::string> &values) {
    name(member).beginArray();
    for (const auto &value : values) text(value);
    return endArray();
  }

  [[nodiscard]] std::string finish();  // the text; the writer is empty afterwards

 private:
  struct Content;
  std::unique_ptr<Content> content_;
};

}  // namespace roots::kit
