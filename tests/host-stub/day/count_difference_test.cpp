// The day count of a service for an absence compared with the calculated days.
#include "day/count_difference.h"
#include "day_builder.h"
#include "support/catch.h"

using namespace roots;
using namespace roots::test;

namespace {

// One absence from Monday 6 to Sunday 12 July, five working days, counted so by the service.
DayFacts aWeekOff(int counted) {
  DayFacts facts = fullTime();
  for (int offset = 0; offset < 7; ++offset) {
    Absence row = absence("2026-07-06", Extent::whole_day, "week");
    row.date = kit::addDays(row.date, offset);
    row.counted_hundredths = counted;
    facts.absences.push_back(row);
  }
  return facts;
}

// "calculated/service", or "" if they are equal.
std::string difference(const DayFacts &facts, const std::vector<CivilDays> &known = {kJuly}) {
  std::string text;
  for (const auto &each : countDifferences(kJuly, facts, known))
    text += std::to_string(each.counted_here) + "/" + std::to_string(each.counted_by_service) + " ";
  return text;
}

}  // namespace

TEST_CASE("an equal count is not a difference, and weekends do not count", "[day][count]") {
  CHECK(difference(aWeekOff(500)).empty());
  CHECK(difference(aWeekOff(700)) == "500/700 ");
}

TEST_CASE("an absence without a count is not compared, nor one in hours", "[day][count]") {
  CHECK(difference(aWeekOff(0)).empty());
  DayFacts facts = fullTime();
  facts.absences = {absence("2026-07-06", Extent::minutes, "h", Kind::vacation, 60)};
  facts.absences.front().counted_hundredths = 100;
  CHECK(difference(facts).empty());
}

TEST_CASE("half-days count half, at either end", "[day][count]") {
  DayFacts facts = aWeekOff(400);
  facts.absences.front().extent = Extent::second_half;
  facts.absences[4].extent = Extent::first_half;
  CHECK(difference(facts).empty());
  facts.absences[4].extent = Extent::half_day;
  CHECK(difference(facts).empty());
}

TEST_CASE("public holidays reduce the count, half public holidays by half", "[day][count]") {
  DayFacts facts = aWeekOff(350);
  facts.holidays = {holiday("2026-07-07"), holiday("2026-07-08", Extent::second_half), holiday("2026-07-11")};
  CHECK(difference(facts).empty());
  facts.absences[2].extent = Extent::first_half;  // the morning of the half public holiday: still a half-day
  CHECK(difference(facts).empty());
  facts.absences[2].extent = Extent::second_half;  // its afternoon is a public holiday
  CHECK(difference(facts) == "300/350 ");
}

TEST_CASE("a half-day of absence on a whole public holiday counts 0", "[day][count]") {
  DayFacts facts = aWeekOff(400);
  facts.holidays = {holiday("2026-07-07")};
  facts.absences[1].extent = Extent::half_day;
  CHECK(difference(facts).empty());
}

TEST_CASE("a public holiday of an unknown half leaves half of a whole day", "[day][count]") {
  DayFacts facts = aWeekOff(450);
  facts.holidays = {holiday("2026-07-07", Extent::half_day)};
  CHECK(difference(facts).empty());
}

TEST_CASE("an absence that can continue beyond the known range is not compared", "[day][count]") {
  const DayFacts facts = aWeekOff(700);
  CHECK(difference(facts, {{day("2026-07-06"), day("2026-07-31")}}).empty());
  CHECK(difference(facts, {{day("2026-07-01"), day("2026-07-12")}}).empty());
  CHECK(difference(facts, {}).empty());
  CHECK(difference(facts, {{day("2026-07-05"), day("2026-07-13")}}) == "500/700 ");
}

TEST_CASE("an absence on other days than those shown is not reported", "[day][count]") {
  CHECK(countDifferences({day("2026-07-20"), day("2026-07-31")}, aWeekOff(700), {kJuly}).empty());
}
