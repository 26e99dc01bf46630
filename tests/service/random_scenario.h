// Invented absences of every kind, the same for the same seed.
#pragma once

#include "sandbox/scenario.h"

namespace roots::test {

// Around July 2026, of one person, with services that show one of the observed behaviors. most_hourly:
// maximum number of hourly absences.
[[nodiscard]] sandbox::Scenario randomScenario(unsigned seed, int most_hourly = 4);

}  // namespace roots::test
