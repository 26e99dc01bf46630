// The checks of roots-plugin-check: each has a name, a sentence, the rule of sdk/README.md that it
// verifies, and a function that runs in a separate process. The lists are in *_checks.cpp, one file per
// group.
#pragma once

#include "check/subject.h"

#include <string>
#include <utility>
#include <vector>

namespace roots::check {

enum class Outcome { passed, failed, crashed, timed_out, skipped, warning };

struct Verdict {
  Outcome outcome = Outcome::passed;
  std::string reason;  // "" only if passed
};

inline Verdict passed() { return {}; }
inline Verdict failed(std::string reason) { return {Outcome::failed, std::move(reason)}; }
inline Verdict skipped(std::string reason) { return {Outcome::skipped, std::move(reason)}; }
inline Verdict warning(std::string reason) { return {Outcome::warning, std::move(reason)}; }
// A problem found by a rule; "": none.
inline Verdict noProblem(std::string problem) {
  return problem.empty() ? passed() : failed(std::move(problem));
}

struct Check {
  std::string name;      // kebab-case
  std::string sentence;  // what a passing plugin does
  std::string rule;      // number in sdk/README.md
  std::string after;     // the check that must pass first; "": none
  Verdict (*run)(const Subject &subject);
  // The check measures time, and other programs may keep this computer busy: a failed attempt is repeated,
  // and the check fails only if no attempt passes.
  bool judges_time = false;
};

// The names of the checks that others require.
inline constexpr const char *kCreates = "create-without-optional-host-functions";
inline constexpr const char *kFetches = "fetches-succeed";

using Checks = std::vector<Check>;

[[nodiscard]] Checks manifestChecks();
[[nodiscard]] Checks libraryChecks();
[[nodiscard]] Checks entryChecks();
[[nodiscard]] Checks lifecycleChecks();
[[nodiscard]] Checks connectChecks();
[[nodiscard]] Checks recordChecks();
[[nodiscard]] Checks fetchChecks();
[[nodiscard]] Checks lockChecks();
[[nodiscard]] Checks callChecks();
[[nodiscard]] Checks errorChecks();
[[nodiscard]] Checks secretChecks();
[[nodiscard]] Checks compatibilityChecks();
[[nodiscard]] Checks processChecks();

// All checks, each after the one that it requires.
[[nodiscard]] const Checks &allChecks();

}  // namespace roots::check
