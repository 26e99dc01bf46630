// Looking at parsed JSON over RapidJSON. Numbers may be read from text as well.
#include "json_content.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <charconv>
#include <cmath>
#include <limits>
#include <vector>

namespace roots::kit {
namespace {

const rapidjson::Value &valueAt(const void *value) { return *static_cast<const rapidjson::Value *>(value); }

std::string_view textView(const rapidjson::Value &value) {
  return {value.GetString(), value.GetStringLength()};
}

// A decimal number as text -> a whole number of its units of 10^-kept, rounded half away from zero, without a
// detour over double.
std::optional<std::int64_t> scaledOf(std::string_view text, int kept) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative || (!text.empty() && text.front() == '+')) text.remove_prefix(1);
  constexpr std::int64_t kMaxAmount = std::numeric_limits<std::int64_t>::max() / 1000;
  std::int64_t amount = 0;
  const auto hasRoom = [&] { return amount <= kMaxAmount; };
  int decimals = -1;  // digits seen after the point; -1: none yet
  bool any_digit = false;
  bool round_up = false;
  for (const char character : text) {
    if (character == '.' || character == ',') {
      if (decimals >= 0) return std::nullopt;
      decimals = 0;
    } else if (character >= '0' && character <= '9') {
      any_digit = true;
      if (decimals == kept) round_up = character >= '5';
      if (decimals < kept) {
        if (!hasRoom()) return std::nullopt;
        amount = amount * 10 + (character - '0');
      }
      if (decimals >= 0) ++decimals;
    } else {
      return std::nullopt;
    }
  }
  if (!any_digit) return std::nullopt;
  for (int missing = decimals < 0 ? kept : kept - decimals; missing > 0; --missing) {
    if (!hasRoom()) return std::nullopt;
    amount *= 10;
  }
  if (round_up) ++amount;
  return negative ? -amount : amount;
}

std::optional<std::int64_t> integerOf(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// The shortest decimal that gives this double again: 18.33 stays "18.33".
std::string shortest(double number) {
  char buffer[400];
  const auto [end, problem] = std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::fixed);
  return problem == std::errc() ? std::string(buffer, end) : std::string();
}

std::string escapedForPointer(std::string_view name) {
  std::string escaped;
  for (const char character : name) {
    if (character == '~') {
      escaped += "~0";
    } else if (character == '/') {
      escaped += "~1";
    } else {
      escaped += character;
    }
  }
  return escaped;
}

// Depth is limited by the parser, so recursion is safe.
bool findPath(const rapidjson::Value &from, const rapidjson::Value &wanted, std::string &path) {
  if (&from == &wanted) return true;
  const std::size_t length = path.size();
  if (from.IsObject()) {
    for (const auto &member : from.GetObject()) {
      path += "/" + escapedForPointer(textView(member.name));
      if (findPath(member.value, wanted, path)) return true;
      path.resize(length);
    }
  } else if (from.IsArray()) {
    for (rapidjson::SizeType index = 0; index < from.Size(); ++index) {
      path += "/" + std::to_string(index);
      if (findPath(from[index], wanted, path)) return true;
      path.resize(length);
    }
  }
  return false;
}

}  // namespace

JsonKind JsonView::kind() const {
  if (value_ == nullptr) return JsonKind::missing;
  switch (valueAt(value_).GetType()) {
    case rapidjson::kNullType:
      return JsonKind::null;
    case rapidjson::kFalseType:
    case rapidjson::kTrueType:
      return JsonKind::boolean;
    case rapidjson::kObjectType:
      return JsonKind::object;
    case rapidjson::kArrayType:
      return JsonKind::array;
    case rapidjson::kStringType:
      return JsonKind::text;
    case rapidjson::kNumberType:
      return JsonKind::number;
  }
  return JsonKind::missing;
}

bool JsonView::isBlank() const {
  switch (kind()) {
    case JsonKind::missing:
    case JsonKind::null:
      return true;
    case JsonKind::text:
      return valueAt(value_).GetStringLength() == 0;
    case JsonKind::array:
    case JsonKind::object:
      return size() == 0;
    case JsonKind::boolean:
    case JsonKind::number:
      return false;
  }
  return false;
}

