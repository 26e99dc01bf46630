// Short forms to build the facts of a day, for tests.
#pragma once

#include "day/day_overview.h"
#include "support/dates.h"

#include <string>

namespace roots::test {

using namespace roots::host;  // NOLINT(google-build-using-namespace): tests of that part

inline DayFacts fullTime() {
  DayFacts facts;
  facts.schedule = {ScheduledWeek{std::nullopt, {480, 480, 480, 480, 480, 0, 0}, false}};
  return facts;
}

inline Absence absence(const std::string &date, Extent extent, const std::string &id,
                       Kind kind = Kind::vacation, int minutes = 0, Effect effect = Effect::time_off) {
  return Absence{day(date), kind, extent, minutes, effect, id, "", "roots.personio"};
}

inline Holiday holiday(const std::string &date, Extent extent = Extent::whole_day) {
  return Holiday{day(date), extent, "Feiertag"};
}

inline TimeEntry entry(const std::string &date, int seconds, const std::string &id) {
  return TimeEntry{id, day(date), seconds, "Sample GmbH", "Tools", "Development", ""};
}

inline std::optional<int> target(const std::string &date, const DayFacts &facts) {
  return overviewOf(day(date), facts).target_minutes;
}

}  // namespace roots::test
