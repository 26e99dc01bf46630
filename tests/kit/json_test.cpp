#include "support/catch.h"

#include <roots/kit/json.h>

#include <atomic>
#include <thread>

using namespace roots;
using namespace roots::kit;

namespace {

JsonDocument parsed(std::string_view text) {
  auto document = JsonDocument::parse(text);
  REQUIRE(document.ok());
  return std::move(*document);
}

std::optional<std::int64_t> hundredths(const std::string &value) {
  return parsed("[" + value + "]").root().at(0).asHundredths();
}

}  // namespace

TEST_CASE("a path of absent members is missing, not an error", "[json]") {
  const auto document = parsed(R"({"data":{"token":"t"}})");
  CHECK(document.root()["data"]["token"].asText() == "t");
  CHECK_FALSE(document.root()["data"]["nothing"]["deeper"].at(3).exists());
  CHECK_FALSE(JsonView().asText().has_value());
}

TEST_CASE("blank values are recognized in every form", "[json]") {
  const auto document = parsed(R"([null,"",[],{},0,false," "])");
  for (std::size_t index = 0; index < 4; ++index) CHECK(document.root().at(index).isBlank());
  for (std::size_t index = 4; index < 7; ++index) CHECK_FALSE(document.root().at(index).isBlank());
  CHECK(document.root()["x"].isBlank());
}

TEST_CASE("amounts become hundredths without rounding errors", "[json]") {
  CHECK(hundredths("18.33") == 1833);
  CHECK(hundredths("\"18.33\"") == 1833);
  CHECK(hundredths("\"7,5\"") == 750);
  CHECK(hundredths("-1.5") == -150);
  CHECK(hundredths("0.125") == 13);
  CHECK(hundredths("-0.125") == -13);
  CHECK(hundredths("8.3333333333") == 833);
  CHECK(hundredths("1e2") == 10000);
  CHECK(hundredths("0.07") == 7);
  CHECK(hundredths("1.005") == 101);
  CHECK(hundredths("20") == 2000);
  for (const char *nonsense : {"\"\"", "\".\"", "\"1.2.3\"", "\"abc\"", "\"1e2\"", "true", "null", "1e300",
                               "99999999999999999999"}) {
    INFO(nonsense);
    CHECK_FALSE(hundredths(nonsense).has_value());
  }
}

