// Invented absences of every kind, the same for the same seed.
#pragma once

#include "sandbox/scenario.h"

namespace roots::test {

// Around July 2026, of one person, with services that behave in one of the ways that were observed.
[[nodiscard]] sandbox::Scenario randomScenario(unsigned seed);

}  // namespace roots::test
