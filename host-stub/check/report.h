// Findings as text and as JSON. Pure.
#pragma once

#include "check/run_checks.h"
#include "text/text_lines.h"

#include <string>
#include <vector>

namespace roots::check {

[[nodiscard]] const char *wordFor(Outcome outcome);

// No check failed, crashed, or timed out.
[[nodiscard]] bool nothingFailed(const std::vector<Finding> &findings);

[[nodiscard]] host::TextLines linesFor(const Finding &finding);
// "75 checks: 71 passed, 1 failed, 3 skipped."
[[nodiscard]] std::string summaryOf(const std::vector<Finding> &findings);
[[nodiscard]] std::string jsonOf(const std::vector<Finding> &findings);

// The list of checks, without running any.
[[nodiscard]] std::string listText();
[[nodiscard]] std::string listJson();
// "| check | a plugin that passes | rule |", as in sdk/checks.md.
[[nodiscard]] std::string listMarkdown();

}  // namespace roots::check
