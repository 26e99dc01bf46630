// IDs that occur twice.
#include "plugin/world_v2.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace roots;
using namespace roots::personio::tests;

namespace {

// The interface allows one record for each absence and day, and one count for each absence.
void checkContract(const std::vector<AbsenceDay> &days) {
  std::set<std::pair<std::string, std::string>> seen;
  std::map<std::string, int> counted;
  for (const AbsenceDay &day : days) {
    CHECK(seen.emplace(day.absence_id, kit::formatDate(*kit::fromRecord(day.date))).second);
    CHECK(counted.emplace(day.absence_id, day.counted_hundredths).first->second == day.counted_hundredths);
  }
}

}  // namespace

TEST_CASE("two equal rows of API v1 with one id of v2 are one absence", "[unique-absences]") {
  Harness world;
  world.beConnected();
  world.script
      .expect(kDayBased, 200,
              completeList({timeOff("1", "2026-07-06", "2026-07-08", ",'id_v2':'same'"),
                            timeOff("2", "2026-07-06", "2026-07-08", ",'id_v2':'same'")}))
      .expect(kHourBased, 200, kNoAbsences);
  const auto days = world.absences("2026-07-01", "2026-07-31");
  REQUIRE(days.ok());
  CHECK(days->size() == 3);
  checkContract(*days);
}

TEST_CASE("two different rows of API v1 with one id of v2 keep all their days", "[unique-absences]") {
  const bool reversed = GENERATE(false, true);
  Harness world;
  world.beConnected();
  std::vector<std::string> rows{timeOff("1", "2026-07-06", "2026-07-08", ",'id_v2':'same','days_count':3"),
                                timeOff("2", "2026-07-08", "2026-07-09", ",'id_v2':'same','days_count':2")};
  if (reversed) std::swap(rows[0], rows[1]);
  world.script.expect(kDayBased, 200, completeList(rows)).expect(kHourBased, 200, kNoAbsences);
  const auto days = world.absences("2026-07-01", "2026-07-31");
  REQUIRE(days.ok());
  CHECK(days->size() == 3 + 2);
  checkContract(*days);
  std::map<std::string, std::string> first_days;
  for (const AbsenceDay &day : *days)
    first_days.emplace(day.absence_id, kit::formatDate(*kit::fromRecord(day.date)));
  CHECK(first_days["same"] == "2026-07-06");  // whatever the order of the rows
  CHECK(first_days["2"] == "2026-07-08");
}

TEST_CASE("an absence that is in both lists of API v1 is shown once, as its type counts",
          "[unique-absences]") {
  const std::string unit = GENERATE("day", "hour", "week");
  CAPTURE(unit);
  Harness world;
  world.beConnected();
  world.script
      .expect(kDayBased, 200, completeList({timeOff("1", "2026-07-02", "2026-07-02", ",'id_v2':'same'")}))
      .expect(kHourBased, 200, completeList({absencePeriod("same", breakdowns({{"2026-07-02", 150}}))}))
      .expect(kTypes, 200, list({timeOffType("302", "Ausgleich", "other", unit)}));
  const auto days = world.absences("2026-07-01", "2026-07-31");
  REQUIRE(days.ok());
  checkContract(*days);
  CHECK(words(*days) == Words{unit == "day" ? "2026-07-02 whole" : "2026-07-02 150 minutes"});
}
