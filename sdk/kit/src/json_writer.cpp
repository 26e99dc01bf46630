// Writing JSON over RapidJSON. Text that is not valid UTF-8 is repaired, so that what we write can always
// be read again.
#include "json_content.h"

#include <roots/detail/utf8.hpp>

#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstdlib>
#include <variant>

namespace roots::kit {
namespace {

std::string repaired(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = detail::utf8SequenceLength(text);
    if (length == 0) {
      result += "\xEF\xBF\xBD";
    } else {
      result.append(text.substr(0, length));
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return result;
}

}  // namespace

struct JsonWriter::Content {
  using Compact = rapidjson::Writer<rapidjson::StringBuffer>;
  using Indented = rapidjson::PrettyWriter<rapidjson::StringBuffer>;

  explicit Content(Style style) {
    if (style == Style::compact) {
      writer.emplace<Compact>(buffer);
    } else {
      writer.emplace<Indented>(buffer);
      std::get<Indented>(writer).SetIndent(' ', 2);
    }
  }

  template <class Write>
  void with(Write write) {
    if (auto *compact = std::get_if<Compact>(&writer)) write(*compact);
    if (auto *indented = std::get_if<Indented>(&writer)) write(*indented);
  }

  rapidjson::StringBuffer buffer;
  std::variant<std::monostate, Compact, Indented> writer;
};

JsonWriter::JsonWriter(Style style) : content_(std::make_unique<Content>(style)) {}
JsonWriter::JsonWriter(JsonWriter &&) noexcept = default;
JsonWriter &JsonWriter::operator=(JsonWriter &&) noexcept = default;
JsonWriter::~JsonWriter() = default;

JsonWriter &JsonWriter::beginObject() {
  content_->with([](auto &writer) { writer.StartObject(); });
  return *this;
}

JsonWriter &JsonWriter::endObject() {
  content_->with([](auto &writer) { writer.EndObject(); });
  return *this;
}

JsonWriter &JsonWriter::beginArray() {
  content_->with([](auto &writer) { writer.StartArray(); });
  return *this;
}

JsonWriter &JsonWriter::endArray() {
  content_->with([](auto &writer) { writer.EndArray(); });
  return *this;
}

JsonWriter &JsonWriter::name(std::string_view member) {
  const std::string valid = repaired(member);
  content_->with(
      [&](auto &writer) { writer.Key(valid.data(), static_cast<rapidjson::SizeType>(valid.size())); });
  return *this;
}

JsonWriter &JsonWriter::text(std::string_view value) {
  const std::string valid = repaired(value);
  content_->with(
      [&](auto &writer) { writer.String(valid.data(), static_cast<rapidjson::SizeType>(valid.size())); });
  return *this;
}

JsonWriter &JsonWriter::integer(std::int64_t value) {
  content_->with([&](auto &writer) { writer.Int64(value); });
  return *this;
}

JsonWriter &JsonWriter::flag(bool value) {
  content_->with([&](auto &writer) { writer.Bool(value); });
  return *this;
}

JsonWriter &JsonWriter::null() {
  content_->with([](auto &writer) { writer.Null(); });
  return *this;
}

JsonWriter &JsonWriter::hundredths(std::int64_t value) {
  const std::uint64_t amount =
      value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  std::string digits = (value < 0 ? "-" : "") + std::to_string(amount / 100);
  if (const auto rest = amount % 100; rest != 0) {
    digits += '.';
    digits += static_cast<char>('0' + rest / 10);
    if (rest % 10 != 0) digits += static_cast<char>('0' + rest % 10);
  }
  return json(digits);
}

JsonWriter &JsonWriter::json(std::string_view value) {
  // The type has no effect on a value; it is checked only for the name of a member.
  content_->with([&](auto &writer) { writer.RawValue(value.data(), value.size(), rapidjson::kObjectType); });
  return *this;
}

JsonWriter &JsonWriter::copy(JsonView value) {
  switch (value.kind()) {
    case JsonKind::missing:
    case JsonKind::null:
      return null();
    case JsonKind::text:
      return text(*value.asText());
    case JsonKind::boolean:
      return flag(*value.asFlag());
    case JsonKind::number:
      return json(JsonDocument::textOf(value));
    case JsonKind::array: {
      beginArray();
      for (std::size_t index = 0; index < value.size(); ++index) copy(value.at(index));
      return endArray();
    }
    case JsonKind::object: {
      beginObject();
      for (std::size_t index = 0; index < value.size(); ++index)
        name(value.memberName(index)).copy(value.memberValue(index));
      return endObject();
    }
  }
  return *this;
}

std::string JsonWriter::finish() {
  std::string text(content_->buffer.GetString(), content_->buffer.GetSize());
  const bool indented = std::holds_alternative<Content::Indented>(content_->writer);
  content_ = std::make_unique<Content>(indented ? Style::indented : Style::compact);
  return text;
}

}  // namespace roots::kit
