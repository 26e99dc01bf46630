// Which weekly hours are in effect, and when they are unknown.
#include "day/day_overview.h"
#include "state/fetched_data_store.h"
#include "state/settings_store.h"
#include "support/catch.h"
#include "support/dates.h"

using namespace roots;
using namespace roots::host;
using namespace roots::test;

namespace {

Connection connectionWith(const std::string &id, const std::vector<std::string> &locks) {
  Connection connection;
  connection.plugin_id = connection.plugin_name = id;
  for (const auto &setting : locks) connection.locks.push_back({setting, "Synced from " + id});
  return connection;
}

std::optional<int> scheduledOn(const std::string &date, const HostSettings &settings,
                               const FetchedData &context) {
  const CivilDays asked{day(date), day(date)};
  const DayFacts facts = factsFrom(settings, context, asked);
  return overviewOf(asked.first, facts).scheduled_minutes;
}

ScheduledWeek weekOf(int minutes) {
  ScheduledWeek week;
  week.minutes.fill(minutes);
  return week;
}

}  // namespace

TEST_CASE("weekly hours that a provider locks but never delivered are unknown", "[facts]") {
  HostSettings settings;
  settings.connections = {connectionWith("example.first", {"weekday_hours"})};
  FetchedData context;
  CHECK(scheduledOn("2026-07-15", settings, context) == std::nullopt);
  context.providers["example.first"].schedule_fetches.markFailed({day("2026-07-01"), day("2026-07-31")},
                                                                 "no reply");
  CHECK(scheduledOn("2026-07-15", settings, context) == std::nullopt);
  CHECK(factsFrom(settings, context, {day("2026-07-15"), day("2026-07-15")}).schedule_source ==
        "example.first");
  // Another provider that delivers hours decides, whatever the order.
  settings.connections.push_back(connectionWith("example.second", {}));
  context.providers["example.second"].weeks = {weekOf(300)};
  CHECK(scheduledOn("2026-07-15", settings, context) == 300);
  context.providers["example.first"].weeks = {weekOf(240)};
  CHECK(scheduledOn("2026-07-15", settings, context) == 240);
}

TEST_CASE("hours entered by hand apply while no provider locks them", "[facts]") {
  HostSettings settings;
  CHECK(scheduledOn("2026-07-15", settings, {}) == 480);
  settings.connections = {connectionWith("example.first", {"absences"})};
  CHECK(scheduledOn("2026-07-15", settings, {}) == 480);
}

TEST_CASE("unreadable hours entered by hand are unknown, and those of a provider apply", "[facts]") {
  for (const char *text : {R"({"version": 2, "weekday_minutes": "x", "connections": []})",
                           R"({"version": 2, "weekday_minutes": [480,480,480,480,480,0,0], "rotation": 5,
                               "connections": []})"}) {
    const auto document = kit::JsonDocument::parse(text);
    REQUIRE(document.ok());
    HostSettings settings = readSettings(document->root()).settings;
    CHECK(scheduledOn("2026-07-15", settings, {}) == std::nullopt);
    settings.connections = {connectionWith("example.first", {})};
    FetchedData context;
    context.providers["example.first"].weeks = {weekOf(300)};
    CHECK(scheduledOn("2026-07-15", settings, context) == 300);
  }
}
