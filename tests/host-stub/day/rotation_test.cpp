// Alternating weeks, entered by hand in addition to the one week of a provider.
#include "day_builder.h"
#include "support/catch.h"

using namespace roots;
using namespace roots::test;

namespace {

constexpr std::array<int, 7> kLong{480, 480, 480, 480, 480, 0, 0};
constexpr std::array<int, 7> kShort{480, 480, 480, 480, 0, 0, 0};
constexpr std::array<int, 7> kWeekend{0, 0, 0, 0, 480, 300, 0};

DayFacts rotating(std::vector<std::array<int, 7>> weeks) {
  DayFacts facts;
  facts.schedule = {ScheduledWeek{std::nullopt, {60, 60, 60, 60, 60, 0, 0}, true}};
  facts.rotation = Rotation{day("2026-01-05"), std::move(weeks)};
  return facts;
}

}  // namespace

TEST_CASE("weeks alternate, and the first week follows the last", "[day][rotation]") {
  const DayFacts facts = rotating({kLong, kShort, kWeekend});
  CHECK(target("2026-01-09", facts) == 480);
  CHECK(target("2026-01-16", facts) == 0);
  CHECK(target("2026-01-24", facts) == 300);
  CHECK(target("2026-01-30", facts) == 480);
  CHECK(target("2028-02-29", facts) == target("2026-01-06", facts));  // 112 weeks later: the second week
}

TEST_CASE("days before the rotation keep the normal schedule", "[day][rotation]") {
  const DayFacts facts = rotating({kLong, kShort});
  CHECK(target("2026-01-02", facts) == 60);
  CHECK_FALSE(overviewOf(day("2026-01-02"), facts).scheduled_by_rotation);
  CHECK(overviewOf(day("2026-01-05"), facts).scheduled_by_rotation);
  CHECK_FALSE(overviewOf(day("2026-01-05"), facts).scheduled_is_estimate);
}

TEST_CASE("outside employment, a rotation has a target of 0", "[day][rotation]") {
  DayFacts facts = rotating({kLong, kShort});
  facts.employed_until = day("2026-01-07");
  CHECK(target("2026-01-07", facts) == 480);
  CHECK(target("2026-01-08", facts) == 0);
}

TEST_CASE("a half-day of absence is half of the day in the current week of the rotation", "[day][rotation]") {
  DayFacts facts = rotating({kLong, kWeekend});
  facts.absences = {absence("2026-01-17", Extent::first_half, "1")};
  CHECK(target("2026-01-17", facts) == 150);
}
