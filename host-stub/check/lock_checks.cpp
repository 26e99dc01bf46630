// The settings of the host that the provider locks.
#include "check/connected_trial.h"

#include <roots/provider_client.hpp>

#include <algorithm>

namespace roots::check {

namespace {

// Checks every lock after the schedule was fetched.
template <class Judge>
Verdict eachLock(const Subject &subject, Judge judge) {
  if (!declares(subject, "settings_locks")) return skipped("The manifest declares no locks.");
  return whenConnected(subject, [&](Trial &trial) {
    (void)trial.schedule(subject.days);
    const auto locks = trial.locks();
    if (locks.records.empty()) return skipped("Nothing is locked.");
    for (const auto &seen : locks.records) {
      const std::string problem = judge(seen.texts.at(0).bytes, seen.texts.at(1).bytes);
      if (!problem.empty()) return failed(problem);
    }
    return passed();
  });
}

Verdict noneBeforeConnect(const Subject &subject) {
  Trial trial(tableOf(subject));
  const auto locks = trial.locks();
  if (locks.records.empty()) return endedWith(locks, ROOTS_OK, "settings_locks, asked before connect(),");
  return failed("It locks settings before connect().");
}

Verdict declared(const Subject &subject) {
  const auto &known = manifestOf(subject).declared_locks;
  return eachLock(subject, [&](const std::string &setting, const std::string & /*reason*/) -> std::string {
    if (std::find(known.begin(), known.end(), setting) != known.end()) return "";
    return "It locks a setting that permissions.settings_locks does not declare. A host refuses that.";
  });
}

Verdict haveReasons(const Subject &subject) {
  return eachLock(subject, [](const std::string & /*setting*/, const std::string &reason) -> std::string {
    return reason.empty() ? "A lock has no reason to show to the user." : "";
  });
}

Verdict hoursNeedSchedule(const Subject &subject) {
  if (!declares(subject, "settings_locks")) return skipped("The manifest declares no locks.");
  return whenConnected(subject, [&](Trial &trial) {
    const auto schedule = trial.schedule(subject.days);
    for (const auto &seen : trial.locks().records) {
      if (seen.texts.at(0).bytes == "weekday_hours" && schedule.records.empty())
        return failed("It locks weekly hours although it delivers no schedule: nobody could set them.");
    }
    return passed();
  });
}

}  // namespace

Checks lockChecks() {
  return {
      {"no-locks-before-connect", "An unconnected provider locks nothing.", "P9",
       "create-without-optional-host-functions", noneBeforeConnect},
      {"locks-are-declared-in-manifest", "Only what the manifest declares is locked.", "P9", kFetches,
       declared},
      {"locks-have-a-reason", "Every lock has a reason for the user.", "P9", kFetches, haveReasons},
      {"weekly-hours-are-locked-with-a-schedule-only",
       "Weekly hours are locked only if a schedule is delivered.", "P9", kFetches, hoursNeedSchedule},
  };
}

}  // namespace roots::check
