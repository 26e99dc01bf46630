// The numbered days in tests/fixtures/target_vectors.json.
#include "day/words.h"
#include "day_builder.h"
#include "support/catch.h"
#include "support/folders.h"

#include <roots/kit/json.h>

#include <fstream>
#include <sstream>

using namespace roots;
using namespace roots::test;
using kit::JsonView;

namespace {

std::string text(JsonView view) { return std::string(view.asText().value_or("")); }

kit::JsonDocument vectors() {
  std::ifstream stream(sourceFolder() + "/tests/fixtures/target_vectors.json");
  std::ostringstream content;
  content << stream.rdbuf();
  auto document = kit::JsonDocument::parse(content.str());
  REQUIRE(document.ok());
  return std::move(*document);
}

std::array<int, 7> minutesOf(JsonView view) {
  std::array<int, 7> minutes{};
  for (std::size_t at = 0; at < 7; ++at) minutes[at] = static_cast<int>(*view.at(at).asInteger());
  return minutes;
}

std::vector<ScheduledWeek> scheduleOf(JsonView view) {
  std::vector<ScheduledWeek> weeks;
  for (std::size_t index = 0; index < view.size(); ++index) {
    ScheduledWeek week;
    week.valid_from = kit::parseDate(text(view.at(index)["valid_from"]));
    week.minutes = minutesOf(view.at(index)["weeks"].at(0));
    weeks.push_back(week);
  }
  return weeks;
}

std::optional<Rotation> rotationOf(JsonView schedule) {
  const auto anchor = kit::parseDate(text(schedule.at(0)["anchor"]));
  if (!anchor) return std::nullopt;
  Rotation rotation{*anchor, {}};
  const JsonView weeks = schedule.at(0)["weeks"];
  for (std::size_t index = 0; index < weeks.size(); ++index)
    rotation.weeks.push_back(minutesOf(weeks.at(index)));
  return rotation;
}

DayFacts factsOf(JsonView vector, JsonView schedules) {
  DayFacts facts;
  const std::string date = text(vector["date"]);
  facts.schedule = scheduleOf(schedules[text(vector["schedule"])]);
  facts.rotation = rotationOf(schedules[text(vector["schedule"])]);
  facts.employed_from = kit::parseDate(text(vector["hired"]));
  facts.employed_until = kit::parseDate(text(vector["left"]));
  if (vector["holiday"].exists()) facts.holidays = {holiday(date, *readExtent(text(vector["holiday"])))};
  const JsonView absences = vector["absences"];
  for (std::size_t index = 0; index < absences.size(); ++index) {
    const JsonView row = absences.at(index);
    if (text(row["status"]) != "approved") continue;  // a provider delivers approved absences only
    facts.absences.push_back(absence(date, *readExtent(text(row["extent"])), std::to_string(index),
                                     Kind::vacation, static_cast<int>(row["minutes"].asInteger().value_or(0)),
                                     *readEffect(text(row["effect"]))));
  }
  return facts;
}

}  // namespace

TEST_CASE("each day of the table has its expected target", "[day][vectors]") {
  const auto document = vectors();
  const JsonView days = document.root()["days"];
  REQUIRE(days.size() == 56);
  for (std::size_t index = 0; index < days.size(); ++index) {
    const JsonView vector = days.at(index);
    INFO(text(vector["id"]) << ": " << text(vector["why"]));
    const auto expected = vector["target"].asInteger();
    const auto found = target(text(vector["date"]), factsOf(vector, document.root()["schedules"]));
    CHECK(found.has_value() == expected.has_value());
    if (expected) CHECK(found == static_cast<int>(*expected));
  }
}