JsonView JsonView::operator[](std::string_view member) const {
  if (!isObject()) return {};
  for (const auto &each : valueAt(value_).GetObject())
    if (textView(each.name) == member) return JsonView(&each.value);
  return {};
}

std::size_t JsonView::size() const {
  if (isArray()) return valueAt(value_).Size();
  return isObject() ? valueAt(value_).MemberCount() : 0;
}

JsonView JsonView::at(std::size_t index) const {
  if (!isArray() || index >= size()) return {};
  return JsonView(&valueAt(value_)[static_cast<rapidjson::SizeType>(index)]);
}

std::string_view JsonView::memberName(std::size_t index) const {
  if (!isObject() || index >= size()) return {};
  return textView((valueAt(value_).MemberBegin() + static_cast<std::ptrdiff_t>(index))->name);
}

JsonView JsonView::memberValue(std::size_t index) const {
  if (!isObject() || index >= size()) return {};
  return JsonView(&(valueAt(value_).MemberBegin() + static_cast<std::ptrdiff_t>(index))->value);
}

std::optional<std::string_view> JsonView::asText() const {
  if (!isText()) return std::nullopt;
  return textView(valueAt(value_));
}

std::string JsonView::textOrEmpty() const { return std::string(asText().value_or("")); }

std::optional<std::string> JsonView::asId() const {
  if (kind() == JsonKind::text && !isBlank()) return std::string(textView(valueAt(value_)));
  if (kind() != JsonKind::number) return std::nullopt;
  if (valueAt(value_).IsInt64()) return std::to_string(valueAt(value_).GetInt64());
  if (valueAt(value_).IsUint64()) return std::to_string(valueAt(value_).GetUint64());
  return std::nullopt;
}

std::optional<std::int64_t> JsonView::asInteger() const {
  if (isText()) return integerOf(textView(valueAt(value_)));
  if (kind() != JsonKind::number) return std::nullopt;
  const auto &value = valueAt(value_);
  if (value.IsInt64()) return value.GetInt64();
  // 2.0 is a whole number, too; beyond 2^53 a double no longer tells which one.
  if (!value.IsDouble() || std::trunc(value.GetDouble()) != value.GetDouble()) return std::nullopt;
  if (std::fabs(value.GetDouble()) > 9007199254740992.0) return std::nullopt;
  return static_cast<std::int64_t>(value.GetDouble());
}

std::optional<std::int64_t> JsonView::asScaled(int decimals) const {
  if (isText()) return scaledOf(textView(valueAt(value_)), decimals);
  if (kind() != JsonKind::number) return std::nullopt;
  const auto &value = valueAt(value_);
  if (value.IsInt64()) return scaledOf(std::to_string(value.GetInt64()), decimals);
  return value.IsDouble() ? scaledOf(shortest(value.GetDouble()), decimals) : std::nullopt;
}

std::optional<bool> JsonView::asFlag() const {
  if (kind() == JsonKind::boolean) return valueAt(value_).GetBool();
  if (isText() && textView(valueAt(value_)) == "true") return true;
  if (isText() && textView(valueAt(value_)) == "false") return false;
  const std::int64_t number = asInteger().value_or(-1);
  if (number != 0 && number != 1) return std::nullopt;
  return number == 1;
}

JsonDocument::JsonDocument(std::unique_ptr<Content> content) : content_(std::move(content)) {}
JsonDocument::JsonDocument(JsonDocument &&) noexcept = default;
JsonDocument &JsonDocument::operator=(JsonDocument &&) noexcept = default;
JsonDocument::~JsonDocument() = default;

JsonView JsonDocument::root() const { return JsonView(&content_->document); }

std::string JsonDocument::pointerTo(JsonView view) const {
  std::string path;
  if (view.value_ == nullptr || !findPath(content_->document, valueAt(view.value_), path)) return "?";
  return path;
}

std::string JsonDocument::textOf(JsonView view) {
  if (view.value_ == nullptr) return "null";
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  valueAt(view.value_).Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace roots::kit
