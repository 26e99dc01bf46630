// Measurements that need a process of their own: what happens once in a process's life, and memory, which an
// earlier measurement would have left behind.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace roots::benchmarks {

using Words = std::vector<std::string>;
// Does it in the child and says the figure: seconds, bytes or a count.
using ChildMeasurement = std::function<double(const Words &words)>;

// By the word that asks for it; each subject has some.
[[nodiscard]] std::map<std::string, ChildMeasurement> memoryMeasurements();
[[nodiscard]] std::map<std::string, ChildMeasurement> mergeMeasurements();
[[nodiscard]] std::map<std::string, ChildMeasurement> connectMeasurements();
[[nodiscard]] std::map<std::string, ChildMeasurement> processMeasurements();

// Starts this program again. words: the measurement and what it needs to know. Throws if that went wrong.
[[nodiscard]] double measuredInChild(const Words &words);

// Called first in main(): if the arguments ask for a measurement, does it and returns the exit code.
[[nodiscard]] std::optional<int> measureIfAsked(int argument_count, char **arguments);

}  // namespace roots::benchmarks