TEST_CASE("amounts keep the requested number of decimals", "[json]") {
  const auto scaled = [](const std::string &value, int decimals) {
    return parsed("[" + value + "]").root().at(0).asScaled(decimals);
  };
  CHECK(scaled("0.0833", 6) == 83300);
  CHECK(scaled("\"0,08333333333\"", 6) == 83333);
  CHECK(scaled("0.0000005", 6) == 1);
  CHECK(scaled("-1.5", 0) == -2);
  CHECK(scaled("7", 9) == 7'000'000'000);
  CHECK_FALSE(scaled("99999999999999", 9).has_value());
}

TEST_CASE("ids keep all their digits", "[json]") {
  const auto document = parsed(R"([1100000000000000100,"abc",18446744073709551615,1.5,"",null,-3])");
  CHECK(document.root().at(0).asId() == "1100000000000000100");
  CHECK(document.root().at(1).asId() == "abc");
  CHECK(document.root().at(2).asId() == "18446744073709551615");
  for (std::size_t index = 3; index < 6; ++index) CHECK_FALSE(document.root().at(index).asId().has_value());
  CHECK(document.root().at(6).asId() == "-3");
}

TEST_CASE("flags and integers are read in each supported form and in no other", "[json]") {
  const auto document = parsed(R"([true,1,"1","true",false,0,"0","false",2,"yes",null])");
  for (std::size_t index = 0; index < 4; ++index) CHECK(document.root().at(index).asFlag() == true);
  for (std::size_t index = 4; index < 8; ++index) CHECK(document.root().at(index).asFlag() == false);
  for (std::size_t index = 8; index < 11; ++index)
    CHECK_FALSE(document.root().at(index).asFlag().has_value());
  const auto numbers = parsed(R"([7,"7",7.0,7.5,"7.5",9007199254740993,"x"])");
  CHECK(numbers.root().at(0).asInteger() == 7);
  CHECK(numbers.root().at(1).asInteger() == 7);
  CHECK(numbers.root().at(2).asInteger() == 7);
  CHECK_FALSE(numbers.root().at(3).asInteger().has_value());
  CHECK_FALSE(numbers.root().at(4).asInteger().has_value());
  CHECK(numbers.root().at(5).asInteger() == 9007199254740993);
  CHECK_FALSE(numbers.root().at(6).asInteger().has_value());
}

TEST_CASE("anything but one JSON value in UTF-8 is refused without quoting it", "[json]") {
  for (const std::string text :
       {"", "{", "canary", "{\"canary\":1} x", "[1,]", "\"\\ud800\"", "\"\xC3(\"", "[1e400]", "\"canary"}) {
    INFO(text);
    const auto document = JsonDocument::parse(text);
    REQUIRE_FALSE(document.ok());
    CHECK(document.error().status == Status::unexpected_reply);
    CHECK(document.error().message.find("canary") == std::string::npos);
  }
}

TEST_CASE("an error names the byte offset", "[json]") {
  const auto messageOf = [](std::string_view text) { return JsonDocument::parse(text).error().message; };
  CHECK(messageOf("") == "The JSON text is broken at byte 0: The document is empty.");
  CHECK(messageOf("[1,]") == "The JSON text is broken at byte 3: Invalid value.");
  CHECK(messageOf("[\"abcdefgh\", \"\xC3(\"]") ==
        "The JSON text is broken at byte 14: Invalid encoding in string.");
  CHECK(messageOf(std::string_view("[1]\0[2]", 7)) ==
        "The JSON text is broken at byte 3: Invalid encoding in string.");
  CHECK(messageOf("{\"a\":1} x") ==
        "The JSON text is broken at byte 8: The document root must not be followed by other values.");
}

TEST_CASE("a byte-order mark is skipped", "[json]") { CHECK(parsed("\xEF\xBB\xBF[1]").root().size() == 1); }

TEST_CASE("deep nesting is handled safely and refused beyond 64 levels", "[json]") {
  CHECK(JsonDocument::parse(std::string(64, '[') + std::string(64, ']')).ok());
  CHECK_FALSE(JsonDocument::parse(std::string(65, '[') + std::string(65, ']')).ok());
  CHECK_FALSE(JsonDocument::parse(std::string(10'000'000, '[')).ok());
  std::string objects;
  for (int level = 0; level < 200'000; ++level) objects += "{\"a\":";
  CHECK_FALSE(JsonDocument::parse(objects).ok());
}

TEST_CASE("a text with too many values is refused as soon as the limit is reached", "[json]") {
  const auto listOf = [](std::size_t values) {  // the list counts as well
    std::string text = "[1";
    for (std::size_t count = 2; count < values; ++count) text += ",1";
    return text + "]";
  };
  CHECK(JsonDocument::parse(listOf(kMaxJsonValues)).ok());
  const std::string message = "The JSON text holds more than 1000000 values and names.";
  CHECK(JsonDocument::parse(listOf(kMaxJsonValues + 1)).error().message == message);
  // What follows is not read any more: it is no JSON.
  CHECK(JsonDocument::parse(listOf(kMaxJsonValues + 1) + "?").error().message == message);
  CHECK(JsonDocument::parse(listOf(kMaxJsonValues) + "?").error().message != message);
  // Names count like values.
  CHECK(JsonDocument::parse(R"({"a":{"b":1}})", 5).ok());
  CHECK_FALSE(JsonDocument::parse(R"({"a":{"b":1}})", 4).ok());
  CHECK(JsonDocument::parse(listOf(kMaxJsonValues + 1), kMaxJsonValues + 1).ok());
}

TEST_CASE("a place is named by its pointer", "[json]") {
  const auto document = parsed(R"({"data":[{"a/b":{"c~d":1}}]})");
  CHECK(document.pointerTo(document.root()["data"].at(0)["a/b"]["c~d"]) == "/data/0/a~1b/c~0d");
  CHECK(document.pointerTo(document.root()) == "");
}

TEST_CASE("any written text can be read back", "[json]") {
  JsonWriter writer;
  writer.beginObject().text("a", "ü\"\\\n\xFF").integer("b", -7).flag("c", true).null("d");
  writer.name("e")
      .beginArray()
      .hundredths(1833)
      .hundredths(-150)
      .hundredths(-5)
      .hundredths(700)
      .endArray()
      .endObject();
  const std::string text = writer.finish();
  CHECK(text ==
        "{\"a\":\"ü\\\"\\\\\\n\xEF\xBF\xBD\",\"b\":-7,\"c\":true,\"d\":null,\"e\":[18.33,-1.5,-0.05,7]}");
  CHECK(parsed(text).root()["e"].at(2).asHundredths() == -5);
  JsonWriter copy;
  copy.copy(parsed(text).root());
  CHECK(copy.finish() == text);
}

TEST_CASE("a value that is JSON already is written as it is", "[json]") {
  for (const auto style : {JsonWriter::Style::compact, JsonWriter::Style::indented}) {
    JsonWriter writer(style);
    writer.beginObject().json("a", R"("\u00fc")").name("b").beginArray().json("1e2").json(R"({"c": 1.10})");
    const std::string text = writer.endArray().endObject().finish();
    CHECK(text.find(R"("\u00fc")") != std::string::npos);
    CHECK(text.find("1e2") != std::string::npos);
    CHECK(text.find(R"({"c": 1.10})") != std::string::npos);
    CHECK(parsed(text).root()["b"].at(1)["c"].asHundredths() == 110);
  }
  JsonWriter alone;
  alone.json("null");
  CHECK(alone.finish() == "null");
}

TEST_CASE("a schema names the rule and the place", "[json]") {
  const auto schema = JsonSchema::parse(
      R"({"type":"object","required":["a"],"properties":{"a":{"type":"string","pattern":"^x+$"}}})");
  REQUIRE(schema.ok());
  CHECK(schema->check(parsed(R"({"a":"xx"})")).ok());
  CHECK(schema->check(parsed(R"({"a":"y"})")).error().message == "pattern at /a");
  CHECK(schema->check(parsed("{}")).error().message == "required at /");
}

TEST_CASE("a schema does not depend on its source text", "[json]") {
  std::string text =
      R"({"type":"object","additionalProperties":false,"properties":{"a-name-of-some-length":{}}})";
  const auto schema = JsonSchema::parse(text);
  REQUIRE(schema.ok());
  text.assign(text.size(), '?');
  const std::vector<std::string> others(100, text);  // where its memory may have been
  CHECK(schema->check(parsed(R"({"a-name-of-some-length":1})")).ok());
  CHECK(schema->check(parsed(R"({"a-name-of-another-length":1})")).error().message ==
        "additionalProperties at /a-name-of-another-length");
}

TEST_CASE("several threads may validate documents with one schema", "[json][threads]") {
  const auto schema = JsonSchema::parse(R"({"properties":{"id":{"type":"string","pattern":"^[a-z.]+$"}}})");
  REQUIRE(schema.ok());
  const auto right = JsonDocument::parse(R"({"id":"example.larkspur.of.many.letters"})");
  const auto wrong = JsonDocument::parse(R"({"id":"example.LARKSPUR"})");
  std::atomic<int> mistakes{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (int round = 0; round < 500; ++round)
        mistakes += (schema->check(*right).ok() ? 0 : 1) + (schema->check(*wrong).ok() ? 1 : 0);
    });
  }
  for (auto &thread : threads) thread.join();
  CHECK(mistakes == 0);
}

