// The curves of a plan as one picture: small panels, both axes logarithmic, readable on a light and a dark
// background.
#pragma once

#include "benchmark/plan.h"

#include <string>

namespace roots::benchmarks {

// Returns SVG. Curves without figures are omitted.
[[nodiscard]] std::string growthPlot(const Plan &plan, const Figures &figures);

}  // namespace roots::benchmarks
