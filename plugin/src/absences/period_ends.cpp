#include "absences/period_ends.h"

#include "absences/period_span.h"
#include "errors/personio_errors.h"

#include <algorithm>
#include <cstddef>

namespace roots::personio {
namespace {

// Each costs a request. After so many inconclusive absences the next one is unlikely to be conclusive.
constexpr std::size_t kMaxAsked = 10;

int lengthOf(const PeriodV2 *period) { return kit::daysBetween(period->start.date, period->end->date); }

}  // namespace

bool endMatters(const PeriodV2 &period, kit::CivilDays range) {
  if (!isEndAmbiguous(period)) return false;
  const kit::CivilDays candidates{kit::addDays(period.end->date, -1), period.end->date};
  return kit::intersection(candidates, range).has_value();
}

// The shortest first: its days fit into one reply, unless all are longer than four weeks.
Result<std::optional<bool>> learnWhetherEndsAreLastDays(BreakdownReader::Periods candidates,
                                                        BreakdownReader &reader, const BreakdownCache &cache,
                                                        const kit::CallLimits &limits) {
  std::stable_sort(candidates.begin(), candidates.end(), [](const PeriodV2 *one, const PeriodV2 *other) {
    return lengthOf(one) < lengthOf(other);
  });
  if (candidates.size() > kMaxAsked) candidates.resize(kMaxAsked);
  for (const PeriodV2 *period : candidates) {
    const Result<void> read = reader.read(*period, period->end->date, limits);
    if (!read && isRefusal(read.error())) continue;
    if (!read) return read.error();
    const Breakdowns *breakdowns = cache.find(*period, period->end->date);
    if (breakdowns == nullptr) continue;
    if (const auto shown = endsOnLastDay(*period, breakdowns->days)) return shown;
  }
  return std::optional<bool>();
}

bool showsDayOfEnd(const PeriodV2 &period, const Breakdowns *breakdowns) {
  if (breakdowns == nullptr || breakdowns->days.empty() || !period.end) return true;
  if (const auto shown = endsOnLastDay(period, breakdowns->days)) return *shown;
  return std::any_of(breakdowns->days.begin(), breakdowns->days.end(),
                     [&](const BreakdownV2 &day) { return day.date >= period.end->date; });
}

}  // namespace roots::personio