TEST_CASE("a number has the same value in every notation", "[json]") {
  const auto number = [](const char *text) {
    const auto document = JsonDocument::parse(text);
    INFO(text);
    REQUIRE(document.ok());
    return document->root().asHundredths();
  };
  for (const char *zero : {"0", "-0", "0.0", "0E151", "-0E151", "0.0e99", "0e-999", "1e-400"}) {
    INFO(zero);
    CHECK(number(zero) == 0);
  }
  CHECK(number("1E2") == 10000);
  CHECK(number("18.335") == 1834);
  CHECK(number("9.83") == 983);
  CHECK(JsonDocument::parse("12345678901")->root().asInteger() == 12345678901);
  CHECK(JsonDocument::parse("-1")->root().asInteger() == -1);
  for (const char *wrong : {"1e400", "-1e400", "01", "1.", ".5", "+1", "0x1", "1e", "NaN", "Infinity"}) {
    INFO(wrong);
    CHECK_FALSE(JsonDocument::parse(wrong).ok());
  }
}

TEST_CASE("a number too small for a double is 0 in every notation", "[json]") {
  for (const std::string &text : {std::string("1e-400"), std::string("-1e-400"),
                                  "0." + std::string(400, '0') + "1", "-0." + std::string(400, '0') + "1"}) {
    INFO(text);
    CHECK(parsed("[" + text + "]").root().at(0).asHundredths() == 0);
  }
  CHECK_FALSE(JsonDocument::parse("[0.1e500]").ok());
}

