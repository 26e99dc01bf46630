// What roots-plugin-check checks, one by one: a name, a sentence, the rule of sdk/README.md that it proves,
// and a function that runs in a process of its own. The lists are in *_checks.cpp, one file for each group.
#pragma once

#include "check/subject.h"

#include <string>
#include <utility>
#include <vector>

namespace roots::check {

enum class Outcome { passed, failed, crashed, timed_out, skipped, warning };

struct Verdict {
  Outcome outcome = Outcome::passed;
  std::string reason;  // "" for passed only
};

inline Verdict passed() { return {}; }
inline Verdict failed(std::string reason) { return {Outcome::failed, std::move(reason)}; }
inline Verdict skipped(std::string reason) { return {Outcome::skipped, std::move(reason)}; }
inline Verdict warning(std::string reason) { return {Outcome::warning, std::move(reason)}; }
// A problem as most rules tell it: "" is none.
inline Verdict noProblem(std::string problem) {
  return problem.empty() ? passed() : failed(std::move(problem));
}

struct Check {
  std::string name;      // kebab-case
  std::string sentence;  // what a plugin that passes does
  std::string rule;      // number in sdk/README.md
  std::string after;     // the check without which this one has nothing to look at; "": none
  Verdict (*run)(const Subject &subject);
};

using Checks = std::vector<Check>;

[[nodiscard]] Checks manifestChecks();
[[nodiscard]] Checks libraryChecks();
[[nodiscard]] Checks entryChecks();
[[nodiscard]] Checks lifeChecks();
[[nodiscard]] Checks connectChecks();
[[nodiscard]] Checks recordChecks();
[[nodiscard]] Checks fetchChecks();
[[nodiscard]] Checks lockChecks();
[[nodiscard]] Checks callChecks();
[[nodiscard]] Checks errorChecks();
[[nodiscard]] Checks secretChecks();
[[nodiscard]] Checks ageChecks();

// All of them, each after the one it needs.
[[nodiscard]] const Checks &allChecks();

}  // namespace roots::check
