// From a day-based absence of API v1 to a span with its half-days at the correct ends. Pure function.
#pragma once

#include "model/personio_model.h"

#include <roots/result.hpp>

namespace roots::personio {

// half_day_start: the first day is off from midday. half_day_end: the last day is off until midday. On a
// single day one flag means an unspecified half; both flags occur in old records only, where days_count shows
// whether the day is half or whole.
[[nodiscard]] Result<DaySpan> spanOf(const TimeOff &time_off);

}  // namespace roots::personio
