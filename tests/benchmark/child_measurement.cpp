#include "benchmark/child_measurement.h"

#include "plugins/child_process.h"

#include <unistd.h>

#include <cstdio>
#include <stdexcept>

namespace roots::benchmarks {
namespace {

constexpr const char *kAsksForIt = "measure-in-child";

std::map<std::string, ChildMeasurement> allMeasurements() {
  std::map<std::string, ChildMeasurement> all;
  for (auto subject : {memoryMeasurements, mergeMeasurements, connectMeasurements, processMeasurements})
    all.merge(subject());
  return all;
}

}  // namespace

double measuredInChild(const Words &words) {
  host::ChildPlan plan;
  plan.executable = "/proc/self/exe";
  plan.arguments = {kAsksForIt};
  plan.arguments.insert(plan.arguments.end(), words.begin(), words.end());
  plan.time_limit = std::chrono::minutes(5);
  const host::ChildResult result = host::runChild(plan);
  if (!result.started || result.timed_out || result.status != 0 || result.words.empty())
    throw std::runtime_error("the measurement " + words.at(0) + " failed: " + result.words);
  return std::stod(result.words);
}

std::optional<int> measureIfAsked(int argument_count, char **arguments) {
  if (argument_count < 3 || std::string(arguments[1]) != kAsksForIt) return std::nullopt;
  try {
    const double figure =
        allMeasurements().at(arguments[2])(Words(arguments + 3, arguments + argument_count));
    dprintf(host::kChildWritesHere, "%.9g", figure);
    return 0;
  } catch (const std::exception &problem) {
    dprintf(host::kChildWritesHere, "%s", problem.what());
    return 1;
  }
}

}  // namespace roots::benchmarks
