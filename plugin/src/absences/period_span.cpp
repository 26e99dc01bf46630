#include "absences/period_span.h"

#include "errors/personio_errors.h"

#include <algorithm>

namespace roots::personio {
namespace {

Result<Extent> extentOfSingleDay(const PeriodV2 &period) {
  const bool from_midday = period.start.half == MomentV2::Half::second;
  const bool until_midday = period.end->half == MomentV2::Half::first;
  if (from_midday && until_midday) {
    return unexpectedReply(kAbsencePeriodsV2, period.place.pointer() + "/ends_at/type",
                           "the half before the one in which the absence starts");
  }
  if (from_midday) return Extent::second_half;
  return until_midday ? Extent::first_half : Extent::whole_day;
}

}  // namespace

bool isEndAmbiguous(const PeriodV2 &period) {
  return period.end && period.end->at_midnight && period.start.date < period.end->date;
}

std::optional<bool> endsOnLastDay(const PeriodV2 &period, const std::vector<BreakdownV2> &breakdowns) {
  if (breakdowns.empty() || !period.end) return std::nullopt;
  const auto last =
      std::max_element(breakdowns.begin(), breakdowns.end(),
                       [](const BreakdownV2 &a, const BreakdownV2 &b) { return a.date < b.date; });
  if (last->date == period.end->date) return true;
  if (last->date == kit::addDays(period.end->date, -1)) return false;
  return std::nullopt;
}

Result<DaySpan> spanOf(const PeriodV2 &period, bool ends_on_last_day) {
  DaySpan span{period.start.date, std::nullopt};
  if (period.end) {
    const bool names_day_after = isEndAmbiguous(period) && !ends_on_last_day;
    span.last = names_day_after ? kit::addDays(period.end->date, -1) : period.end->date;
  }
  if (span.last == span.first) {
    Result<Extent> extent = extentOfSingleDay(period);
    if (!extent) return std::move(extent).error();
    span.first_day = span.last_day = *extent;
    return span;
  }
  if (period.start.half == MomentV2::Half::second) span.first_day = Extent::second_half;
  if (period.end && period.end->half == MomentV2::Half::first) span.last_day = Extent::first_half;
  return span;
}

}  // namespace roots::personio
