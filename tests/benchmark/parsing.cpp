// Reading pages of absences, beside parsers that do nothing with the same bytes.
#include "benchmark/invented_replies.h"
#include "benchmark/plan.h"
#include "benchmark/reading.h"

#include <rapidjson/reader.h>
#include <simdjson.h>

#include <memory>
#include <stdexcept>

namespace roots::benchmarks {
namespace {

using Body = std::shared_ptr<const std::string>;

// ---- the limits ----

struct TakesNothing : rapidjson::BaseReaderHandler<rapidjson::UTF8<>, TakesNothing> {};

constexpr unsigned kNoFlags = rapidjson::kParseDefaultFlags;
constexpr unsigned kIterative = rapidjson::kParseIterativeFlag;
constexpr unsigned kSafe = kIterative | rapidjson::kParseValidateEncodingFlag;
constexpr unsigned kSafeWithNumbersAsText = kSafe | rapidjson::kParseNumbersAsStringsFlag;

template <unsigned flags>
void bareRapidJson(const std::string &body) {
  rapidjson::StringStream stream(body.c_str());
  rapidjson::Reader reader;
  TakesNothing handler;
  if (reader.Parse<flags>(stream, handler).IsError()) throw std::runtime_error("RapidJSON refused the page");
}

// On demand nothing is looked at that nobody asks for: so everything is asked for.
std::size_t visit(simdjson::ondemand::value value) {
  std::size_t seen = 0;
  switch (value.type()) {
    case simdjson::ondemand::json_type::array:
      for (auto element : value.get_array()) seen += visit(element.value());
      return seen;
    case simdjson::ondemand::json_type::object:
      for (auto field : value.get_object()) seen += visit(field.value());
      return seen;
    case simdjson::ondemand::json_type::string:
      return std::string_view(value.get_string()).size();
    default:
      return value.raw_json_token().size();
  }
}

void timeSimdJson(const Plan &plan, const std::string &name, const Body &body) {
  plan.timeOften(name, [padded = std::make_shared<simdjson::padded_string>(*body)](benchmark::State &state) {
    simdjson::ondemand::parser parser;
    for (auto _ : state) {
      simdjson::ondemand::document document = parser.iterate(*padded);
      benchmark::DoNotOptimize(visit(document));
    }
  });
}

// ---- ours ----

std::size_t readTimeOffs(const std::string &body) { return readTimeOffsPage(body).items.size(); }
std::size_t readPeriodsV2(const std::string &body) { return readPeriodsPageV2(body).items.size(); }

template <class Read>
void timeReading(const Plan &plan, const std::string &name, const Body &body, Read read) {
  plan.timeOften(name, [body, read](benchmark::State &state) {
    for (auto _ : state) benchmark::DoNotOptimize(read(*body));
  });
}

// ---- the rows ----

// read: from the bytes to the plugin's own structs.
template <class Read>
void planPage(Plan &plan, const std::string &page, const Body &body, Read read) {
  const std::string ours = "parse: " + page + ", to structs";
  const std::string alone = "parse: " + page + ", document alone";
  const std::string safe = "parse: " + page + ", RapidJSON safe";
  const auto bare = [&](const std::string &name, auto parse) {
    timeReading(plan, name, body, [parse](const std::string &text) {
      parse(text);
      return text.size();
    });
  };
  timeReading(plan, ours, body, read);
  timeReading(plan, alone, body, [](const std::string &text) { return parsed(text).root().size(); });
  bare(safe, bareRapidJson<kSafe>);

  const auto bytes = static_cast<double>(body->size());
  const auto row = [&](const std::string &what, const std::string &name, Budget budget = {}) {
    plan.rows.push_back({"Reading " + page + " (" + std::to_string(body->size() / 1000) + " kB)", what, name,
                         "bare RapidJSON SAX, iterative, UTF-8 checked", safe, Unit::speed, budget, bytes});
  };
  row("parsed and mapped to structs", ours, {Budget::Kind::ratio_at_least, 0.8});
  row("parsed into a document, not mapped", alone);
  // The price of the flags.
  const auto limit = [&](const std::string &what, auto parse) {
    const std::string name = "parse: " + page + ", " + what;
    bare(name, parse);
    row(what, name);
  };
  limit("bare RapidJSON SAX, no flags", bareRapidJson<kNoFlags>);
  limit("bare RapidJSON SAX, iterative", bareRapidJson<kIterative>);
  limit("bare RapidJSON SAX, iterative, UTF-8 checked, numbers as text",
        bareRapidJson<kSafeWithNumbersAsText>);
  timeSimdJson(plan, "parse: " + page + ", simdjson", body);
  row("simdjson on demand, every value visited", "parse: " + page + ", simdjson");
}

}  // namespace

void planParsing(Plan &plan) {
  const auto body = [](std::string text) { return std::make_shared<const std::string>(std::move(text)); };
  planPage(plan, "200 time-offs of API v1", body(timeOffsPage(0, Letters::ascii)), readTimeOffs);
  planPage(plan, "200 time-offs of API v1 with umlauts and emoji", body(timeOffsPage(0, Letters::any)),
           readTimeOffs);
  planPage(plan, "100 absence periods of API v2 with umlauts and emoji", body(periodsPageV2(0, Letters::any)),
           readPeriodsV2);

  Curve time{"Reading", "absences", Unit::time, {}};
  for (const int rows : {200, 2000, 20000, 100000}) {
    const std::string name = "parse: " + std::to_string(rows) + " time-offs";
    timeReading(plan, name, body(timeOffsInOneList(rows, Letters::any)), readTimeOffs);
    time.points.emplace_back(rows, name);
  }
  plan.curves.push_back(std::move(time));
}

}  // namespace roots::benchmarks
