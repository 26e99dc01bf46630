// Both generations of Personio's API tell the same days for the same data.
#include "service/connected_provider.h"
#include "service/random_scenario.h"

#include <algorithm>
#include <iterator>
#include <sstream>

using namespace roots;
using namespace roots::test;

namespace {

constexpr Days kSummer{{2026, 6, 10}, {2026, 8, 5}};

// As the sandbox makes them, for rows with an id of one digit.
std::string uuidOf(const sandbox::TimeOff &row) {
  return "0a1b2c3d-0000-4000-8000-00000000000" + std::to_string(row.id);
}

// v1 tells that half of a single day is off, v2 tells also which half.
std::string commonExtent(const AbsenceDay &day, bool single_halves) {
  switch (day.extent) {
    case Extent::whole_day:
      return "whole";
    case Extent::first_half:
      return single_halves ? "half" : "first half";
    case Extent::second_half:
      return single_halves ? "half" : "second half";
    case Extent::half_day:
      return "half";
    case Extent::minutes:
      return std::to_string(day.minutes) + " minutes";
  }
  return "?";
}

// One line per day, sorted.
std::vector<std::string> lines(const std::vector<AbsenceDay> &days, const sandbox::Scenario &scenario) {
  std::vector<std::string> said;
  for (const AbsenceDay &day : days) {
    const bool single =
        std::any_of(scenario.personio.time_offs.begin(), scenario.personio.time_offs.end(),
                    [&](const auto &row) { return row.last == row.first && uuidOf(row) == day.absence_id; });
    std::ostringstream line;
    line << kit::formatDate(*kit::fromRecord(day.date)) << " " << day.absence_id << " "
         << commonExtent(day, single) << ", kind " << static_cast<int>(day.kind) << ", effect "
         << static_cast<int>(day.effect) << ", " << day.label;
    said.push_back(line.str());
  }
  std::sort(said.begin(), said.end());
  return said;
}

std::vector<std::string> toldBy(const std::string &api, const sandbox::Scenario &scenario) {
  ConnectedProvider world(scenario, {{"absence_api", api}});
  const auto account = world.connect();
  if (!account) FAIL(account.error().message);
  const auto days = world.absences(kSummer);
  if (!days) FAIL(days.error().message);
  for (const std::string &complaint : world.services->complaints()) FAIL_CHECK(complaint);
  return lines(*days, scenario);
}

std::vector<std::string> without(const std::vector<std::string> &lines,
                                 const std::vector<std::string> &others) {
  std::vector<std::string> left;
  std::set_difference(lines.begin(), lines.end(), others.begin(), others.end(), std::back_inserter(left));
  return left;
}

}  // namespace

TEST_CASE("hundreds of invented calendars read the same through v1 and through v2", "[generations]") {
  int days = 0;
  for (unsigned seed = 1; seed <= 300; ++seed) {
    const sandbox::Scenario scenario = randomScenario(seed);
    CAPTURE(seed);
    const auto by_v1 = toldBy("v1", scenario);
    const auto by_v2 = toldBy("v2", scenario);
    REQUIRE(without(by_v1, by_v2) == std::vector<std::string>{});  // what only v1 tells
    REQUIRE(without(by_v2, by_v1) == std::vector<std::string>{});  // what only v2 tells
    days += static_cast<int>(by_v1.size());
  }
  CHECK(days > 300 * 5);  // the calendars were not empty
}
