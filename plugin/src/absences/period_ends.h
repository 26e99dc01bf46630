// Determines what a midnight at the end of an absence means in this company: requests the days of one absence
// after the other until one is conclusive. Never assumes it where a day of the range depends on it.
#pragma once

#include "absences/breakdown_reader.h"
#include "model/personio_model.h"

#include <roots/kit/civil_date.h>

#include <optional>
#include <vector>

namespace roots::personio {

// Whether the days of the range depend on what a midnight at the end means.
[[nodiscard]] bool endMatters(const PeriodV2 &period, kit::CivilDays range);

// candidates: absences counted in days whose ends matter, in any order. nullopt: none of them shows it. An
// absence that is refused (deleted meanwhile) is passed over.
[[nodiscard]] Result<std::optional<bool>> learnWhetherEndsAreLastDays(BreakdownReader::Periods candidates,
                                                                      BreakdownReader &reader,
                                                                      const BreakdownCache &cache,
                                                                      const kit::CallLimits &limits);

// Whether to show the day that an end names where the meaning of ends is unknown: unless the absence's own
// days stop before it. Users can see a day too many, and a notice mentions it; they cannot see a missing one.
[[nodiscard]] bool showsDayOfEnd(const PeriodV2 &period, const Breakdowns *breakdowns);

}  // namespace roots::personio
