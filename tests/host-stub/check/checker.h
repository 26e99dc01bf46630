// Runs the real roots-plugin-check, as an author of a plugin would.
#pragma once

#include "support/process.h"

#include <map>
#include <string>
#include <vector>

namespace roots::test {

// Outcomes by check; empty if the program printed no document.
struct Checked {
  ProcessResult process;
  std::map<std::string, std::string> outcomes;
  std::map<std::string, std::string> reasons;

  // Names of the checks that failed, crashed, timed out, or warned.
  [[nodiscard]] std::vector<std::string> notPassed() const;
  [[nodiscard]] int count(const std::string &outcome) const;
};

[[nodiscard]] ProcessResult runChecker(std::vector<std::string> words, const std::string &input = "");

// Runs it with --json and parses the output.
[[nodiscard]] Checked runChecks(const std::string &folder, std::vector<std::string> words = {},
                                const std::string &input = "");

// The template's recorded replies, and the year that they cover.
[[nodiscard]] std::vector<std::string> withReplies();

}  // namespace roots::test
