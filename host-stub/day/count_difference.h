// Compares the day count of a service for an absence with the calculated days. A difference points to another
// public holiday or schedule. Nothing is corrected. Pure functions.
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

// For the absences that overlap these days, lie completely inside one known range, and count in days. A day
// counts 1, or half if a half is off or a half is a public holiday, and 0 if nothing is scheduled. Sorted by
// first day.
[[nodiscard]] std::vector<CountDifference> countDifferences(CivilDays days, const DayFacts &facts,
                                                            const std::vector<CivilDays> &known);

}  // namespace roots::host
