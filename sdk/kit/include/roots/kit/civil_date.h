// Calendar days without clock or zone: parsing, printing, counting. A thin layer over <chrono>'s
// calendar, so that "the day after" is right in leap years and at clock changes. Pure functions.
#pragma once

#include <roots/records.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace roots::kit {

// A real calendar day (ok()). What is read or comes from a record lies in allDays(); what addDays() makes may
// lie outside and must then not reach a record, a request or a file.
using CivilDate = std::chrono::year_month_day;

struct CivilDays {  // both inclusive, first <= last
  CivilDate first;
  CivilDate last;
  friend bool operator==(const CivilDays &, const CivilDays &) = default;
};

// "2026-07-14" and nothing else.
[[nodiscard]] std::optional<CivilDate> parseDate(std::string_view text);

// The day in the first ten characters of "2026-07-14" or "2026-07-14T00:00:00+0200": the local day that
// the writer meant. Nothing is converted to another zone.
[[nodiscard]] std::optional<CivilDate> parseLeadingDate(std::string_view text);

[[nodiscard]] std::string formatDate(CivilDate date);  // "2026-07-14"

[[nodiscard]] CivilDate addDays(CivilDate date, int days);
// to - from. Here, as contains() is, because a merge asks it of each row.
[[nodiscard]] inline int daysBetween(CivilDate from, CivilDate to) {
  return static_cast<int>((std::chrono::sys_days(to) - std::chrono::sys_days(from)).count());
}
[[nodiscard]] int weekdayIndex(CivilDate date);  // Monday 0 ... Sunday 6
[[nodiscard]] CivilDate firstOfMonth(CivilDate date);
[[nodiscard]] CivilDate lastOfMonth(CivilDate date);
[[nodiscard]] inline bool contains(CivilDays days, CivilDate date) {
  return days.first <= date && date <= days.last;
}
[[nodiscard]] std::optional<CivilDays> intersection(CivilDays a, CivilDays b);

// Every day that a record, a request or a file can name: the years 1 to 9999.
[[nodiscard]] CivilDays allDays();

// To and from the records of the provider interface. An unknown or impossible Date is nullopt.
[[nodiscard]] Date toRecord(CivilDate date);
[[nodiscard]] std::optional<CivilDate> fromRecord(const Date &date);

}  // namespace roots::kit