TEST_CASE("strings are read correctly with any content at any offset", "[json]") {
  const std::pair<std::string, std::string> pieces[] = {
      {"\\n", "\n"},           {"\\\"", "\""},           {"\\\\", "\\"},   {"\\u0000", std::string(1, '\0')},
      {"\\u00fc", "\xC3\xBC"}, {"\xC3\xBC", "\xC3\xBC"}, {"\x7F", "\x7F"}, {" ", " "}};
  for (const auto &[written, meant] : pieces) {
    for (std::size_t before = 0; before < 20; ++before) {
      for (std::size_t after = 0; after < 20; ++after) {
        const auto around = [&](const std::string &piece) {
          return std::string(before, 'a') + piece + std::string(after, 'b') + piece;
        };
        const std::string text = "[\"" + around(written) + "\",\"" + around(written) + "\"]";
        INFO(text);
        const JsonDocument document = parsed(text);
        CHECK(document.root().at(0).asText() == around(meant));
        CHECK(document.root().at(1).asText() == around(meant));
      }
    }
  }
}

TEST_CASE("any control character at any position in a string is refused", "[json]") {
  for (char control = 1; control < 0x20; ++control) {
    for (std::size_t before = 0; before < 20; ++before) {
      const std::string text = std::string(before, 'a') + control + std::string(20, 'b');
      INFO(before << " before " << static_cast<int>(control));
      CHECK_FALSE(JsonDocument::parse("[\"" + text + "\"]").ok());
      CHECK_FALSE(JsonDocument::parse("{\"" + text + "\":1}").ok());
      CHECK_FALSE(JsonDocument::parse("[\"\\n" + text + "\"]").ok());
    }
  }
}

TEST_CASE("an unterminated string of any length is refused", "[json]") {
  for (std::size_t length = 0; length < 40; ++length) {
    CHECK_FALSE(JsonDocument::parse("\"" + std::string(length, 'a')).ok());
    CHECK_FALSE(JsonDocument::parse("[\"\\n" + std::string(length, 'a')).ok());
  }
}

TEST_CASE("unpaired surrogates become replacement characters, so that all text is valid UTF-8", "[json]") {
  const auto document = JsonDocument::parse(R"({"a\udc00":"x\udfffy","b":"\ud83d\ude00","c":"\ud7ff"})");
  REQUIRE(document.ok());
  CHECK(parsed(R"(["\uDFFF"])").root().at(0).asText() == "\xEF\xBF\xBD");
  CHECK(document->root().memberName(0) == "a\xEF\xBF\xBD");
  CHECK(document->root().memberValue(0).asText() == "x\xEF\xBF\xBDy");
  CHECK(document->root()["b"].asText() == "\xF0\x9F\x98\x80");
  CHECK(document->root()["c"].asText() == "\xED\x9F\xBF");
  CHECK_FALSE(JsonDocument::parse(R"("\ud83d")").ok());
  CHECK_FALSE(JsonDocument::parse(R"("\ud83d\u0041")").ok());
  CHECK_FALSE(JsonDocument::parse(R"("\udcxy")").ok());
  CHECK_FALSE(JsonDocument::parse(R"("\udc0)").ok());
  // A pair that is whole, and half of another behind it; a backslash that only looks like the start of one.
  CHECK(parsed(R"(["\uD83D\uDE00\uDE00"])").root().at(0).asText() == "\xF0\x9F\x98\x80\xEF\xBF\xBD");
  CHECK(parsed(R"(["\\udc00", "\\\udc00"])").root().at(0).asText() == "\\udc00");
  CHECK(parsed(R"(["\\udc00", "\\\udc00"])").root().at(1).asText() == "\\\xEF\xBF\xBD");
}
