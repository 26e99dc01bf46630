// Calculates a day from facts: scheduled time, deductions, target, and booked time. Pure functions; the
// result does not depend on the order of the facts. The rules in short: a day has two halves (the first gets
// the odd minute). Public holidays and whole-day or half-day absences cover halves, and a half that is
// covered twice counts once. Hourly absences are subtracted afterwards. The target is never below 0.
#pragma once

#include "day/model.h"

#include <optional>
#include <string>
#include <vector>

namespace roots::host {

// One term of the calculation of a day: "− 4:00 vacation (½ day, Personio)".
struct Reduction {
  enum class Cause { holiday, absence };
  Cause cause = Cause::absence;
  int minutes = 0;        // deducted from the target; 0: covered already, or nothing was scheduled
  std::size_t index = 0;  // into DayOverview::holidays or DayOverview::absences
};

struct DayOverview {
  CivilDate date;
  std::optional<int> scheduled_minutes;  // nullopt: the day lies before the first known schedule
  bool scheduled_is_estimate = false;
  bool scheduled_by_rotation = false;  // alternating weeks, entered by the user
  bool employed = true;                // false: outside employment, the target is 0
  std::optional<int> target_minutes;   // nullopt: unknown, because the schedule is unknown
  std::optional<int> booked_minutes;   // nullopt: unknown, because the time entries are unknown
  std::optional<int> balance_minutes;  // booked − target, if both are known
  bool absences_known = true;
  bool holidays_known = true;
  std::vector<Holiday> holidays;           // of this day
  std::vector<Absence> absences;           // of this day, in display order; only those that apply
  std::vector<const TimeEntry *> entries;  // of this day, by id; owned by the facts, which must outlive this
  std::vector<Reduction> reductions;       // in the order of the calculation
};

// The week that counts for the day, regardless of the order of the schedule; nullptr: unknown.
[[nodiscard]] const ScheduledWeek *weekInForce(const std::vector<ScheduledWeek> &schedule, CivilDate date);

// Booked time is summed in seconds and rounded down to minutes. Duplicates (same source, id and date)
// count once. Shown first: sick leave, then vacation and other time off, hourly, work elsewhere.
// Reads each fact once, regardless of the number of days. Empty for an empty range.
[[nodiscard]] std::vector<DayOverview> overviewOf(CivilDays days, const DayFacts &facts);
[[nodiscard]] DayOverview overviewOf(CivilDate date, const DayFacts &facts);
// The result borrows from the facts.
std::vector<DayOverview> overviewOf(CivilDays days, DayFacts &&facts) = delete;
DayOverview overviewOf(CivilDate date, DayFacts &&facts) = delete;

}  // namespace roots::host
