#include "day/totals.h"

namespace roots::host {
namespace {

void add(Sum &sum, const std::optional<int> &minutes) {
  if (minutes) {
    sum.minutes = sum.minutes.value_or(0) + *minutes;
  } else {
    ++sum.days_unknown;
  }
}

void add(std::optional<Total> &total, const DayOverview &day) {
  if (!total) total.emplace();
  ++total->days;
  add(total->target, day.target_minutes);
  add(total->booked, day.booked_minutes);
  add(total->balance, day.balance_minutes);
}

}  // namespace

Totals totalsOf(std::span<const DayOverview> days, CivilDate today) {
  Totals totals;
  for (const DayOverview &day : days)
    add(day.date < today ? totals.to_yesterday : day.date == today ? totals.today : totals.ahead, day);
  return totals;
}

}  // namespace roots::host
