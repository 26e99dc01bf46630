// Properties of each day, for random facts. A failure prints the seed.
#include "anything.h"
#include "support/catch.h"

#include <algorithm>

using namespace roots;
using namespace roots::test;

namespace {

constexpr unsigned kTries = 2000;

}  // namespace

TEST_CASE("a target is between 0 and the scheduled time", "[day][property]") {
  for (unsigned seed = 1; seed <= kTries; ++seed) {
    INFO("seed " << seed);
    const DayFacts facts = Anything(seed).facts();
    const auto overview = overviewOf(day("2026-07-15"), facts);
    REQUIRE(overview.target_minutes >= 0);
    REQUIRE(overview.target_minutes <= overview.scheduled_minutes);
  }
}

TEST_CASE("the order of records does not matter", "[day][property]") {
  for (unsigned seed = 1; seed <= kTries; ++seed) {
    INFO("seed " << seed);
    Anything anything(seed);
    auto facts = anything.facts();
    const auto before = overviewOf(day("2026-07-15"), facts);
    std::shuffle(facts.absences.begin(), facts.absences.end(), anything.source());
    std::shuffle(facts.holidays.begin(), facts.holidays.end(), anything.source());
    const auto after = overviewOf(day("2026-07-15"), facts);
    REQUIRE(before.target_minutes == after.target_minutes);
    REQUIRE(before.absences == after.absences);
    REQUIRE(before.holidays == after.holidays);
  }
}

TEST_CASE("another absence never raises a target", "[day][property]") {
  for (unsigned seed = 1; seed <= kTries; ++seed) {
    INFO("seed " << seed);
    Anything anything(seed);
    auto facts = anything.facts();
    const auto before = target("2026-07-15", facts);
    facts.absences.push_back(anything.any("more"));
    REQUIRE(target("2026-07-15", facts) <= before);
  }
}

TEST_CASE("the terms of the calculation add up to the target", "[day][property]") {
  for (unsigned seed = 1; seed <= kTries; ++seed) {
    INFO("seed " << seed);
    const DayFacts facts = Anything(seed).facts();
    const auto overview = overviewOf(day("2026-07-15"), facts);
    int left = *overview.scheduled_minutes;
    for (const auto &reduction : overview.reductions) left -= reduction.minutes;
    REQUIRE(left == overview.target_minutes);
  }
}
