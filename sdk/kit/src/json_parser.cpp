// Parsing JSON over RapidJSON: a whole text, or a list one element at a time.
//
// In place, so that texts are not copied. Recursive, which is faster; so that 100,000 brackets are survived,
// the handler ends it at the depth that is allowed. UTF-8 is checked beforehand, eight bytes at a time:
// RapidJSON's own check looks at each byte. Numbers are read from their text here: RapidJSON 1.1 rounds them,
// and with full precision makes any number of a zero with an exponent (0E151). What each of these costs is
// measured by tests/benchmark.
#include "json_content.h"
#include "json_text_stream.h"

#include <roots/detail/utf8.hpp>

#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>
#include <rapidjson/stream.h>

#include <algorithm>
#include <charconv>

namespace roots::kit {
namespace {

constexpr std::size_t kDeepest = 64;
// An element of a list fits in here; a larger one takes memory of its own.
constexpr std::size_t kRoomForElement = 16 * 1024;
constexpr unsigned kFlags =
    rapidjson::kParseInsituFlag | rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseStopWhenDoneFlag;

// "\ud83d" or, if the second half of a pair is asked for, "\ude00".
bool isHalf(std::string_view escape, bool second) {
  if (escape.size() != 6 || escape[1] != 'u' || (escape[2] != 'd' && escape[2] != 'D')) return false;
  const auto isAnyOf = [&](std::size_t index, std::string_view signs) {
    return signs.find(escape[index]) != std::string_view::npos;
  };
  constexpr std::string_view digits = "0123456789abcdefABCDEF";
  return escape[0] == '\\' && isAnyOf(3, second ? "cdefCDEF" : "89abAB") && isAnyOf(4, digits) &&
         isAnyOf(5, digits);
}

// RapidJSON lets the second half of a surrogate pair stand alone, which makes text that is no UTF-8. Such an
// escape becomes that of the replacement character.
void replaceLoneHalves(std::string &text) {
  const std::string_view whole = text;
  std::size_t next = 0;
  for (std::size_t at = whole.find('\\'); at < whole.size(); at = whole.find('\\', next)) {
    next = at + 2;
    if (isHalf(whole.substr(at, 6), true)) {
      constexpr std::string_view replacement = "\\ufffd";
      std::copy(replacement.begin(), replacement.end(), text.data() + at);
    } else if (isHalf(whole.substr(at, 6), false) && isHalf(whole.substr(at + 6, 6), true)) {
      next = at + 12;
    }
  }
}

// Feeds a Document and refuses what is nested too deeply, so that parsing and everything after it may
// recurse.
class DepthLimited {
 public:
  DepthLimited(rapidjson::Document &document, std::size_t depth) : document_(document), depth_(depth) {}
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
    const std::string_view number(text, size);
    const std::string_view digits = number.substr(number.front() == '-' ? 1 : 0);
    const bool is_fraction =
        digits.substr(0, 2) == "0." && digits.find_first_of("eE") == std::string_view::npos;
    return (is_fraction || number.find('-', 1) != std::string_view::npos) && document_.Double(0);
  }
  // RapidJSON's reader asks for these, and never calls them.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }
  bool String(const Ch *text, Size size, bool copy) { return document_.String(text, size, copy); }
  bool StartObject() { return ++depth_ <= kDeepest && document_.StartObject(); }
  bool Key(const Ch *text, Size size, bool copy) { return String(text, size, copy); }
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
  std::size_t depth_;
};

// Goes through a text from front to back, and writes over it. Each step says whether it went well; error()
// tells why the first one that did not went wrong. Borrows the text.
class TextParser {
 public:
  explicit TextParser(std::string &text)
      : text_(text),
        start_(startsWithByteOrderMark(text) ? kByteOrderMark.size() : 0),
        stream_(text.data() + start_, text.data() + text.size()) {
    replaceLoneHalves(text);
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

  // This very sign and the blanks behind it; false: something else follows, and nothing was read.
  bool take(char sign) {
    if (!isAt(sign)) return false;
    stream_.Take();
    skipBlanks();
    return true;
  }
  bool require(char sign, rapidjson::ParseErrorCode otherwise) { return take(sign) || breaks(otherwise); }

  // One value that stands so many levels deep, and the blanks behind it.
  bool value(rapidjson::Document &into, std::size_t depth) {
    bool went_well = false;
    const auto generate = [&](rapidjson::Document &document) {
      DepthLimited handler(document, depth);
      const rapidjson::ParseResult outcome = reader_.Parse<kFlags>(stream_, handler);
      if (handler.tooDeep()) {
        too_deep_ = true;
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

  // A list; each element takes the place of the one before it.
  template <class OnElement>
  bool list(rapidjson::Document &element, OnElement onElement) {
    if (!take('[') || take(']')) return true;
    for (std::size_t index = 0;; ++index) {
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
      return jsonNotUnderstood("The JSON text is nested more than " + std::to_string(kDeepest) +
                               " levels deep.");
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
  JsonTextStream stream_;
  rapidjson::Reader reader_;
  rapidjson::ParseErrorCode broken_ = rapidjson::kParseErrorNone;
  std::size_t broken_at_ = 0;
  bool too_deep_ = false;
};

}  // namespace

Result<JsonDocument> JsonDocument::parse(std::string_view text) {
  auto content = std::make_unique<Content>();
  content->text = text;
  TextParser parser(content->text);
  if (!parser.begins() || !parser.value(content->document, 0) || !parser.ends()) return parser.error();
  return JsonDocument(std::move(content));
}

Result<JsonDocument> JsonDocument::parseList(std::string text, std::initializer_list<std::string_view> lists,
                                             const OnElement &onElement) {
  auto content = std::make_unique<Content>();
  content->text = std::move(text);
  TextParser parser(content->text);
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
      went_well = parser.list(element.content_->document, [&](std::size_t index) {
        onElement(JsonElement{element, *list, index});
      });
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
