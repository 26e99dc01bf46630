// Runs checks, each in a child process with a time limit, and collects their verdicts. A check whose
// required check did not pass is skipped, with that reason.
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
  std::filesystem::path executable;           // this program; its main() calls runCheckIfAsked()
  bool in_process = false;                    // for a debugger: no child processes, no time limits
  std::chrono::seconds time_limit{120};       // for one check
  std::vector<std::string> only;              // names; empty: all. Required checks are then ignored
  std::function<void(Finding &)> on_finding;  // called for each completed check; may shorten its reason
};

[[nodiscard]] std::vector<Finding> runChecks(const Subject &subject, const Running &running);

// Must be called first in main(): if this process was started for one check, runs it and returns the exit
// code.
[[nodiscard]] std::optional<int> runCheckIfAsked(int argument_count, char **arguments);

// The input of a child on its standard input: secrets never reach a command line.
[[nodiscard]] std::string writeSubject(const Subject &subject);
[[nodiscard]] Result<Subject> readSubject(const std::string &text);

}  // namespace roots::check
