// The number of requests for hourly absences with API v2, which needs a separate request for each
// breakdown.
#include "service/connected_provider.h"

#include <map>

using namespace roots;
using namespace roots::test;

namespace {

// Hourly absences on this many days of the year, each with different minutes.
sandbox::Scenario withHourly(int count) {
  sandbox::Scenario scenario = sandbox::small();
  for (int number = 0; number < count; ++number) {
    const std::string digits = std::to_string(1000 + number);
    const auto date = kit::addDays(std::chrono::year(2026) / 1 / 2, number);
    sandbox::HourlyAbsence row;
    row.id = "5e1f0000-0000-4000-8000-00000000" + digits;
    row.employee_id = 4711;
    row.type_id = sandbox::types::overtime_compensation;
    row.start = kit::formatDate(date) + "T08:00:00.0Z";
    row.end = kit::formatDate(date) + "T12:00:00.0Z";
    row.days = {{date, 1 + number % 240}};
    scenario.personio.hourly_absences.push_back(row);
  }
  return scenario;
}

// Minutes by date.
std::map<std::string, int> minutesOf(const std::vector<AbsenceDay> &days) {
  std::map<std::string, int> minutes;
  for (const AbsenceDay &day : days)
    if (day.extent == Extent::minutes) minutes[kit::formatDate(*kit::fromRecord(day.date))] += day.minutes;
  return minutes;
}

std::map<std::string, int> read(ConnectedProvider &world) {
  const auto days = world.absences(kYearDays);
  if (!days) FAIL(days.error().message);
  return minutesOf(*days);
}

std::map<std::string, int> readBy(const std::string &api, sandbox::Scenario scenario) {
  ConnectedProvider world(std::move(scenario), {{"absence_api", api}});
  REQUIRE(world.connect().ok());
  return read(world);
}

}  // namespace

TEST_CASE("three hundred hourly absences are read in a dozen requests, within the limits of API v2",
          "[hourly-cost]") {
  const std::string api = GENERATE("auto", "v2");
  CAPTURE(api);
  ConnectedProvider world(withHourly(300), {{"absence_api", api}});
  world.in_real_time = true;
  world.restart();
  REQUIRE(world.connect().ok());
  CHECK(read(world) == readBy("v1", withHourly(300)));
  CHECK(world.services->requests().size() <= 12);
  for (const auto &request : world.services->requests()) CHECK(request.status == 200);
  CHECK(world.services->complaints().empty());
}

TEST_CASE("without the right for API v1, the breakdowns deliver the same hours to the minute",
          "[hourly-cost]") {
  sandbox::Scenario scenario = withHourly(40);
  scenario.personio.behaviour.v2_requests_per_second = 1000;
  const auto expected = readBy("v1", scenario);
  scenario.personio.credentials.front().may_read_absences = false;
  ConnectedProvider world(scenario, {{"absence_api", "v2"}});
  REQUIRE(world.connect().ok());
  CHECK(read(world) == expected);
  CHECK(world.asked(kBreakdowns) == 40 + 1);  // and one absence in days, which shows the meaning of end times

  // Later syncs request only changes.
  world.services->forgetRequests();
  CHECK(read(world) == expected);
  CHECK(world.asked(kBreakdowns) == 0);
  world.services->change([](sandbox::Scenario &changed) {
    auto &row = changed.personio.hourly_absences[7];
    row.days.front().minutes = 200;
    row.updated_at = "2026-05-03T09:00:00Z";
  });
  const auto after = read(world);
  CHECK(world.asked(kBreakdowns) == 1);
  CHECK(after.at("2026-01-09") == 200);
}
