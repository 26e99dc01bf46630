// Hosts of other interface versions.
#include "check/connected_trial.h"
#include "check/sized.h"

namespace roots::check {

namespace {

// Connects and fetches with records of different sizes.
Verdict withPlans(const Subject &subject, const HostPlan &host, const CallPlan &plan,
                  const std::string &when) {
  const auto settings = realSettings(subject);
  if (!settings) return skipped("There is no service to connect to.");
  Trial trial(tableOf(subject), host);
  const Ended all[] = {trial.connect(*settings, plan), trial.absences(subject.days, plan),
                       trial.schedule(subject.days, plan), trial.balances(plan), trial.locks(plan)};
  for (const auto &ended : all) {
    if (const Verdict verdict = endedWith(ended, ROOTS_OK, when); verdict.outcome != Outcome::passed)
      return verdict;
    if (!ended.records_intact) return failed(when + ", it writes beyond a record's struct_size.");
  }
  return passed();
}

Verdict olderHost(const Subject &subject) {
  HostPlan host;
  host.abi_minor = 0;
  host.host_size = offsetof(roots_host, load_secret);
  CallPlan plan;
  plan.call_size = offsetof(roots_call, progress);
  plan.account_size = offsetof(roots_account, id) + sizeof roots_account::id;
  return withPlans(subject, host, plan, "In a host of an earlier version");
}

Verdict newerHost(const Subject &subject) {
  HostPlan host;
  host.abi_minor = 99;
  host.host_size = sizeof(roots_host) + kMaxExtraBytes;
  CallPlan plan;
  plan.call_size = sizeof(roots_call) + kMaxExtraBytes;
  plan.error_size = sizeof(roots_error) + kMaxExtraBytes;
  plan.account_size = sizeof(roots_account) + kMaxExtraBytes;
  return withPlans(subject, host, plan, "In a host of a later version");
}

}  // namespace

Checks compatibilityChecks() {
  return {
      {"runs-with-an-older-host", "It works in a host with shorter records.", "R8", kFetches, olderHost},
      {"runs-with-a-newer-host", "It works in a host with longer records.", "R8", kFetches, newerHost},
  };
}

}  // namespace roots::check
