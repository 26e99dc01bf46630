// Events that other calendars imported, and their changes.
#include "state/calendar_record.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

#include <fstream>

using namespace roots;
using namespace roots::host;
using roots::test::TemporaryFolder;

TEST_CASE("an event keeps its sequence and time until it changes", "[calendar-record]") {
  const TemporaryFolder home;
  auto first = CalendarRecord::open(home.path());
  REQUIRE(first.ok());
  CHECK_FALSE(first->isKept());
  CHECK(first->update("u1", "a", "2026-07-01T10:00:00Z") ==
        CalendarRecord::Revision{"a", 0, "2026-07-01T10:00:00Z"});
  REQUIRE(first->keep().ok());
  auto again = CalendarRecord::open(home.path());
  REQUIRE(again.ok());
  CHECK(again->homeId() == first->homeId());
  CHECK(again->update("u1", "a", "2026-07-02T10:00:00Z") ==
        CalendarRecord::Revision{"a", 0, "2026-07-01T10:00:00Z"});
  CHECK(again->isKept());
  CHECK(again->update("u1", "b", "2026-07-03T10:00:00Z") ==
        CalendarRecord::Revision{"b", 1, "2026-07-03T10:00:00Z"});
  CHECK_FALSE(again->isKept());
  // Reverting to an earlier content is a change as well, and a clock that was set back makes no event
  // older.
  CHECK(again->update("u1", "a", "2026-06-01T10:00:00Z") ==
        CalendarRecord::Revision{"a", 2, "2026-07-03T10:00:00Z"});
}

TEST_CASE("each home has its own ID, and a damaged record is reported", "[calendar-record]") {
  const TemporaryFolder one;
  const TemporaryFolder other;
  CHECK(CalendarRecord::open(one.path())->homeId() != CalendarRecord::open(other.path())->homeId());
  CHECK(CalendarRecord::open(one.path())->homeId().size() == 32);
  std::ofstream(one.path() / "calendar.json") << R"({"version":1,"home_id":""})";
  const auto damaged = CalendarRecord::open(one.path());
  REQUIRE_FALSE(damaged.ok());
  CHECK(damaged.error().message.find("calendar.json") != std::string::npos);
}
