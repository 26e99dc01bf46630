// Worked cases of the rules for target hours. tests/tables/original-defects.md lists the defects.
#include "day_builder.h"
#include "support/catch.h"

using namespace roots;
using namespace roots::test;

TEST_CASE("a vacation that ends at midday leaves the last afternoon as working time", "[day]") {
  auto facts = fullTime();
  for (const char *date : {"2026-07-06", "2026-07-07", "2026-07-08", "2026-07-09"})
    facts.absences.push_back(absence(date, Extent::whole_day, "1"));
  facts.absences.push_back(absence("2026-07-10", Extent::first_half, "1"));
  CHECK(target("2026-07-06", facts) == 0);
  CHECK(target("2026-07-09", facts) == 0);
  CHECK(target("2026-07-10", facts) == 240);
}

TEST_CASE("a vacation from midday leaves the first morning as working time", "[day]") {
  auto facts = fullTime();
  facts.absences = {absence("2026-07-08", Extent::second_half, "1"),
                    absence("2026-07-09", Extent::whole_day, "1"),
                    absence("2026-07-10", Extent::whole_day, "1")};
  CHECK(target("2026-07-08", facts) == 240);
  CHECK(target("2026-07-09", facts) == 0);
  CHECK(target("2026-07-10", facts) == 0);
}

TEST_CASE("a half-day of vacation on a whole public holiday leaves 0", "[day]") {
  auto facts = fullTime();
  facts.holidays = {holiday("2026-05-14")};
  facts.absences = {absence("2026-05-14", Extent::half_day, "1")};
  CHECK(target("2026-05-14", facts) == 0);
}

TEST_CASE("defect 18: two halves without a name fill the day", "[day]") {
  auto facts = fullTime();
  facts.absences = {absence("2026-07-15", Extent::half_day, "1"),
                    absence("2026-07-15", Extent::half_day, "2")};
  CHECK(target("2026-07-15", facts) == 0);
}

TEST_CASE("the same half twice counts once", "[day]") {
  auto facts = fullTime();
  facts.absences = {absence("2026-07-15", Extent::first_half, "1"),
                    absence("2026-07-15", Extent::first_half, "2", Kind::sick)};
  CHECK(target("2026-07-15", facts) == 240);
}

TEST_CASE("the afternoon of Christmas Eve is off", "[day]") {
  auto facts = fullTime();
  facts.holidays = {holiday("2026-12-24", Extent::second_half)};
  CHECK(target("2026-12-24", facts) == 240);
}

TEST_CASE("defect 18: a half public holiday and the other half of vacation fill the day", "[day]") {
  auto facts = fullTime();
  facts.holidays = {holiday("2026-12-24", Extent::second_half)};
  facts.absences = {absence("2026-12-24", Extent::first_half, "1")};
  CHECK(target("2026-12-24", facts) == 0);
}

TEST_CASE("a half-day without a name takes the free half", "[day]") {
  auto facts = fullTime();
  facts.holidays = {holiday("2026-12-24", Extent::second_half)};
  facts.absences = {absence("2026-12-24", Extent::half_day, "1")};
  CHECK(target("2026-12-24", facts) == 0);
  facts.holidays = {holiday("2026-12-24", Extent::first_half)};
  CHECK(target("2026-12-24", facts) == 0);
}

TEST_CASE("defect 19: home office changes nothing", "[day]") {
  auto facts = fullTime();
  facts.absences = {absence("2026-07-20", Extent::whole_day, "1", Kind::other, 0, Effect::work_elsewhere)};
  CHECK(target("2026-07-20", facts) == 480);
  CHECK(overviewOf(day("2026-07-20"), facts).absences.size() == 1);
}

TEST_CASE("defect 20: hours of overtime compensation are subtracted", "[day]") {
  auto facts = fullTime();
  facts.absences = {absence("2026-07-02", Extent::minutes, "1", Kind::other, 150, Effect::compensation)};
  CHECK(target("2026-07-02", facts) == 330);
}

TEST_CASE("hours are subtracted after halves, and never below 0", "[day]") {
  auto facts = fullTime();
  facts.absences = {absence("2026-07-02", Extent::first_half, "1"),
                    absence("2026-07-02", Extent::minutes, "2", Kind::other, 300)};
  CHECK(target("2026-07-02", facts) == 0);
}

TEST_CASE("a Saturday inside a vacation is shown and has a target of 0", "[day]") {
  auto facts = fullTime();
  facts.absences = {absence("2026-07-11", Extent::whole_day, "1")};
  const auto overview = overviewOf(day("2026-07-11"), facts);
  CHECK(overview.target_minutes == 0);
  CHECK(overview.absences.size() == 1);
}

TEST_CASE("the first half gets the odd minute", "[day]") {
  DayFacts facts;
  facts.schedule = {ScheduledWeek{std::nullopt, {480, 480, 450, 480, 255, 0, 0}, false}};
  facts.absences = {absence("2026-07-17", Extent::half_day, "1")};
  CHECK(target("2026-07-17", facts) == 127);
  facts.absences = {absence("2026-07-17", Extent::second_half, "1")};
  CHECK(target("2026-07-17", facts) == 128);
}

