// Hosts of other ages.
#include "check/connected_trial.h"
#include "check/sized.h"

namespace roots::check {

namespace {

constexpr const char *kFetches = "fetches-succeed";

// Connects and fetches with records of other lengths.
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
  return withPlans(subject, host, plan, "In a host that offers less");
}

Verdict newerHost(const Subject &subject) {
  HostPlan host;
  host.abi_minor = 99;
  host.host_size = sizeof(roots_host) + kBytesOfTheFuture;
  CallPlan plan;
  plan.call_size = sizeof(roots_call) + kBytesOfTheFuture;
  plan.error_size = sizeof(roots_error) + kBytesOfTheFuture;
  plan.account_size = sizeof(roots_account) + kBytesOfTheFuture;
  return withPlans(subject, host, plan, "In a host of a later version");
}

}  // namespace

Checks ageChecks() {
  return {
      {"runs-with-an-older-host", "A host whose records are shorter is respected.", "R8", kFetches,
       olderHost},
      {"runs-with-a-newer-host", "A host whose records are longer is no trouble.", "R8", kFetches, newerHost},
  };
}

}  // namespace roots::check
