// From the breakdowns of an absence that counts in hours to minutes per day. Pure functions.
#pragma once

#include "model/personio_model.h"

#include <roots/result.hpp>

#include <vector>

namespace roots::personio {

[[nodiscard]] bool areHours(const std::vector<BreakdownV2> &breakdowns);

// Hours have two decimals or more, so the nearest minute is the intended one. The same date
// may come twice; a day of nothing is left out.
[[nodiscard]] Result<std::vector<MinutesOnDay>> minutesOf(const std::vector<BreakdownV2> &breakdowns);

}  // namespace roots::personio
