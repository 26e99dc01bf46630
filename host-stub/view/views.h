// What the host shows, as text for a terminal and as JSON for programs. Pure functions of what they are
// given: no clock, no files, no terminal.
#pragma once

#include "day/count_difference.h"
#include "day/day_overview.h"

#include <roots/kit/json.h>

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roots::host {

// How text may look.
struct TextStyle {
  bool colour = false;  // ANSI colours; without them everything stays readable
  int width = 80;       // columns
};

// What a view needs besides the days.
struct ViewContext {
  CivilDate today;
  std::map<std::string, std::string> source_names;  // "roots.personio" -> "Personio"
  std::optional<std::string> as_of;                 // local time of the last sync, for people
  std::optional<std::string> stale_since;           // time of the last good sync, if a later one failed
  std::vector<std::string> notices;                 // what the user should know, e.g. a missing part
};

// The day view of a range: per day target, booked, balance, absences, holidays, entries; week sums.
[[nodiscard]] std::string timelineText(const std::vector<DayOverview> &days, const ViewContext &context,
                                       const TextStyle &style);
// {"from","to","stale_since","days":[...]}; the shape is documented in README.md.
[[nodiscard]] std::string timelineJson(const std::vector<DayOverview> &days, const ViewContext &context);

// A month grid, weeks from Monday, with marks, colours and a legend of what occurs.
[[nodiscard]] std::string calendarText(CivilDate month, const std::vector<DayOverview> &days,
                                       const ViewContext &context, const TextStyle &style);
[[nodiscard]] std::string calendarJson(CivilDate month, const std::vector<DayOverview> &days,
                                       const ViewContext &context);

// The absences of these days for other calendars (iCalendar, RFC 5545), an event for days in a row. now: UTC,
// "2026-11-24T09:30:00Z". reduced: "Absent" instead of kinds and labels, and no work elsewhere; for sharing.
[[nodiscard]] std::string absencesAsIcal(const std::vector<DayOverview> &days, const std::string &now,
                                         bool reduced);

// "Personio counts 4.5 days for 2026-07-06 to 2026-07-10, this calendar 5: a holiday or the schedule
// differs."
[[nodiscard]] std::string differenceText(const CountDifference &difference, const ViewContext &context);

// "8:00 planned − 4:00 half public holiday (Moco) − 4:00 vacation (½ day, Personio) = 0:00"
[[nodiscard]] std::string explanation(const DayOverview &day, const ViewContext &context);
[[nodiscard]] std::string explanationJson(const DayOverview &day, const ViewContext &context);

struct BalanceView {
  std::string source;  // plugin id
  std::string as_of;   // local time of the fetch, for people
  std::vector<Balance> balances;
};
[[nodiscard]] std::string balanceText(const std::vector<BalanceView> &views, const ViewContext &context);
[[nodiscard]] std::string balanceJson(const std::vector<BalanceView> &views, const ViewContext &context);

[[nodiscard]] std::string noteLines(const std::vector<std::string> &notices);  // "Note: ...", one a line
[[nodiscard]] std::string formatMinutes(int minutes);  // 450 -> "7:30", -90 -> "−1:30"
[[nodiscard]] int minutesOfWeek(const std::array<int, 7> &minutes);
[[nodiscard]] std::string weekText(const std::array<int, 7> &minutes);  // "Mon 8:00  Tue 8:00 ... = 40:00"
[[nodiscard]] std::string_view kindName(Kind kind);                     // "Vacation", "Sick Leave", ...

}  // namespace roots::host
