// Side effects of a plugin on the process of its host: signals, inherited descriptors, and silent
// connections.
#include "check/connected_trial.h"
#include "check/descriptor_watch.h"
#include "check/host_thread.h"
#include "check/misbehaving_service.h"
#include "check/signal_state.h"

#include <roots/kit/url.h>

#include <signal.h>

namespace roots::check {

namespace {

// Calls every function of a provider: connect() to a service that resets connections, and all functions
// with the real service, if there is one. Calls after(call) after each; its first sentence ends the calls.
template <class After>
std::string callAll(const Subject &subject, After after) {
  Trial trial(tableOf(subject));
  std::string problem = after("create()");
  const auto step = [&](const char *name, auto call) {
    if (!problem.empty()) return;
    call();
    problem = after(name);
  };
  if (!addressSetting(subject).empty()) {
    const ResettingService resetting;
    for (int round = 0; round < ResettingService::kWays; ++round) {
      step("connect(), with connections that are reset,",
           [&] { (void)trial.connect(settingsFor(subject, resetting.address()), shortly()); });
    }
  }
  if (const auto settings = realSettings(subject)) {
    step("connect()", [&] { (void)trial.connect(*settings); });
    step("fetch_absences()", [&] { (void)trial.absences(subject.days); });
    step("fetch_schedule()", [&] { (void)trial.schedule(subject.days); });
    step("fetch_balances()", [&] { (void)trial.balances(); });
    step("settings_locks()", [&] { (void)trial.locks(); });
  }
  step("destroy()", [&] { trial.destroy(); });
  return problem;
}

Verdict noSignal(const Subject &subject) {
  HostThread caller;  // created before the library is loaded
  const SignalAction by_default(SIGPIPE, SIG_DFL);
  (void)tableOf(subject);
  caller.run([&] {
    unblockSignal(SIGPIPE);
    (void)callAll(subject, [](const char *) { return std::string(); });
  });
  return passed();  // a signal would have ended the process
}

void ignoreSignal(int /*number*/) {}

Verdict signalState(const Subject &subject) {
  HostThread caller;
  const SignalAction own(SIGPIPE, ignoreSignal);
  std::string problem;
  {
    const SignalState before = SignalState::ofThisThread();
    (void)tableOf(subject);
    problem = SignalState::ofThisThread().differenceFrom(before, "Loading the library");
  }
  for (const bool blocked : {false, true}) {
    if (!problem.empty()) break;
    caller.run([&] {
      blocked ? blockSignal(SIGPIPE) : unblockSignal(SIGPIPE);
      const SignalState before = SignalState::ofThisThread();
      problem = callAll(subject, [&](const char *call) {
        return SignalState::ofThisThread().differenceFrom(before, call);
      });
    });
  }
  return noProblem(problem);
}

Verdict inheritsNothing(const Subject &subject) {
  const auto found = [](const std::string &descriptor, const std::string &when) {
    return failed("A child process started " + when + " would inherit " + descriptor +
                  ". Open everything close-on-exec (SOCK_CLOEXEC, O_CLOEXEC).");
  };
  DescriptorWatch watch;
  (void)tableOf(subject);
  if (const auto descriptor = watch.inheritable()) return found(*descriptor, "after loading");
  if (!addressSetting(subject).empty()) {
    const SilentService silent;
    watch.sampleWhile([&] {
      Trial trial(tableOf(subject));
      (void)trial.connect(settingsFor(subject, silent.address()), shortly());
    });
    if (const auto descriptor = watch.inheritable())
      return found(*descriptor, "while connect() waited for the service");
  }
  const auto settings = realSettings(subject);
  if (!settings) return passed();
  Trial trial(tableOf(subject));
  (void)trial.connect(*settings);
  if (const auto descriptor = watch.inheritable()) return found(*descriptor, "after connect()");
  (void)trial.absences(subject.days);
  (void)trial.schedule(subject.days);
  (void)trial.balances();
  if (const auto descriptor = watch.inheritable()) return found(*descriptor, "after the fetches");
  return passed();
}

Verdict replacesSilent(const Subject &subject) {
  if (addressSetting(subject).empty()) return skipped(kNoAddress);
  auto settings = realSettings(subject);
  if (!settings) return skipped("There is no service to connect to.");
  const auto url = kit::parseBaseUrl((*settings)[addressSetting(subject)]);
  const bool relayed = url && !url->secure && url->host == "127.0.0.1";
  if (!relayed) return skipped("Only a service at http://127.0.0.1 can be put behind a relay.");
  SilencingRelay relay(url->port);
  (*settings)[addressSetting(subject)] = relay.address() + url->path;
  Trial trial(tableOf(subject));
  if (const auto connected = trial.connect(*settings); !connected.ok())
    return failed("connect() through a relay failed: " + connected.message);
  if (const auto before = trial.absences(subject.days); !before.ok())
    return failed("fetch_absences() through a relay failed: " + before.message);
  relay.silenceConnections();
  CallPlan plan;
  plan.timeout = Milliseconds(8000);
  const auto ended = trial.absences(subject.days, plan);
  if (ended.ok()) return passed();
  return failed("With 8 seconds to go, fetch_absences() failed over a silent connection: " +
                nameOf(ended.status) + ". Retry over a new connection before the deadline.");
}

}  // namespace

Checks processChecks() {
  return {
      {"no-signal-reaches-the-host",
       "Reset connections raise no signal in a host with default signal actions.", "P11", kCreates, noSignal},
      {"signal-state-stays-as-it-was",
       "Loading and calls leave signal masks, pending signals, and signal actions unchanged.", "P11",
       kCreates, signalState},
      {"children-inherit-no-descriptor", "Programs that the host starts inherit none of its descriptors.",
       "P11", kCreates, inheritsNothing},
      {"silent-kept-connections-are-replaced",
       "A connection that became silent between two calls does not use up the time limit.", "P7", kFetches,
       replacesSilent, true},
  };
}

}  // namespace roots::check
