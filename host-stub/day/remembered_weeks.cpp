#include "day/remembered_weeks.h"

#include "day/day_overview.h"

#include <algorithm>
#include <set>

namespace roots::host {
namespace {

// nullopt: before all days that have a date.
using Day = std::optional<CivilDate>;

const ScheduledWeek *weekOn(const std::vector<ScheduledWeek> &weeks, const Day &day) {
  if (day) return weekInForce(weeks, *day);
  const auto undated =
      std::find_if(weeks.begin(), weeks.end(), [](const ScheduledWeek &week) { return !week.valid_from; });
  return undated == weeks.end() ? nullptr : &*undated;
}

std::vector<ScheduledWeek> scheduledFrom(const std::vector<Week> &delivered) {
  std::vector<ScheduledWeek> weeks;
  for (const Week &week : delivered)
    weeks.push_back({kit::fromRecord(week.valid_from), week.minutes, week.is_estimate});
  return weeks;
}

bool hasSameHours(const ScheduledWeek &a, const ScheduledWeek &b) {
  return a.minutes == b.minutes && a.is_estimate == b.is_estimate;
}

// One delivery, compared with what was remembered before it.
class Delivery {
 public:
  Delivery(const std::vector<ScheduledWeek> &remembered, const std::vector<ScheduledWeek> &delivered,
           CivilDays asked, CivilDate today)
      : remembered_(remembered), delivered_(delivered), today_(today), last_spoken_of_(asked.last) {
    if (delivered.back().valid_from)
      last_spoken_of_ = std::max(last_spoken_of_, *delivered.back().valid_from);
    last_spoken_of_ = std::max(last_spoken_of_, today);
  }

  // The days for which the week in effect can change.
  [[nodiscard]] std::set<Day> turningPoints() const {
    std::set<Day> days{std::nullopt, today_};
    for (const auto *weeks : {&remembered_, &delivered_})
      for (const ScheduledWeek &week : *weeks) days.insert(week.valid_from);
    return days;
  }

  // The week that counts for a day after this delivery; nullptr: unknown.
  [[nodiscard]] const ScheduledWeek *weekOf(const Day &day) const {
    const ScheduledWeek *before = weekOn(remembered_, day);
    const ScheduledWeek *now = weekOn(delivered_, day);
    if (now == nullptr) return before;
    if (!day || *day < today_) return countsInThePast(*now, before) ? now : before;
    const bool not_spoken_of =
        before != nullptr && before->valid_from && last_spoken_of_ < *before->valid_from;
    return not_spoken_of ? before : now;
  }

 private:
  // The week that begins later takes precedence. If both begin on the same day, the first delivery was in
  // effect then.
  static bool countsInThePast(const ScheduledWeek &now, const ScheduledWeek *before) {
    return now.valid_from && (before == nullptr || before->valid_from < now.valid_from);
  }

  const std::vector<ScheduledWeek> &remembered_;
  const std::vector<ScheduledWeek> &delivered_;
  CivilDate today_;
  CivilDate last_spoken_of_;
};

}  // namespace

void rememberWeeks(std::vector<ScheduledWeek> &remembered, const std::vector<Week> &delivered,
                   CivilDays asked, CivilDate today) {
  if (delivered.empty()) return;
  const std::vector<ScheduledWeek> weeks = scheduledFrom(delivered);
  if (remembered.empty()) {
    remembered = weeks;
    return;
  }
  const Delivery delivery(remembered, weeks, asked, today);
  std::vector<ScheduledWeek> result;
  for (const Day &day : delivery.turningPoints()) {
    const ScheduledWeek *week = delivery.weekOf(day);
    if (week == nullptr) continue;
    // A provider's date is kept even if the hours stay the same: a later delivery is compared with it.
    const bool goes_on = !result.empty() && hasSameHours(result.back(), *week) && week->valid_from != day;
    if (!goes_on) result.push_back({day, week->minutes, week->is_estimate});
  }
  remembered = std::move(result);
}

}  // namespace roots::host
