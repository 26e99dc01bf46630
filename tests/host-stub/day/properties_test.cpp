// What holds for every day, whatever is on it. The seed is printed when something fails.
#include "day_builder.h"
#include "support/catch.h"

#include <algorithm>
#include <random>

using namespace roots;
using namespace roots::test;

namespace {

class Anything {
 public:
  explicit Anything(unsigned seed) : chance_(seed) {}

  int number(int most) { return static_cast<int>(chance_() % static_cast<unsigned>(most + 1)); }

  DayFacts facts() {
    DayFacts facts;
    ScheduledWeek week;
    for (int &minutes : week.minutes) minutes = number(1440);
    facts.schedule = {week};
    for (int count = number(3); count > 0; --count) facts.holidays.push_back(holiday("2026-07-15", half()));
    for (int count = number(5); count > 0; --count) facts.absences.push_back(any(std::to_string(count)));
    return facts;
  }

  Absence any(const std::string &id) {
    const auto extent = static_cast<Extent>(1 + number(4));
    const int minutes = extent == Extent::minutes ? 1 + number(600) : 0;
    return absence("2026-07-15", extent, id, static_cast<Kind>(1 + number(4)), minutes,
                   static_cast<Effect>(1 + number(2)));
  }

  std::mt19937 &source() { return chance_; }

 private:
  Extent half() { return static_cast<Extent>(1 + number(3)); }
  std::mt19937 chance_;
};

constexpr unsigned kTries = 2000;

}  // namespace

TEST_CASE("a target lies between nothing and what is scheduled", "[day][property]") {
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

TEST_CASE("the terms of the arithmetic add up to the target", "[day][property]") {
  for (unsigned seed = 1; seed <= kTries; ++seed) {
    INFO("seed " << seed);
    const DayFacts facts = Anything(seed).facts();
    const auto overview = overviewOf(day("2026-07-15"), facts);
    int left = *overview.scheduled_minutes;
    for (const auto &reduction : overview.reductions) left -= reduction.minutes;
    REQUIRE(left == overview.target_minutes);
  }
}
