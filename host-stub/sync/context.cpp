#include "sync/context.h"

#include "day/day_overview.h"

#include <algorithm>

namespace roots::host {
namespace {

bool sameHours(const ScheduledWeek &week, const Week &told) { return week.minutes == told.minutes; }

// The week in force on a day, to be changed.
ScheduledWeek *weekOn(std::vector<ScheduledWeek> &seen, CivilDate day) {
  const ScheduledWeek *found = weekInForce(seen, day);
  return found == nullptr ? nullptr : &seen[static_cast<std::size_t>(found - seen.data())];
}

void insertWeek(std::vector<ScheduledWeek> &seen, ScheduledWeek week) {
  const auto replaced = std::find_if(seen.begin(), seen.end(), [&](const ScheduledWeek &other) {
    return other.valid_from == week.valid_from;
  });
  if (replaced != seen.end()) {
    *replaced = week;
    return;
  }
  seen.push_back(week);
  std::sort(seen.begin(), seen.end(),
            [](const ScheduledWeek &a, const ScheduledWeek &b) { return a.valid_from < b.valid_from; });
}

void rememberWeek(std::vector<ScheduledWeek> &seen, const Week &told, CivilDate today) {
  const auto valid_from = kit::fromRecord(told.valid_from);
  ScheduledWeek week{valid_from, told.minutes, told.is_estimate};
  if (seen.empty()) {
    seen.push_back(week);
    return;
  }
  const CivilDate asked_for = valid_from.value_or(today);
  ScheduledWeek *known = weekOn(seen, asked_for);
  if (known != nullptr && sameHours(*known, told)) {
    known->is_estimate = told.is_estimate;
    return;
  }
  const bool day_is_news =
      valid_from && std::none_of(seen.begin(), seen.end(), [&](const ScheduledWeek &other) {
        return other.valid_from && *valid_from <= *other.valid_from;
      });
  if (!day_is_news) {
    ScheduledWeek *in_force = weekOn(seen, today);
    if (in_force != nullptr && sameHours(*in_force, told)) return;
    week.valid_from = today;
  }
  insertWeek(seen, week);
}

}  // namespace

std::vector<CivilDays> united(const std::vector<CivilDays> &ranges, CivilDays added) {
  std::vector<CivilDays> result;
  for (const auto &range : ranges) {
    const bool touches =
        range.first <= kit::addDays(added.last, 1) && added.first <= kit::addDays(range.last, 1);
    if (!touches) {
      result.push_back(range);
      continue;
    }
    added = CivilDays{std::min(range.first, added.first), std::max(range.last, added.last)};
  }
  result.push_back(added);
  std::sort(result.begin(), result.end(),
            [](const CivilDays &a, const CivilDays &b) { return a.first < b.first; });
  return result;
}

std::vector<CivilDays> missingDays(const std::vector<CivilDays> &covered, CivilDays wanted) {
  std::vector<CivilDays> missing;
  CivilDate next = wanted.first;
  for (const auto &range : covered) {
    const auto common = kit::intersection(range, {next, std::max(next, wanted.last)});
    if (!common || next > wanted.last) continue;
    if (next < common->first) missing.push_back({next, kit::addDays(common->first, -1)});
    next = kit::addDays(common->last, 1);
  }
  if (next <= wanted.last) missing.push_back({next, wanted.last});
  return missing;
}

void rememberWeeks(std::vector<ScheduledWeek> &seen, const std::vector<Week> &told, CivilDate today) {
  for (const auto &week : told) rememberWeek(seen, week, today);
}

}  // namespace roots::host
