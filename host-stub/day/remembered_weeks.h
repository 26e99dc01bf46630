// Determines which weekly hours count on which day after repeated deliveries. README.md documents the rule. A
// pure function.
#pragma once

#include "day/model.h"

#include <vector>

namespace roots::host {

// Adds one delivery to what is remembered: the weeks that a provider delivered, sorted by valid_from, when
// these days were requested.
void rememberWeeks(std::vector<ScheduledWeek> &remembered, const std::vector<Week> &delivered,
                   CivilDays asked, CivilDate today);

}  // namespace roots::host
