// The usual ranges of days of commands, also at the ends of the calendar.
#include "command/date_ranges.h"
#include "support/catch.h"
#include "support/dates.h"

using namespace roots;
using namespace roots::host;
using namespace roots::test;

namespace {

std::string rangeText(CivilDays days) {
  return kit::formatDate(days.first) + " to " + kit::formatDate(days.last);
}

}  // namespace

TEST_CASE("sync fetches whole months around today", "[ranges]") {
  CHECK(rangeText(monthsAround(day("2026-07-15"))) == "2026-06-01 to 2026-08-31");
  CHECK(rangeText(monthsAround(day("2026-01-31"))) == "2025-12-01 to 2026-02-28");
  CHECK(rangeText(monthsAround(day("2024-01-01"))) == "2023-12-01 to 2024-02-29");
}

TEST_CASE("a week lasts from Monday to Sunday", "[ranges]") {
  CHECK(rangeText(weekOf(day("2026-07-13"))) == "2026-07-13 to 2026-07-19");
  CHECK(rangeText(weekOf(day("2026-07-19"))) == "2026-07-13 to 2026-07-19");
  CHECK(rangeText(weekOf(day("2027-01-01"))) == "2026-12-28 to 2027-01-03");
}

TEST_CASE("no range contains a day that cannot be requested", "[ranges]") {
  const CivilDays all = kit::allDays();
  CHECK(monthsAround(all.first).first == all.first);
  CHECK(monthsAround(all.last).last == all.last);
  CHECK(weekOf(all.first).first == all.first);
  CHECK(weekOf(all.last).last == all.last);
}
