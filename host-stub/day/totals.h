// Sums over days. Past and future days are summed separately: future target hours do not lower the balance. A
// sum leaves out the days on which the value is unknown, and counts them. Pure functions.
#pragma once

#include "day/day_overview.h"

#include <optional>
#include <span>

namespace roots::host {

// The sum of one quantity over the days on which it is known; nullopt: it is known on none.
struct Sum {
  std::optional<int> minutes;
  int days_unknown = 0;
};

struct Total {
  int days = 0;
  Sum target;
  Sum booked;
  Sum balance;  // of the days on which both are known
};

struct Totals {
  std::optional<Total> to_yesterday;  // nullopt: the range has no day before today
  std::optional<Total> today;
  std::optional<Total> ahead;  // its balance has no meaning
};

[[nodiscard]] Totals totalsOf(std::span<const DayOverview> days, CivilDate today);

}  // namespace roots::host
