// Both versions of Personio's API deliver the same days for the same data.
#include "service/connected_provider.h"
#include "service/random_scenario.h"

#include <algorithm>
#include <iterator>
#include <sstream>

using namespace roots;
using namespace roots::test;

namespace {

constexpr Days kSummer{{2026, 6, 10}, {2026, 8, 5}};

// The sandbox's IDs for rows with a one-digit number.
std::string uuidOf(const sandbox::TimeOff &row) {
  return "0a1b2c3d-0000-4000-8000-00000000000" + std::to_string(row.id);
}

// v1 reports a half-day on a single day; v2 also reports which half.
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

// The days of the first sync; the second sync, in the same process and in another one, must deliver the
// same.
std::vector<std::string> answerFrom(const std::string &api, const sandbox::Scenario &scenario) {
  ConnectedProvider world(scenario, {{"absence_api", api}});
  const auto account = world.connect();
  if (!account) FAIL(account.error().message);
  const auto days = world.absences(kSummer);
  if (!days) FAIL(days.error().message);
  const std::vector<std::string> delivered = lines(*days, scenario);
  for (const bool in_another_process : {false, true}) {
    if (in_another_process) {
      world.restart();
      if (const auto again = world.connect(); !again) FAIL(again.error().message);
    }
    const auto again = world.absences(kSummer);
    if (!again) FAIL(again.error().message);
    CHECK(lines(*again, scenario) == delivered);
  }
  for (const std::string &complaint : world.services->complaints()) FAIL_CHECK(complaint);
  return delivered;
}

std::vector<std::string> without(const std::vector<std::string> &lines,
                                 const std::vector<std::string> &others) {
  std::vector<std::string> left;
  std::set_difference(lines.begin(), lines.end(), others.begin(), others.end(), std::back_inserter(left));
  return left;
}

// Compares the calendars of these seeds. Several tests share the seeds, so that they run in parallel.
void bothVersionsReadTheSame(unsigned first_seed, unsigned last_seed) {
  unsigned days = 0;
  for (unsigned seed = first_seed; seed <= last_seed; ++seed) {
    const sandbox::Scenario scenario = randomScenario(seed);
    CAPTURE(seed);
    const auto by_v1 = answerFrom("v1", scenario);
    const auto by_v2 = answerFrom("v2", scenario);
    REQUIRE(without(by_v1, by_v2) == std::vector<std::string>{});  // only in v1
    REQUIRE(without(by_v2, by_v1) == std::vector<std::string>{});  // only in v2
    days += static_cast<unsigned>(by_v1.size());
  }
  CHECK(days > (last_seed - first_seed + 1) * 5);  // the calendars were not empty
}

}  // namespace

TEST_CASE("invented calendars 1 to 100 give the same days with v1 and v2", "[generations][slow]") {
  bothVersionsReadTheSame(1, 100);
}

TEST_CASE("invented calendars 101 to 200 give the same days with v1 and v2", "[generations][slow]") {
  bothVersionsReadTheSame(101, 200);
}

TEST_CASE("invented calendars 201 to 300 give the same days with v1 and v2", "[generations][slow]") {
  bothVersionsReadTheSame(201, 300);
}

TEST_CASE(
    "calendars with many hourly absences give the same days with v1, v2, and v2 without the right for v1",
    "[generations]") {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    sandbox::Scenario scenario = randomScenario(seed, 60);
    CAPTURE(seed);
    const auto by_v1 = answerFrom("v1", scenario);
    REQUIRE(answerFrom("v2", scenario) == by_v1);
    REQUIRE(answerFrom("auto", scenario) == by_v1);
    scenario.personio.credentials.front().may_read_absences = false;
    REQUIRE(answerFrom("v2", scenario) == by_v1);
  }
}
