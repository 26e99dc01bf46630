// The host's output, as text for a terminal and as JSON for programs. Pure functions of their arguments: no
// clock, no files, no terminal.
#pragma once

#include "day/count_difference.h"
#include "day/day_overview.h"
#include "text/text_lines.h"

#include <roots/kit/json.h>

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roots::host {

// The style of text.
struct TextStyle {
  bool colour = false;  // ANSI colors; the text is readable without them
  int width = 80;       // columns
};

// The other data of a view.
struct ViewContext {
  CivilDate today;
  std::map<std::string, std::string> source_names;  // "roots.personio" -> "Personio"
  std::optional<std::string> as_of;                 // local time of the last sync, for people
  std::optional<std::string> stale_since;           // time of the last good sync, if a later one failed
  std::vector<std::string> notices;                 // messages for the user, e.g. about a missing part
  bool moco_is_connected = true;                    // the only source of booked time and public holidays
};

// The reason if both are unknown on all days.
inline constexpr std::string_view kWithoutMoco{
    "Moco is not connected, so booked time and public holidays are not known."};

// The day view of a range: per day target, booked, balance, absences, holidays, entries; the sums of each
// week, and of all weeks if there are several.
[[nodiscard]] TextLines timelineText(const std::vector<DayOverview> &days, const ViewContext &context,
                                     const TextStyle &style);
// {"from","to","stale_since","days":[...],"totals":{...}}; host-stub/README.md documents the shape.
[[nodiscard]] std::string timelineJson(const std::vector<DayOverview> &days, const ViewContext &context);

// A month grid, weeks from Monday, with marks, colors, and a legend of the marks in use.
[[nodiscard]] TextLines calendarText(CivilDate month, const std::vector<DayOverview> &days,
                                     const ViewContext &context, const TextStyle &style);
[[nodiscard]] std::string calendarJson(CivilDate month, const std::vector<DayOverview> &days,
                                       const ViewContext &context);

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
[[nodiscard]] TextLines balanceText(const std::vector<BalanceView> &views, const ViewContext &context);
[[nodiscard]] std::string balanceJson(const std::vector<BalanceView> &views, const ViewContext &context);

// The link to the page, while it is served.
[[nodiscard]] TextLines pageLinkText(const std::string &link);
[[nodiscard]] std::string pageLinkJson(const std::string &link);

[[nodiscard]] TextLines noteLines(const std::vector<std::string> &notices);  // "Note: ...", one a line
[[nodiscard]] std::string formatMinutes(int minutes);                        // 450 -> "7:30", -90 -> "−1:30"
[[nodiscard]] int minutesOfWeek(const std::array<int, 7> &minutes);
[[nodiscard]] std::string weekText(const std::array<int, 7> &minutes);  // "Mon 8:00  Tue 8:00 ... = 40:00"
[[nodiscard]] std::string_view kindName(Kind kind);                     // "Vacation", "Sick Leave", ...

}  // namespace roots::host
