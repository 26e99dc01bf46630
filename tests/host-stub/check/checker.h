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

  // Names of the checks that failed, crashed or ran out of time, or warned.
  [[nodiscard]] std::vector<std::string> notPassed() const;
  [[nodiscard]] int count(const std::string &outcome) const;
};

[[nodiscard]] ProcessResult runChecker(std::vector<std::string> words, const std::string &input = "");

// With --json, which is read.
[[nodiscard]] Checked check(const std::string &folder, std::vector<std::string> words = {},
                            const std::string &input = "");

// The template's replies, and the year they are about.
[[nodiscard]] std::vector<std::string> withReplies();

}  // namespace roots::test
