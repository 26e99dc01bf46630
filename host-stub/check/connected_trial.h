// A trial that is signed in to the author's service, for checks of a connected provider.
#pragma once

#include "check/check.h"
#include "check/trial.h"

#include <string_view>

namespace roots::check {

// Calls `look` with a connected trial. Returns a verdict of its own if connecting fails although the check
// connect-gives-an-account passed.
template <class Look>
Verdict whenConnected(const Subject &subject, Look look, const HostPlan &host = {}) {
  const auto settings = realSettings(subject);
  if (!settings) return skipped("There is no service to connect to.");
  Trial trial(tableOf(subject), host);
  const auto connected = trial.connect(*settings);
  if (!connected.ok()) return failed("connect() failed, although it worked before: " + connected.message);
  return look(trial);
}

// Why a check that provides its own service is skipped.
inline constexpr const char *kNoAddress = "The plugin has no setting of the type url.";

// Whether the manifest declares the capability.
[[nodiscard]] bool declares(const Subject &subject, std::string_view capability);

// "ROOTS_TRY_LATER", or the number of an unknown one.
[[nodiscard]] std::string nameOf(roots_status status);

// passed if the call ended with this status, otherwise a sentence about the difference.
[[nodiscard]] Verdict endedWith(const Ended &ended, roots_status expected, const std::string &when);

}  // namespace roots::check
