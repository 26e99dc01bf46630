// From facts to a day: what was scheduled, what takes from it, what is left to work, what was booked.
// Pure functions; the result does not depend on the order of the facts. The rules, in short: a day has
// two halves (the first gets the odd minute); holidays and whole or half absences cover halves, and a
// half that is covered twice counts once; hourly absences come off what is left; never below 0.
#pragma once

#include "day/model.h"

#include <optional>
#include <string>
#include <vector>

namespace roots::host {

// One term of the arithmetic of a day: "− 4:00 vacation (½ day, Personio)".
struct Reduction {
  enum class Cause { holiday, absence };
  Cause cause = Cause::absence;
  int minutes = 0;        // what it took from the target; 0: covered already, or nothing was scheduled
  std::size_t index = 0;  // into DayOverview::holidays or DayOverview::absences
};

struct DayOverview {
  CivilDate date;
  std::optional<int> scheduled_minutes;  // nullopt: the day lies before the first known schedule
  bool scheduled_is_estimate = false;
  bool scheduled_by_rotation = false;  // weeks in rotation, entered by the user
  bool employed = true;                // false: outside employment, nothing is due
  std::optional<int> target_minutes;   // nullopt: unknown, because the schedule is
  int booked_minutes = 0;
  std::optional<int> balance_minutes;      // booked − target
  std::vector<Holiday> holidays;           // of this day
  std::vector<Absence> absences;           // of this day, in the order to be shown; only those that apply
  std::vector<const TimeEntry *> entries;  // of this day, by id; they are the facts', which must outlive this
  std::vector<Reduction> reductions;       // in the order of the arithmetic
};

// The week that counts on the day, in whatever order the schedule is; nullptr: none was known then.
[[nodiscard]] const ScheduledWeek *weekInForce(const std::vector<ScheduledWeek> &schedule, CivilDate date);

// Booked time is summed in seconds and rounded down to minutes. Duplicates (same source, id and date)
// count once. Shown first: sick leave, then vacation and other time off, hourly, work elsewhere.
// Takes one look at each fact, however many days are asked for. Of a range that is empty: nothing.
[[nodiscard]] std::vector<DayOverview> overviewOf(CivilDays days, const DayFacts &facts);
[[nodiscard]] DayOverview overviewOf(CivilDate date, const DayFacts &facts);
// What is returned borrows from the facts.
std::vector<DayOverview> overviewOf(CivilDays days, DayFacts &&facts) = delete;
DayOverview overviewOf(CivilDate date, DayFacts &&facts) = delete;

}  // namespace roots::host
