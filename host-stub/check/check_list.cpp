#include "check/check.h"

#include <algorithm>
#include <iterator>

namespace roots::check {

namespace {

Checks listed() {
  Checks all;
  for (const auto group :
       {manifestChecks, libraryChecks, entryChecks, lifecycleChecks, connectChecks, fetchChecks, recordChecks,
        lockChecks, callChecks, errorChecks, secretChecks, compatibilityChecks, processChecks}) {
    Checks checks = group();
    std::move(checks.begin(), checks.end(), std::back_inserter(all));
  }
  return all;
}

bool has(const Checks &checks, const std::string &name) {
  return std::any_of(checks.begin(), checks.end(), [&](const Check &check) { return check.name == name; });
}

// Each check after the one that it requires, otherwise in the order of the groups. A check whose
// requirement is missing would be dropped; the test of this list detects that.
Checks inOrder(Checks waiting) {
  Checks ordered;
  for (bool moved = true; moved;) {
    moved = false;
    for (auto check = waiting.begin(); check != waiting.end();) {
      if (!check->after.empty() && !has(ordered, check->after)) {
        ++check;
        continue;
      }
      ordered.push_back(std::move(*check));
      check = waiting.erase(check);
      moved = true;
    }
  }
  return ordered;
}

}  // namespace

const Checks &allChecks() {
  static const Checks checks = inOrder(listed());
  return checks;
}

}  // namespace roots::check
