// Parsing JSON over RapidJSON: a whole text, or a list one element at a time.
//
// In place, so that texts are not copied. Recursive, which is faster; to withstand 100,000 brackets, the
// handler stops at the permitted depth. UTF-8 is checked beforehand, eight bytes at a time:
// RapidJSON's own check looks at each byte. Numbers are read from their text here: RapidJSON 1.1 rounds them,
// and with full precision makes any number of a zero with an exponent (0E151). What each of these costs is
// measured by tests/benchmark.
#include "json_content.h"

#include <roots/detail/utf8.hpp>

#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>
#include <rapidjson/stream.h>

#include <algorithm>
#include <charconv>

namespace roots::kit {
namespace {

constexpr std::size_t kMaxDepth = 64;
// An element of a list fits in here; a larger one takes memory of its own.
constexpr std::size_t kRoomForElement = 16 * 1024;
constexpr unsigned kFlags =
    rapidjson::kParseInsituFlag | rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseStopWhenDoneFlag;

// Whether this is the escape of a high surrogate ("\ud83d") or, if second, of a low one ("\ude00").
bool isSurrogateEscape(std::string_view escape, bool second) {
  if (escape.size() != 6 || escape[1] != 'u' || (escape[2] != 'd' && escape[2] != 'D')) return false;
  const auto isAnyOf = [&](std::size_t index, std::string_view signs) {
    return signs.find(escape[index]) != std::string_view::npos;
  };
  constexpr std::string_view digits = "0123456789abcdefABCDEF";
  return escape[0] == '\\' && isAnyOf(3, second ? "cdefCDEF" : "89abAB") && isAnyOf(4, digits) &&
         isAnyOf(5, digits);
}

// RapidJSON accepts an unpaired low surrogate, which results in invalid UTF-8. Its escape is replaced by that
// of the replacement character.
void replaceUnpairedSurrogates(std::string &text) {
  const std::string_view whole = text;
  std::size_t next = 0;
  for (std::size_t at = whole.find('\\'); at < whole.size(); at = whole.find('\\', next)) {
    next = at + 2;
    if (isSurrogateEscape(whole.substr(at, 6), true)) {
      constexpr std::string_view replacement = "\\ufffd";
      std::copy(replacement.begin(), replacement.end(), text.data() + at);
    } else if (isSurrogateEscape(whole.substr(at, 6), false) &&
               isSurrogateEscape(whole.substr(at + 6, 6), true)) {
      next = at + 12;
    }
  }
}

// Fills a Document and limits the depth of nesting, so that parsing and later code may recurse, and the
// number of values, each of which takes many times its size in the text.
class Bounded {
 public:
  Bounded(rapidjson::Document &document, std::size_t depth, std::size_t &values_left)
      : document_(document), depth_(depth), values_left_(values_left) {}
  using Ch = char;
  using Size = rapidjson::SizeType;

  bool Null() { return hasRoom() && document_.Null(); }
  bool Bool(bool value) { return hasRoom() && document_.Bool(value); }
  // The text conforms to JSON's grammar of numbers.
  bool RawNumber(const Ch *text, Size size, bool) {
    if (!hasRoom()) return false;
    const Ch *const end = text + size;
    const auto isWhole = [&](auto &value) {
      const auto [stopped, problem] = std::from_chars(text, end, value);
      return problem == std::errc() && stopped == end;
    };
    if (std::int64_t value = 0; isWhole(value)) return document_.Int64(value);
    if (std::uint64_t value = 0; isWhole(value)) return document_.Uint64(value);
    if (double value = 0; isWhole(value)) return document_.Double(value);
    // Too small for a double is 0; too large is refused.
    const std::string_view number(text, size);
    const std::string_view digits = number.substr(number.front() == '-' ? 1 : 0);
    const bool is_fraction =
        digits.substr(0, 2) == "0." && digits.find_first_of("eE") == std::string_view::npos;
    return (is_fraction || number.find('-', 1) != std::string_view::npos) && document_.Double(0);
  }
  // Required by RapidJSON's reader, and never called.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }
  bool String(const Ch *text, Size size, bool copy) {
    return hasRoom() && document_.String(text, size, copy);
  }
  bool StartObject() { return ++depth_ <= kMaxDepth && hasRoom() && document_.StartObject(); }
  bool Key(const Ch *text, Size size, bool copy) { return String(text, size, copy); }
  bool EndObject(Size count) {
    --depth_;
    return document_.EndObject(count);
  }
  bool StartArray() { return ++depth_ <= kMaxDepth && hasRoom() && document_.StartArray(); }
  bool EndArray(Size count) {
    --depth_;
    return document_.EndArray(count);
  }