TEST_CASE("defect 54: a scheduled Saturday has a target", "[day]") {
  DayFacts facts;
  facts.schedule = {ScheduledWeek{std::nullopt, {0, 480, 480, 480, 480, 240, 0}, false}};
  CHECK(target("2026-07-11", facts) == 240);
  CHECK(target("2026-07-13", facts) == 0);
}

TEST_CASE("days with a clock change and leap days are normal days", "[day]") {
  auto facts = fullTime();
  for (const char *date : {"2026-03-30", "2026-10-26", "2028-02-29"}) CHECK(target(date, facts) == 480);
  CHECK(target("2026-03-29", facts) == 0);
  CHECK(overviewOf({day("2028-02-27"), day("2028-03-01")}, facts).size() == 4);
}

TEST_CASE("defect 48: a new schedule counts from its first day, not before", "[day]") {
  DayFacts facts;
  facts.schedule = {ScheduledWeek{std::nullopt, {480, 480, 480, 480, 480, 0, 0}, false},
                    ScheduledWeek{day("2026-09-01"), {360, 360, 360, 360, 360, 0, 0}, false}};
  CHECK(target("2026-08-31", facts) == 480);
  CHECK(target("2026-09-01", facts) == 360);
}

TEST_CASE("the same absence delivered twice counts once", "[day]") {
  auto facts = fullTime();
  facts.absences = {absence("2026-07-15", Extent::half_day, "1"),
                    absence("2026-07-15", Extent::half_day, "1")};
  CHECK(target("2026-07-15", facts) == 240);
  CHECK(overviewOf(day("2026-07-15"), facts).absences.size() == 1);
}

TEST_CASE("in a week of vacation, a public holiday is shown as a public holiday", "[day]") {
  auto facts = fullTime();
  facts.holidays = {holiday("2026-05-14")};
  facts.absences = {absence("2026-05-14", Extent::whole_day, "1")};
  const auto overview = overviewOf(day("2026-05-14"), facts);
  CHECK(overview.target_minutes == 0);
  REQUIRE(overview.reductions.size() == 2);
  CHECK(overview.reductions[0].cause == Reduction::Cause::holiday);
  CHECK(overview.reductions[0].minutes == 480);
  CHECK(overview.reductions[1].minutes == 0);
}

TEST_CASE("absences by hand do not count while a provider owns absences", "[day]") {
  auto facts = fullTime();
  facts.manual_absences = {absence("2026-07-15", Extent::whole_day, "manual-1")};
  facts.manual_absences[0].source = "manual";
  facts.manual_absences_apply = false;
  CHECK(target("2026-07-15", facts) == 480);
  facts.manual_absences_apply = true;
  CHECK(target("2026-07-15", facts) == 0);
}

TEST_CASE("booked seconds are summed before they become minutes, and the balance follows", "[day]") {
  auto facts = fullTime();
  facts.entries = {entry("2026-07-15", 89, "1"), entry("2026-07-15", 31, "2"), entry("2026-07-15", 31, "2"),
                   entry("2026-07-16", 3600, "3")};
  const auto overview = overviewOf(day("2026-07-15"), facts);
  CHECK(overview.booked_minutes == 2);
  CHECK(overview.balance_minutes == 2 - 480);
  CHECK(overview.entries.size() == 2);
}

TEST_CASE("the entries of a day are sorted by ID and unique, regardless of their order", "[day]") {
  auto facts = fullTime();
  facts.entries = {entry("2026-07-15", 60, "10"), entry("2026-07-16", 60, "7"), entry("2026-07-15", 60, "9"),
                   entry("2026-07-15", 60, "10")};
  const auto overview = overviewOf(day("2026-07-15"), facts);
  CHECK(overview.booked_minutes == 2);
  REQUIRE(overview.entries.size() == 2);
  CHECK(overview.entries[0]->id == "9");
  CHECK(overview.entries[1]->id == "10");
}

TEST_CASE("before the first known schedule, the target is unknown, not 0", "[day]") {
  DayFacts facts;
  facts.schedule = {ScheduledWeek{day("2024-01-01"), {480, 480, 480, 480, 480, 0, 0}, false}};
  const auto overview = overviewOf(day("2023-12-29"), facts);
  CHECK_FALSE(overview.scheduled_minutes.has_value());
  CHECK_FALSE(overview.target_minutes.has_value());
  CHECK_FALSE(overview.balance_minutes.has_value());
}

TEST_CASE("an estimate stays marked as an estimate", "[day]") {
  auto facts = fullTime();
  facts.schedule[0].is_estimate = true;
  CHECK(overviewOf(day("2026-07-15"), facts).scheduled_is_estimate);
}

TEST_CASE("a day shows sick leave first, even inside a vacation", "[day]") {
  auto facts = fullTime();
  facts.absences = {absence("2026-08-05", Extent::whole_day, "1"),
                    absence("2026-08-05", Extent::whole_day, "2", Kind::sick)};
  const auto overview = overviewOf(day("2026-08-05"), facts);
  REQUIRE(overview.absences.size() == 2);
  CHECK(overview.absences.front().kind == Kind::sick);
}
