// The curves of a plan as one picture: small panels, both axes logarithmic, readable on light and dark
// ground.
#pragma once

#include "benchmark/plan.h"

#include <string>

namespace roots::benchmarks {

// SVG. Curves without figures are left out.
[[nodiscard]] std::string growthPlot(const Plan &plan, const Figures &figures);

}  // namespace roots::benchmarks
