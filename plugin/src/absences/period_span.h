// From a day-based absence of API v2 to a span with its half-days at the correct ends. Pure functions.
//
// The end is a midnight, and companies differ in its meaning: for most (observed) it is the midnight after
// the last day, for some (seen in clients) the last day itself. Breakdowns show which.
#pragma once

#include "model/personio_model.h"

#include <roots/result.hpp>

#include <optional>
#include <vector>

namespace roots::personio {

// Whether the last day depends on what a midnight means here.
[[nodiscard]] bool isEndAmbiguous(const PeriodV2 &period);

// Whether the breakdowns of a period with an ambiguous end show that it names the last day; nullopt: they
// are inconclusive.
[[nodiscard]] std::optional<bool> endsOnLastDay(const PeriodV2 &period,
                                                const std::vector<BreakdownV2> &breakdowns);

// FIRST_HALF at the start and SECOND_HALF at the end are the defaults: whole days.
[[nodiscard]] Result<DaySpan> spanOf(const PeriodV2 &period, bool ends_on_last_day);

}  // namespace roots::personio