  [[nodiscard]] bool tooDeep() const { return depth_ > kMaxDepth; }
  [[nodiscard]] bool tooMany() const { return too_many_; }

 private:
  // Takes the room of one value.
  bool hasRoom() {
    too_many_ = values_left_ == 0;
    if (!too_many_) --values_left_;
    return !too_many_;
  }

  rapidjson::Document &document_;
  std::size_t depth_;
  std::size_t &values_left_;
  bool too_many_ = false;
};

// Parses a text in place from front to back. Each step returns whether it succeeded; error() describes the
// first failure. Borrows the text.
class TextParser {
 public:
  TextParser(std::string &text, std::size_t max_values)
      : text_(text),
        start_(startsWithByteOrderMark(text) ? kByteOrderMark.size() : 0),
        stream_(text.data() + start_),
        max_values_(max_values),
        values_left_(max_values) {
    replaceUnpairedSurrogates(text);
  }

  // The text can be read at all.
  bool begins() {
    const std::size_t valid = detail::utf8PrefixLength(text_);
    if (valid < text_.size()) return breaks(rapidjson::kParseErrorStringInvalidEncoding, valid);
    skipBlanks();
    return !isAtEnd() || breaks(rapidjson::kParseErrorDocumentEmpty);
  }

  // Nothing follows.
  bool ends() { return isAtEnd() || breaks(rapidjson::kParseErrorDocumentRootNotSingular); }

  [[nodiscard]] bool isAt(char sign) { return stream_.Peek() == sign; }

  // Consumes this character and the blanks after it; false: something else follows, and nothing was consumed.
  bool take(char sign) {
    if (!isAt(sign)) return false;
    stream_.Take();
    skipBlanks();
    return true;
  }
  bool require(char sign, rapidjson::ParseErrorCode otherwise) { return take(sign) || breaks(otherwise); }

  // One value at this depth, and the blanks after it.
  bool value(rapidjson::Document &into, std::size_t depth) {
    bool went_well = false;
    const auto generate = [&](rapidjson::Document &document) {
      Bounded handler(document, depth, values_left_);
      const rapidjson::ParseResult outcome = reader_.Parse<kFlags>(stream_, handler);
      if (handler.tooDeep()) {
        too_deep_ = true;
      } else if (handler.tooMany()) {
        too_many_ = true;
      } else {
        // RapidJSON takes each value for a document.
        const bool is_missing = depth > 0 && outcome.Code() == rapidjson::kParseErrorDocumentEmpty;
        const auto code = is_missing ? rapidjson::kParseErrorValueInvalid : outcome.Code();
        went_well = !outcome.IsError() || breaks(code, start_ + outcome.Offset());
      }
      return went_well;
    };
    into.Populate(generate);
    skipBlanks();
    return went_well;
  }

  // The name of a member, up to its value.
  bool name(rapidjson::Document &into) {
    if (!isAt('"')) return breaks(rapidjson::kParseErrorObjectMissName);
    return value(into, 1) && require(':', rapidjson::kParseErrorObjectMissColon);
  }

  // A list; each element replaces the previous one and reuses its memory and its share of values.
  template <class OnElement>
  bool list(rapidjson::Document &element, OnElement onElement) {
    if (!take('[') || take(']')) return true;
    const std::size_t room = values_left_;
    for (std::size_t index = 0;; ++index) {
      values_left_ = room;
      element.SetNull();
      element.GetAllocator().Clear();
      if (!value(element, 2)) return false;
      onElement(index);
      if (take(']')) return true;
      if (!require(',', rapidjson::kParseErrorArrayMissCommaOrSquareBracket)) return false;
    }
  }

