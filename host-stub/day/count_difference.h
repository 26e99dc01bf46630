// Holds what a service counts for an absence against what its days make here. A difference is worth a look
// (a holiday or the schedule differs); nothing is ever corrected by it. Pure functions.
#pragma once

#include "day/model.h"

#include <string>
#include <vector>

namespace roots::host {

struct CountDifference {
  std::string source;          // plugin id
  CivilDays days;              // of the absence
  int counted_by_service = 0;  // hundredths of a day
  int counted_here = 0;
};

// Of the absences that touch these days, lie wholly inside one of the ranges that are known, and count in
// days. A day counts 1, or half if a half is off or a half is a holiday; nothing where nothing is
// scheduled. In the order of their first days.
[[nodiscard]] std::vector<CountDifference> countDifferences(CivilDays days, const DayFacts &facts,
                                                            const std::vector<CivilDays> &known);

}  // namespace roots::host
