// The steps of connecting and fetching, as events at their start and end. Plain values.
#pragma once

#include <roots/result.hpp>

#include <functional>
#include <string>

namespace roots::host {

struct StepEvent {
  std::string source;  // "Personio", "Moco"
  std::string part;    // "connection", "schedule", "absences", "balances", "time_entries", "public_holidays"
  bool has_ended = false;
  std::string problem;  // why it failed; "": it succeeded
};
using OnStep = std::function<void(const StepEvent &event)>;

// Runs a step, () -> Result<...>, between its two events.
template <class Does>
auto watchedStep(const OnStep &on_step, const std::string &source, const std::string &part, Does does) {
  if (on_step) on_step({source, part, false, ""});
  auto outcome = does();
  if (on_step) on_step({source, part, true, outcome ? "" : outcome.error().message});
  return outcome;
}

}  // namespace roots::host
