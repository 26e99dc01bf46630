#include "state/freshness.h"

#include <algorithm>

namespace roots::host {
namespace {

bool comesBefore(const DaysFreshness &a, const DaysFreshness &b) { return a.days.first < b.days.first; }

// Joins adjacent ranges with the same state.
std::vector<DaysFreshness> merged(std::vector<DaysFreshness> ranges) {
  std::sort(ranges.begin(), ranges.end(), comesBefore);
  std::vector<DaysFreshness> result;
  for (auto &range : ranges) {
    const bool goes_on = !result.empty() && result.back().freshness == range.freshness &&
                         kit::addDays(result.back().days.last, 1) == range.days.first;
    if (goes_on) {
      result.back().days.last = range.days.last;
    } else {
      result.push_back(std::move(range));
    }
  }
  return result;
}

void keepEarliest(std::string &earliest, const std::string &time) {
  if (!time.empty() && (earliest.empty() || time < earliest)) earliest = time;
}

}  // namespace

void FreshnessByDay::markGood(CivilDays days, const std::string &now) {
  change(days, [&](Freshness &freshness) { freshness.markGood(now); });
}

void FreshnessByDay::markFailed(CivilDays days, const std::string &problem) {
  change(days, [&](Freshness &freshness) { freshness.markFailed(problem); });
}

void FreshnessByDay::set(CivilDays days, const Freshness &freshness) {
  change(days, [&](Freshness &changed) { changed = freshness; });
}

void FreshnessByDay::change(CivilDays days, const std::function<void(Freshness &)> &edit) {
  std::vector<DaysFreshness> result;
  const auto add = [&](CivilDate first, CivilDate last, const Freshness &freshness) {
    if (first <= last) result.push_back({{first, last}, freshness});
  };
  const auto addChanged = [&](CivilDate first, CivilDate last, Freshness freshness) {
    edit(freshness);
    add(first, last, freshness);
  };
  CivilDate next = days.first;  // the first day that the result does not cover yet
  for (const auto &[range, freshness] : ranges_) {
    const auto common = kit::intersection(range, days);
    if (!common) {
      add(range.first, range.last, freshness);
      continue;
    }
    add(range.first, kit::addDays(common->first, -1), freshness);
    addChanged(next, kit::addDays(common->first, -1), {});
    addChanged(common->first, common->last, freshness);
    add(kit::addDays(common->last, 1), range.last, freshness);
    next = kit::addDays(common->last, 1);
  }
  addChanged(next, days.last, {});
  ranges_ = merged(std::move(result));
}

std::vector<CivilDays> FreshnessByDay::fetchedDays() const {
  std::vector<CivilDays> days;
  for (const auto &range : ranges_) {
    if (range.freshness.last_good.empty()) continue;
    const bool goes_on = !days.empty() && kit::addDays(days.back().last, 1) == range.days.first;
    if (goes_on) {
      days.back().last = range.days.last;
    } else {
      days.push_back(range.days);
    }
  }
  return days;
}

std::vector<Freshness> FreshnessByDay::on(CivilDays days) const {
  std::vector<Freshness> found;
  for (const auto &range : ranges_)
    if (kit::intersection(range.days, days)) found.push_back(range.freshness);
  return found;
}

Freshness FreshnessByDay::summary(CivilDays days) const {
  Freshness failed;
  Freshness any;
  for (const Freshness &freshness : on(days)) {
    keepEarliest(any.last_good, freshness.last_good);
    if (!freshness.last_failed) continue;
    keepEarliest(failed.last_good, freshness.last_good);
    failed.markFailed(freshness.problem);
  }
  if (!failed.last_failed) return any;
  if (failed.last_good.empty()) failed.last_good = any.last_good;
  return failed;
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

}  // namespace roots::host
