// Runs checks, each in a child process with a time limit, and collects their verdicts. A check whose
// predecessor did not pass is skipped and says so.
#pragma once

#include "check/check.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace roots::check {

struct Finding {
  const Check *check = nullptr;
  Verdict verdict;
  std::chrono::milliseconds took{0};
};

struct Running {
  std::filesystem::path executable;     // this program, which main() hands to runCheckIfAsked()
  bool in_process = false;              // for a debugger: no child processes, no time limits
  std::chrono::seconds time_limit{20};  // for one check
  std::vector<std::string> only;        // names; empty: all. Predecessors are then not looked at
  std::function<void(Finding &)> told;  // of each as it is done; may shorten its reason
};

[[nodiscard]] std::vector<Finding> runChecks(const Subject &subject, const Running &running);

// Called first in main(): if this process was started for one check, runs it and returns the exit code.
[[nodiscard]] std::optional<int> runCheckIfAsked(int argument_count, char **arguments);

// What a child gets to know, through its standard input: secrets never reach a command line.
[[nodiscard]] std::string writeSubject(const Subject &subject);
[[nodiscard]] Result<Subject> readSubject(const std::string &text);

}  // namespace roots::check
