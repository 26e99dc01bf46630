// The results: the table for readers, JSON for programs.
#pragma once

#include "benchmark/plan.h"

#include <string>

namespace roots::benchmarks {

// Median and interquartile range of the repetitions.
struct Spread {
  double median = 0;
  double lower = 0;
  double upper = 0;
};
[[nodiscard]] Spread spreadOf(std::vector<double> values);

// "1.23 ms", "12.4 MiB"
[[nodiscard]] std::string quantity(double value, Unit unit);

// Rows without measured figures (a filter) are omitted.
[[nodiscard]] std::string tableText(const Plan &plan, const Figures &figures);
[[nodiscard]] std::string tableJson(const Plan &plan, const Figures &figures, const std::string &about);

}  // namespace roots::benchmarks
