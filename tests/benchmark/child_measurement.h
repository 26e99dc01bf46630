// Measurements that need a separate process: events that happen once per process, and memory, which an
// earlier measurement would affect.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace roots::benchmarks {

using Words = std::vector<std::string>;
// Runs the measurement in the child and returns the figure: seconds, bytes, or a count.
using ChildMeasurement = std::function<double(const Words &words)>;

// By the word that selects it; each subject has some.
[[nodiscard]] std::map<std::string, ChildMeasurement> memoryMeasurements();
[[nodiscard]] std::map<std::string, ChildMeasurement> mergeMeasurements();
[[nodiscard]] std::map<std::string, ChildMeasurement> connectMeasurements();
[[nodiscard]] std::map<std::string, ChildMeasurement> processMeasurements();

// Starts this program again. words: the measurement and its arguments. Throws on failure.
[[nodiscard]] double measuredInChild(const Words &words);

// Must be called first in main(): if the arguments select a measurement, runs it and returns the exit code.
[[nodiscard]] std::optional<int> measureIfAsked(int argument_count, char **arguments);

}  // namespace roots::benchmarks
