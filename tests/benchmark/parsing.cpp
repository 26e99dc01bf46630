// Reading pages of absences, compared with parsers that do nothing with the same bytes.
#include "benchmark/bare_json.h"
#include "benchmark/invented_replies.h"
#include "benchmark/plan.h"
#include "benchmark/reading.h"

#include <simdjson.h>

#include <memory>
#include <stdexcept>

namespace roots::benchmarks {
namespace {

using Reply = std::shared_ptr<const kit::HttpReply>;

// ---- lower bounds ----

// The on-demand API parses only accessed values, so all values are accessed.
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

void timeSimdJson(const Plan &plan, const std::string &name, const Reply &reply) {
  plan.timeOften(name,
                 [padded = std::make_shared<simdjson::padded_string>(reply->body)](benchmark::State &state) {
                   simdjson::ondemand::parser parser;
                   for (auto _ : state) {
                     simdjson::ondemand::document document = parser.iterate(*padded);
                     benchmark::DoNotOptimize(visit(document));
                   }
                 });
}

// ---- ours ----

std::size_t readTimeOffs(kit::HttpReply reply) { return readTimeOffsPage(std::move(reply)).items.size(); }
std::size_t readPeriodsV2(kit::HttpReply reply) { return readPeriodsPageV2(std::move(reply)).items.size(); }

// Reading consumes a reply. Copying it is not timed, because the copy replaces receiving it.
template <class Read>
void timeReading(const Plan &plan, const std::string &name, const Reply &reply, Read read) {
  plan.timeOften(name, [reply, read](benchmark::State &state) {
    for (auto _ : state) {
      state.PauseTiming();
      kit::HttpReply own = *reply;
      state.ResumeTiming();
      benchmark::DoNotOptimize(read(std::move(own)));
    }
  });
}

// ---- the rows ----

// read: from the bytes to the plugin's own structs.
template <class Read>
void planPage(Plan &plan, const std::string &page, const Reply &reply, Read read) {
  const std::string ours = "parse: " + page + ", to structs";
  const std::string alone = "parse: " + page + ", document alone";
  const std::string safe = "parse: " + page + ", RapidJSON safe";
  const auto bare = [&](const std::string &name, auto parse) {
    timeReading(plan, name, reply, [parse](kit::HttpReply own) {
      parse(own.body);
      return own.body.size();
    });
  };
  timeReading(plan, ours, reply, read);
  timeReading(plan, alone, reply,
              [](const kit::HttpReply &whole) { return parsed(whole.body).root().size(); });
  bare(safe, readBarelyAndSafely);

  const auto bytes = static_cast<double>(reply->body.size());
  const auto row = [&](const std::string &what, const std::string &name, Budget budget = {}) {
    plan.rows.push_back({"Reading " + page + " (" + std::to_string(reply->body.size() / 1000) + " kB)", what,
                         name, "bare RapidJSON SAX, iterative, UTF-8 checked", safe, Unit::speed, budget,
                         bytes});
  };
  row("parsed and mapped to structs", ours, {Budget::Kind::ratio_at_least, 0.65});
  row("parsed into a document, not mapped", alone);
  // The cost of the flags.
  const auto limit = [&](const std::string &what, auto parse) {
    const std::string name = "parse: " + page + ", " + what;
    bare(name, parse);
    row(what, name);
  };
  limit("bare RapidJSON SAX, no flags", readBarely);
  limit("bare RapidJSON SAX, iterative", readBarelyIteratively);
  limit("bare RapidJSON SAX, iterative, UTF-8 checked, in place", readBarelyAndSafelyInPlace);
  limit("bare RapidJSON SAX, iterative, UTF-8 checked, numbers as text", readBarelyWithNumbersAsText);
  timeSimdJson(plan, "parse: " + page + ", simdjson", reply);
  row("simdjson on demand, every value visited", "parse: " + page + ", simdjson");
}

}  // namespace

void planParsing(Plan &plan) {
  const auto reply = [](std::string body) {
    return std::make_shared<const kit::HttpReply>(replyWith(std::move(body)));
  };
  planPage(plan, "200 time-offs of API v1", reply(timeOffsPage(0, Letters::ascii)), readTimeOffs);
  planPage(plan, "200 time-offs of API v1 with umlauts and emoji", reply(timeOffsPage(0, Letters::any)),
           readTimeOffs);
  planPage(plan, "200 time-offs of API v1 with escaped umlauts and emoji",
           reply(timeOffsPage(0, Letters::escaped)), readTimeOffs);
  planPage(plan, "100 absence periods of API v2 with umlauts and emoji",
           reply(periodsPageV2(0, Letters::any)), readPeriodsV2);

  Curve time{"Reading", "absences", Unit::time, {}};
  for (const int rows : {200, 2000, 20000, 100000}) {
    const std::string name = "parse: " + std::to_string(rows) + " time-offs";
    timeReading(plan, name, reply(timeOffsInOneList(rows, Letters::escaped)), readTimeOffs);
    time.points.emplace_back(rows, name);
  }
  plan.curves.push_back(std::move(time));
}

}  // namespace roots::benchmarks
