// Reading JSON over RapidJSON. What the flags cost (19 MB of time-offs, g++ -O2): iterative parsing
// 20 %, checking UTF-8 40 %. Both are paid: a recursive parser dies of 100,000 brackets, and invalid UTF-8
// would cross the provider interface. Numbers are read from their text here: RapidJSON 1.1 rounds them, and
// with full precision makes any number of a zero with an exponent (0E151).
#include "json_content.h"

#include <rapidjson/encodedstream.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <charconv>
#include <cmath>
#include <limits>
#include <vector>

namespace roots::kit {
namespace {

constexpr std::size_t kDeepest = 64;
constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag |
                            rapidjson::kParseNumbersAsStringsFlag;

const rapidjson::Value &valueAt(const void *value) { return *static_cast<const rapidjson::Value *>(value); }

// RapidJSON lets the second half of a surrogate pair stand alone ("\\udc00"), which makes text that is no
// UTF-8. The replacement character has as many bytes.
std::optional<std::string> withoutLoneHalves(std::string_view text) {
  const auto isLoneHalf = [](std::string_view bytes) {
    return bytes.size() >= 3 && bytes[0] == '\xED' && static_cast<unsigned char>(bytes[1]) >= 0xA0;
  };
  std::optional<std::string> repaired;
  for (std::size_t at = text.find('\xED'); at != std::string_view::npos; at = text.find('\xED', at + 1)) {
    if (!isLoneHalf(text.substr(at))) continue;
    if (!repaired) repaired = std::string(text);
    repaired->replace(at, 3, "\xEF\xBF\xBD");
  }
  return repaired;
}

// Feeds a Document and refuses what is nested too deeply, so that everything after parsing may recurse.
class DepthLimited {
 public:
  explicit DepthLimited(rapidjson::Document &document) : document_(document) {}
  using Ch = char;
  using Size = rapidjson::SizeType;

  bool Null() { return document_.Null(); }
  bool Bool(bool value) { return document_.Bool(value); }
  // The text keeps to JSON's grammar of numbers.
  bool RawNumber(const Ch *text, Size size, bool) {
    const Ch *const end = text + size;
    const auto isWhole = [&](auto &value) {
      const auto [stopped, problem] = std::from_chars(text, end, value);
      return problem == std::errc() && stopped == end;
    };
    if (std::int64_t value = 0; isWhole(value)) return document_.Int64(value);
    if (std::uint64_t value = 0; isWhole(value)) return document_.Uint64(value);
    if (double value = 0; isWhole(value)) return document_.Double(value);
    // Too small for a double is nothing; too large is refused.
    return std::string_view(text, size).find('-', 1) != std::string_view::npos && document_.Double(0);
  }
  // RapidJSON's reader asks for these, and never calls them.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }
  bool String(const Ch *text, Size size, bool copy) {
    const auto repaired = withoutLoneHalves({text, size});
    return document_.String(repaired ? repaired->c_str() : text, size, copy || repaired);
  }
  bool StartObject() { return ++depth_ <= kDeepest && document_.StartObject(); }
  bool Key(const Ch *text, Size size, bool copy) {
    const auto repaired = withoutLoneHalves({text, size});
    return document_.Key(repaired ? repaired->c_str() : text, size, copy || repaired);
  }
  bool EndObject(Size count) {
    --depth_;
    return document_.EndObject(count);
  }
  bool StartArray() { return ++depth_ <= kDeepest && document_.StartArray(); }
  bool EndArray(Size count) {
    --depth_;
    return document_.EndArray(count);
  }

  [[nodiscard]] bool tooDeep() const { return depth_ > kDeepest; }

 private:
  rapidjson::Document &document_;
  std::size_t depth_ = 0;
};

std::string_view textView(const rapidjson::Value &value) {
  return {value.GetString(), value.GetStringLength()};
}

// A decimal number as text -> hundredths, rounded half away from zero, without a detour over double.
std::optional<std::int64_t> hundredthsOf(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative || (!text.empty() && text.front() == '+')) text.remove_prefix(1);
  constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max() / 1000;
  std::int64_t amount = 0;
  int decimals = -1;  // digits seen after the point; -1: none yet
  bool any_digit = false;
  bool round_up = false;
  for (const char character : text) {
    if (character == '.' || character == ',') {
      if (decimals >= 0) return std::nullopt;
      decimals = 0;
    } else if (character >= '0' && character <= '9') {
      any_digit = true;
      if (decimals == 2) round_up = character >= '5';
      if (decimals < 2) {
        if (amount > kLargest) return std::nullopt;
        amount = amount * 10 + (character - '0');
      }
      if (decimals >= 0) ++decimals;
    } else {
      return std::nullopt;
    }
  }
  if (!any_digit) return std::nullopt;
  for (int missing = decimals < 0 ? 2 : 2 - decimals; missing > 0; --missing) {
    if (amount > kLargest) return std::nullopt;
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
    if (character == '~')
      escaped += "~0";
    else if (character == '/')
      escaped += "~1";
    else
      escaped += character;
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
  const rapidjson::Value name(rapidjson::StringRef(member.data(), member.size()));
  const auto &object = valueAt(value_);
  const auto found = object.FindMember(name);
  return found == object.MemberEnd() ? JsonView() : JsonView(&found->value);
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

std::optional<std::int64_t> JsonView::asHundredths() const {
  if (isText()) return hundredthsOf(textView(valueAt(value_)));
  if (kind() != JsonKind::number) return std::nullopt;
  const auto &value = valueAt(value_);
  if (value.IsInt64()) return hundredthsOf(std::to_string(value.GetInt64()));
  return value.IsDouble() ? hundredthsOf(shortest(value.GetDouble())) : std::nullopt;
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

Result<JsonDocument> JsonDocument::parse(std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  const std::size_t skipped =
      text.substr(0, byte_order_mark.size()) == byte_order_mark ? byte_order_mark.size() : 0;
  const std::string_view content_text = text.substr(skipped);
  if (content_text.empty()) return jsonNotUnderstood("The JSON text is empty.");

  auto content = std::make_unique<Content>();
  rapidjson::ParseResult outcome;
  bool too_deep = false;
  const auto generate = [&](auto &document) {
    rapidjson::MemoryStream bytes(content_text.data(), content_text.size());
    rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> stream(bytes);
    rapidjson::Reader reader;
    DepthLimited handler(document);
    outcome = reader.Parse<kFlags>(stream, handler);
    too_deep = handler.tooDeep();
    return !outcome.IsError();
  };
  content->document.Populate(generate);
  if (too_deep) {
    return jsonNotUnderstood("The JSON text is nested more than " + std::to_string(kDeepest) +
                             " levels deep.");
  }
  if (outcome.IsError()) {
    return jsonNotUnderstood("The JSON text is broken at byte " + std::to_string(outcome.Offset() + skipped) +
                             ": " + rapidjson::GetParseError_En(outcome.Code()));
  }
  return JsonDocument(std::move(content));
}

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
