#include "absences/absence_days.h"
#include "absences/day_span.h"
#include "support/catch.h"

#include <string>
#include <vector>

using namespace roots;
using namespace roots::personio;

namespace {

kit::CivilDate on(const std::string &text) { return kit::parseDate(text).value(); }

kit::CivilDays range(const std::string &first, const std::string &last) { return {on(first), on(last)}; }

const kit::CivilDays kJuly = range("2026-07-01", "2026-07-31");

TimeOff absenceRow(const std::string &first, const std::string &last, bool half_start, bool half_end,
                   std::optional<std::int64_t> days_count = std::nullopt) {
  TimeOff read;
  read.id = "1";
  read.type = {"Urlaub", "paid_vacation"};
  read.first = on(first);
  if (!last.empty()) read.last = on(last);
  read.half_day_start = half_start;
  read.half_day_end = half_end;
  read.days_count_hundredths = days_count;
  read.place = {false, true, 0};
  return read;
}

// "14 whole_day, 15 first_half"
std::string daysOf(const TimeOff &read, kit::CivilDays asked) {
  const auto span = spanOf(read);
  REQUIRE(span.ok());
  std::string text;
  for (const AbsenceDay &record : absenceDays({read.id, read.type, *span}, asked)) {
    const char *extents[] = {"?", "whole", "first", "second", "half", "minutes"};
    text += (text.empty() ? "" : ", ") + std::to_string(record.date.day) + " " +
            extents[static_cast<int>(record.extent)];
  }
  return text;
}

}  // namespace

TEST_CASE("an absence that ends at midday leaves the last afternoon to work", "[absence_days]") {
  CHECK(daysOf(absenceRow("2026-07-14", "2026-07-16", false, true, 250), kJuly) ==
        "14 whole, 15 whole, 16 first");
}

TEST_CASE("an absence that starts and ends at midday has a half day at each end", "[absence_days]") {
  CHECK(daysOf(absenceRow("2026-07-10", "2026-07-14", true, true, 200), kJuly) ==
        "10 second, 11 whole, 12 whole, 13 whole, 14 first");
}

TEST_CASE("an unspecified half of a single day", "[absence_days]") {
  CHECK(daysOf(absenceRow("2026-07-15", "2026-07-15", true, false, 50), kJuly) == "15 half");
  CHECK(daysOf(absenceRow("2026-07-15", "2026-07-15", false, true, 50), kJuly) == "15 half");
}

TEST_CASE("both halves marked on a single day are resolved by days_count", "[absence_days]") {
  CHECK(daysOf(absenceRow("2026-07-15", "2026-07-15", true, true, 50), kJuly) == "15 half");
  CHECK(daysOf(absenceRow("2026-07-15", "2026-07-15", true, true, 100), kJuly) == "15 whole");
}

TEST_CASE("both halves marked on a single day without days_count is not guessed", "[absence_days]") {
  const auto span = spanOf(absenceRow("2026-07-15", "2026-07-15", true, true));
  REQUIRE_FALSE(span.ok());
  CHECK(span.error().status == Status::unexpected_reply);
  CHECK(span.error().message.find("/data/0/attributes/days_count") != std::string::npos);
}

TEST_CASE("defect 17: a half Friday does not halve Monday to Thursday", "[absence_days]") {
  CHECK(daysOf(absenceRow("2026-07-06", "2026-07-10", false, true), kJuly) ==
        "6 whole, 7 whole, 8 whole, 9 whole, 10 first");
}

TEST_CASE("a half day at the start takes the afternoon", "[absence_days]") {
  CHECK(daysOf(absenceRow("2026-07-08", "2026-07-10", true, false), kJuly) == "8 second, 9 whole, 10 whole");
}

TEST_CASE("defect 33: an absence without an end runs to the end of the range", "[absence_days]") {
  CHECK(daysOf(absenceRow("2026-07-29", "", false, false), kJuly) == "29 whole, 30 whole, 31 whole");
  CHECK(daysOf(absenceRow("2026-08-01", "", false, false), kJuly).empty());
  CHECK(daysOf(absenceRow("2020-01-01", "", false, false), range("2026-07-01", "2026-07-02")) ==
        "1 whole, 2 whole");
}

TEST_CASE("an open end is never taken for a half day", "[absence_days]") {
  CHECK(daysOf(absenceRow("2026-07-30", "", true, true), kJuly) == "30 second, 31 whole");
}

TEST_CASE("only days inside the range are delivered, and clipping keeps the halves where they are",
          "[absence_days]") {
  const TimeOff around_new_year = absenceRow("2026-12-28", "2027-01-04", true, true);
  CHECK(daysOf(around_new_year, range("2027-01-01", "2027-01-31")) == "1 whole, 2 whole, 3 whole, 4 first");
  CHECK(daysOf(around_new_year, range("2026-12-01", "2026-12-29")) == "28 second, 29 whole");
  CHECK(daysOf(around_new_year, kJuly).empty());
}

TEST_CASE("the days of the clock change and of a leap year are days like any other", "[absence_days]") {
  CHECK(daysOf(absenceRow("2026-03-27", "2026-03-30", false, false), range("2026-03-01", "2026-03-31")) ==
        "27 whole, 28 whole, 29 whole, 30 whole");
  CHECK(daysOf(absenceRow("2026-10-24", "2026-10-26", false, false), range("2026-10-01", "2026-10-31")) ==
        "24 whole, 25 whole, 26 whole");
  CHECK(daysOf(absenceRow("2028-02-28", "2028-03-01", false, false), range("2028-02-01", "2028-03-31")) ==
        "28 whole, 29 whole, 1 whole");
}

TEST_CASE("each record has kind, effect, id and the company's name for the type", "[absence_days]") {
  const Absence absence{"abc", {"Home Office", "offsite_work"}, DaySpan{on("2026-07-01"), on("2026-07-01")}};
  const auto days = absenceDays(absence, kJuly);
  REQUIRE(days.size() == 1);
  CHECK(days[0].absence_id == "abc");
  CHECK(days[0].label == "Home Office");
  CHECK(days[0].kind == Kind::other);
  CHECK(days[0].effect == Effect::work_elsewhere);
  CHECK(days[0].minutes == 0);
}

TEST_CASE("hourly absences are minutes on their days, clipped like the others", "[absence_days]") {
  const Absence absence{
      "abc",
      {"Arzt", std::nullopt},
      std::vector<MinutesOnDay>{{on("2026-06-30"), 60}, {on("2026-07-01"), 150}, {on("2026-07-02"), 0}}};
  const auto days = absenceDays(absence, kJuly);
  REQUIRE(days.size() == 1);
  CHECK(days[0].date == Date{2026, 7, 1});
  CHECK(days[0].extent == Extent::minutes);
  CHECK(days[0].minutes == 150);
}
