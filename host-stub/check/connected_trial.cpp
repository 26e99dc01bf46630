#include "check/connected_trial.h"

#include <algorithm>
#include <array>

namespace roots::check {

bool declares(const Subject &subject, std::string_view capability) {
  const auto &capabilities = manifestOf(subject).capabilities;
  return std::find(capabilities.begin(), capabilities.end(), capability) != capabilities.end();
}

std::string nameOf(roots_status status) {
  constexpr std::array<const char *, 10> names{"ROOTS_OK",
                                               "ROOTS_CANCELLED",
                                               "ROOTS_INVALID_SETTING",
                                               "ROOTS_SIGN_IN_FAILED",
                                               "ROOTS_ACCESS_MISSING",
                                               "ROOTS_PERSON_NOT_FOUND",
                                               "ROOTS_TRY_LATER",
                                               "ROOTS_UNEXPECTED_REPLY",
                                               "ROOTS_INTERNAL",
                                               "ROOTS_NOT_CONNECTED"};
  const bool known = status >= 0 && static_cast<std::size_t>(status) < names.size();
  return known ? names.at(static_cast<std::size_t>(status)) : "the unknown status " + std::to_string(status);
}

Verdict endedWith(const Ended &ended, roots_status expected, const std::string &when) {
  if (ended.threw) return skipped("It threw an exception; exceptions-do-not-escape reports that.");
  if (ended.status == expected) return passed();
  return failed(when + ", it returned " + nameOf(ended.status) + " instead of " + nameOf(expected) + ".");
}

}  // namespace roots::check
