// The scenario file -> Scenario. The members are named as in scenario.h; README.md here documents them.
// Omitted members have their default value; unknown members are an error.
#include "sandbox/scenario_reader.h"

#include <fstream>
#include <sstream>

namespace roots::sandbox {
namespace {

void read(Reader &reader, JsonView view, Fault &fault) {
  std::int64_t delay = 0;
  std::int64_t delay_in_body = 0;
  std::optional<int> cut_after;
  Reader::Object(reader, view)
      .text("server", fault.server)
      .text("endpoint", fault.endpoint)
      .integer("from", fault.from)
      .integer("times", fault.times)
      .integer("status", fault.status)
      .take("headers",
            [&](JsonView headers) {
              for (std::size_t index = 0; index < headers.size(); ++index) {
                fault.headers.emplace_back(headers.memberName(index),
                                           headers.memberValue(index).textOrEmpty());
              }
            })
      .take("content_type", [&](JsonView type) { fault.content_type = type.textOrEmpty(); })
      .take("body", [&](JsonView body) { fault.body = body.textOrEmpty(); })
      .integer("delay_ms", delay)
      .integer("delay_in_body_ms", delay_in_body)
      .integer("cut_after", cut_after)
      .flag("reset", fault.reset)
      .take("raw", [&](JsonView raw) { fault.raw = raw.textOrEmpty(); });
  fault.delay = std::chrono::milliseconds(delay);
  fault.delay_in_body = std::chrono::milliseconds(delay_in_body);
  if (cut_after) fault.cut_after = static_cast<std::size_t>(*cut_after);
}

}  // namespace

Result<Scenario> parseScenario(std::string_view json) {
  const auto broken = [](const std::string &what) {
    return makeError(Status::invalid_setting, "The scenario cannot be used: " + what).withSetting("scenario");
  };
  const auto document = JsonDocument::parse(json);
  if (!document) return broken(document.error().message);
  Reader reader(*document);
  Scenario scenario;
  Reader::Object(reader, document->root())
      .text("name", scenario.name)
      .take("personio", [&](JsonView view) { read(reader, view, scenario.personio); })
      .take("moco", [&](JsonView view) { read(reader, view, scenario.moco); })
      .rows("faults", scenario.faults, read);
  if (!reader.problem().empty()) return broken(reader.problem() + ".");
  if (auto checked = checkScenario(scenario); !checked) return std::move(checked).error();
  return scenario;
}

Result<Scenario> loadScenarioFile(const std::string &path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream content;
  content << stream.rdbuf();
  if (!stream.is_open() || stream.bad()) {
    return makeError(Status::invalid_setting, "The scenario file " + path + " cannot be read.")
        .withSetting("scenario");
  }
  auto scenario = parseScenario(content.str());
  if (!scenario) scenario.error().message = path + ": " + scenario.error().message;
  return scenario;
}

}  // namespace roots::sandbox