  [[nodiscard]] Error error() const {
    if (too_deep_) {
      return jsonNotUnderstood("The JSON text is nested more than " + std::to_string(kMaxDepth) +
                               " levels deep.");
    }
    if (too_many_) {
      return jsonNotUnderstood("The JSON text holds more than " + std::to_string(max_values_) +
                               " values and names.");
    }
    return jsonNotUnderstood("The JSON text is broken at byte " + std::to_string(broken_at_) + ": " +
                             rapidjson::GetParseError_En(broken_));
  }

 private:
  static constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  static bool startsWithByteOrderMark(std::string_view text) {
    return text.substr(0, kByteOrderMark.size()) == kByteOrderMark;
  }

  // A NUL ends the text, and none is in it.
  [[nodiscard]] bool isAtEnd() { return stream_.Peek() == '\0'; }
  void skipBlanks() { rapidjson::SkipWhitespace(stream_); }

  bool breaks(rapidjson::ParseErrorCode code) { return breaks(code, start_ + stream_.Tell()); }
  bool breaks(rapidjson::ParseErrorCode code, std::size_t at) {
    broken_ = code;
    broken_at_ = at;
    return false;
  }

  std::string_view text_;
  std::size_t start_;
  rapidjson::InsituStringStream stream_;
  rapidjson::Reader reader_;
  rapidjson::ParseErrorCode broken_ = rapidjson::kParseErrorNone;
  std::size_t broken_at_ = 0;
  bool too_deep_ = false;
  std::size_t max_values_;
  std::size_t values_left_;
  bool too_many_ = false;
};

}  // namespace

Result<JsonDocument> JsonDocument::parse(std::string_view text, std::size_t max_values) {
  auto content = std::make_unique<Content>();
  content->text = text;
  TextParser parser(content->text, max_values);
  if (!parser.begins() || !parser.value(content->document, 0) || !parser.ends()) return parser.error();
  return JsonDocument(std::move(content));
}

Result<JsonDocument> JsonDocument::parseList(std::string text, std::initializer_list<std::string_view> lists,
                                             const OnElement &onElement) {
  auto content = std::make_unique<Content>();
  content->text = std::move(text);
  TextParser parser(content->text, kMaxJsonValues);
  if (!parser.begins()) return parser.error();
  rapidjson::Document &root = content->document;
  if (!parser.isAt('{')) {
    if (!parser.value(root, 0) || !parser.ends()) return parser.error();
    return JsonDocument(std::move(content));
  }

  root.SetObject();
  JsonDocument element(std::make_unique<Content>(kRoomForElement));
  bool list_was_met = false;
  const auto member = [&] {
    rapidjson::Document name(&root.GetAllocator());
    if (!parser.name(name)) return false;
    const std::string_view called(name.GetString(), name.GetStringLength());
    const auto list = std::find(lists.begin(), lists.end(), called);
    rapidjson::Document value(&root.GetAllocator());
    bool went_well = false;
    if (list != lists.end() && !list_was_met && parser.isAt('[')) {
      list_was_met = true;
      value.SetArray();
      went_well = parser.list(element.content_->document,
                              [&](std::size_t index) { onElement(JsonElement{element, *list, index}); });
    } else {
      went_well = parser.value(value, 1);
    }
    root.AddMember(name, value, root.GetAllocator());
    return went_well;
  };
  (void)parser.take('{');
  bool went_well = parser.isAt('}') || member();
  while (went_well && parser.take(',')) went_well = member();
  if (!went_well || !parser.require('}', rapidjson::kParseErrorObjectMissCommaOrCurlyBracket) ||
      !parser.ends())
    return parser.error();
  return JsonDocument(std::move(content));
}

}  // namespace roots::kit
