// Lists that are read element by element.
#include "support/catch.h"

#include <roots/kit/json.h>

using namespace roots;
using namespace roots::kit;

namespace {

struct ReadList {
  std::string elements;  // "list/index=text "
  Result<JsonDocument> rest;
};

ReadList listIn(std::string_view text) {
  std::string elements;
  auto rest = JsonDocument::parseList(std::string(text), {"data", "_data"}, [&](const JsonElement &element) {
    elements += std::string(element.list) + "/" + std::to_string(element.index) + "=" +
                JsonDocument::textOf(element.document.root()) + " ";
  });
  return {elements, std::move(rest)};
}

}  // namespace

TEST_CASE("a list is handed over element by element, and the rest comes back", "[json]") {
  const auto read = listIn(R"( {"success" : true, "data" : [ {"a":[1]} , 2,"x" ,[]], "meta":{"n":3}} )");
  CHECK(read.elements == R"(data/0={"a":[1]} data/1=2 data/2="x" data/3=[] )");
  REQUIRE(read.rest.ok());
  CHECK(JsonDocument::textOf(read.rest->root()) == R"({"success":true,"data":[],"meta":{"n":3}})");
}

TEST_CASE("only the first list of these names is handed over, and only a list in the root", "[json]") {
  CHECK(listIn(R"({"_data":[1],"data":[2]})").elements == "_data/0=1 ");
  CHECK(listIn(R"({"x":{"data":[1]}})").elements.empty());
  for (const char *text : {R"({"data":7})", R"({"data":[]})", "{}", "[1]", "7", R"({"other":[1,2]})"}) {
    INFO(text);
    const auto read = listIn(text);
    CHECK(read.elements.empty());
    REQUIRE(read.rest.ok());
    CHECK(JsonDocument::textOf(read.rest->root()) == text);
  }
}

TEST_CASE("a text with a list is refused for the same reasons as any other", "[json]") {
  for (const std::string text :
       {"{\"data\":[1,]}", "{\"data\":[1 2]}", "{\"data\":[1}", "{\"data\":[1]", "{\"data\":[1],}",
        "{\"data\"[1]}", "{\"data\":[\"canary\"]} x", "{data:[1]}", "{\"data\":[\"\xC3(\"]}",
        "{\"data\":[1] \"b\":2}", "{,}", "{"}) {
    INFO(text);
    const auto as_list = listIn(text).rest;
    const auto as_whole = JsonDocument::parse(text);
    REQUIRE_FALSE(as_list.ok());
    CHECK(as_list.error().message == as_whole.error().message);
  }
  const auto nested = [](int levels) {
    return "{\"data\":[" + std::string(static_cast<std::size_t>(levels), '[') +
           std::string(static_cast<std::size_t>(levels), ']') + "]}";
  };
  CHECK(listIn(nested(62)).rest.ok());
  CHECK(listIn(nested(63)).rest.error().message == "The JSON text is nested more than 64 levels deep.");
}

TEST_CASE("an element larger than the buffer is read like any other", "[json]") {
  std::string expected;
  std::string text = "{\"data\":[";
  for (int index = 0; index < 5; ++index) {
    const std::string element = "\"" + std::string(static_cast<std::size_t>(index) * 40'000, 'x') + "\"";
    text += (index == 0 ? "" : ",") + element;
    expected += "data/" + std::to_string(index) + "=" + element + " ";
  }
  CHECK(listIn(text + "]}").elements == expected);
}

TEST_CASE("a list of many elements holds no more values at once than its largest element", "[json]") {
  const auto textWith = [](std::size_t elements, std::size_t values_each, const std::string &rest = "") {
    std::string element = "[1";
    for (std::size_t count = 2; count < values_each; ++count) element += ",1";
    element += "]";
    std::string text = "{\"data\":[" + element;
    for (std::size_t count = 1; count < elements; ++count) text += "," + element;
    return text + "]" + rest + "}";
  };
  std::size_t met = 0;
  const auto read = [&](std::string text) {
    met = 0;
    return JsonDocument::parseList(std::move(text), {"data"}, [&](const JsonElement &) { ++met; });
  };
  REQUIRE(read(textWith(30, kMaxJsonValues / 20)).ok());
  CHECK(met == 30);
  CHECK(read(textWith(1, kMaxJsonValues + 1)).error().message ==
        "The JSON text holds more than 1000000 values and names.");
  std::string rest = ",\"rest\":[1";
  for (std::size_t count = 0; count < kMaxJsonValues; ++count) rest += ",1";
  CHECK_FALSE(read(textWith(1, 1, rest + "]")).ok());
}
