// Findings as people and as machines read them. Pure.
#pragma once

#include "check/run_checks.h"

#include <string>
#include <vector>

namespace roots::check {

[[nodiscard]] const char *wordFor(Outcome outcome);

// Neither failed, crashed nor timed out.
[[nodiscard]] bool nothingFailed(const std::vector<Finding> &findings);

[[nodiscard]] std::string lineFor(const Finding &finding);
// "75 checks: 71 passed, 1 failed, 3 skipped."
[[nodiscard]] std::string summaryOf(const std::vector<Finding> &findings);
[[nodiscard]] std::string jsonOf(const std::vector<Finding> &findings);

// The list of checks, without running any.
[[nodiscard]] std::string listText();
[[nodiscard]] std::string listJson();
// "| check | what a plugin that passes does | rule |", as it stands in sdk/README.md.
[[nodiscard]] std::string listMarkdown();

}  // namespace roots::check
