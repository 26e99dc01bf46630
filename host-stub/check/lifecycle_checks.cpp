// create() and destroy().
#include "check/connected_trial.h"
#include "check/process_watch.h"

#include <malloc.h>

#include <algorithm>
#include <limits>

namespace roots::check {

namespace {

Verdict createsWithoutOptional(const Subject &subject) {
  HostPlan bare;
  bare.keeps_secrets = false;
  const Trial trial(tableOf(subject), bare);
  return endedWith(trial.created(), ROOTS_OK, "In a host that stores no secrets");
}

Verdict withoutForbidden(const Subject &subject, Forbidden what) {
  (void)tableOf(subject);  // other checks cover loading
  if (!endProcessAt(what)) return skipped("This system does not let a process monitor its system calls.");
  Trial trial(tableOf(subject));
  trial.destroy();
  return passed();
}

Verdict createsWithoutSocket(const Subject &subject) { return withoutForbidden(subject, Forbidden::sockets); }
Verdict createsWithoutThread(const Subject &subject) { return withoutForbidden(subject, Forbidden::threads); }

Verdict createsQuickly(const Subject &subject) {
  (void)tableOf(subject);
  const Trial trial(tableOf(subject));
  const auto took = trial.created().ownPart(trial.created().took).count();
  return took <= 100 ? passed()
                     : failed("create() took " + std::to_string(took) + " ms; at most 100 are permitted.");
}

Verdict leavesNothing(const Subject &subject) {
  const auto &table = tableOf(subject);
  const auto once = [&table] {
    roots_host host{};
    host.struct_size = sizeof host;
    host.abi_minor = ROOTS_PROVIDER_ABI_MINOR;
    host.log = [](void *, std::int32_t, roots_text) {};
    roots_provider *provider = nullptr;
    if (table.create(&host, &provider, nullptr) == ROOTS_OK) table.destroy(provider);
  };
  once();
  const int descriptors = descriptorsOfThisProcess();
  const int threads = threadsOfThisProcess();
  // The allocator keeps a varying amount of memory; a real leak grows in every round.
  auto least = std::numeric_limits<long long>::max();
  for (int round = 0; round < 4; ++round) {
    const auto bytes = static_cast<long long>(::mallinfo2().uordblks);
    for (int count = 0; count < 100; ++count) once();
    least = std::min(least, static_cast<long long>(::mallinfo2().uordblks) - bytes);
  }
  if (least >= 100) {
    return failed("100 providers left " + std::to_string(least) +
                  " bytes behind. Free in destroy() what create() allocated.");
  }
  if (descriptorsOfThisProcess() > descriptors)
    return failed("Providers leave files or sockets open behind them.");
  if (threadsOfThisProcess() > threads) return failed("Providers leave threads behind them.");
  return passed();
}

Verdict independent(const Subject &subject) {
  return whenConnected(subject, [&](Trial &) {
    Trial other(tableOf(subject));
    const bool knows = !other.absences(subject.days).records.empty() ||
                       !other.schedule(subject.days).records.empty() || !other.balances().records.empty();
    return knows ? failed("A provider that never connected delivers the data of another one.") : passed();
  });
}

Verdict endsUnused(const Subject &subject) {
  Trial trial(tableOf(subject));
  trial.destroy();
  tableOf(subject).destroy(nullptr);
  return passed();
}

}  // namespace

Checks lifecycleChecks() {
  const std::string entry = "entry-id-and-version-match-manifest";
  return {
      {kCreates, "create() works in a host that stores no secrets.", "P4", entry, createsWithoutOptional},
      {"create-makes-no-network-call", "create() and destroy() open no socket.", "P4", kCreates,
       createsWithoutSocket},
      {"create-starts-no-thread", "create() and destroy() start neither thread nor process.", "P4", kCreates,
       createsWithoutThread},
      {"create-takes-at-most-100-ms", "create() returns within 100 ms.", "P4", kCreates, createsQuickly,
       true},
      {"create-destroy-100-times", "100 providers leave no memory, descriptor or thread behind.", "R1",
       kCreates, leavesNothing},
      {"destroy-without-connect",
       "A provider that never connected can be destroyed, and destroy(NULL) does nothing.", "P4", kCreates,
       endsUnused},
      {"two-providers-are-independent", "Connecting one provider leaves another unconnected.", "P4",
       "connect-gives-an-account", independent},
  };
}

}  // namespace roots::check
