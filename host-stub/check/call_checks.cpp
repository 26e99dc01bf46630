// Cancellation and threads.
#include "check/connected_trial.h"
#include "check/loopback_service.h"
#include "check/process_watch.h"

#include <thread>

namespace roots::check {

namespace {

Ended connectToSilence(const Subject &subject, const CallPlan &plan) {
  const LoopbackService service(silence());
  Trial trial(tableOf(subject));
  return trial.connect(settingsFor(subject, service.address()), plan);
}

Verdict cancelledBefore(const Subject &subject) {
  return whenConnected(subject, [&](Trial &trial) {
    CallPlan plan;
    plan.cancel_after = Milliseconds(0);
    const auto fetched = trial.absences(subject.days, plan);
    // The host drops records of a canceled call (R7), so a provider with records at hand may have delivered
    // some.
    if (fetched.ok() && fetched.records.empty()) return skipped("There is nothing to fetch on these days.");
    return endedWith(fetched, ROOTS_CANCELLED, "Cancelled before it began");
  });
}

Verdict cancelledWhileWaiting(const Subject &subject) {
  if (addressSetting(subject).empty()) return skipped(kNoAddress);
  CallPlan plan;
  plan.timeout = Milliseconds(5000);  // only a call that ignores the cancellation reaches this limit
  plan.cancel_after = Milliseconds(300);
  const auto ended = connectToSilence(subject, plan);
  const auto late = ended.ownPart(ended.after_cancel.value_or(Milliseconds(0))).count();
  if (late > 500) {
    return failed("It returned " + std::to_string(late) +
                  " ms after it was cancelled; at most 500 are permitted.");
  }
  return endedWith(ended, ROOTS_CANCELLED, "Cancelled while the service was silent");
}

Verdict asksOften(const Subject &subject) {
  if (addressSetting(subject).empty()) return skipped(kNoAddress);
  CallPlan plan;
  plan.timeout = Milliseconds(2500);
  plan.cancel_after = Milliseconds(900);
  const Ended ended = connectToSilence(subject, plan);
  const auto silent_for = ended.ownPart(ended.longest_silence.value_or(Milliseconds(0))).count();
  if (silent_for <= 300) return passed();
  return warning("It checked for cancellation only after " + std::to_string(silent_for) +
                 " ms; at most 250 are permitted.");
}

Verdict onlyDuringCalls(const Subject &subject) {
  Trial trial(tableOf(subject));
  (void)trial.connect(settingsFor(subject, refusingAddress()), shortly());
  if (const auto settings = realSettings(subject); settings && trial.connect(*settings).ok()) {
    (void)trial.absences(subject.days);
    (void)trial.schedule(subject.days);
    (void)trial.balances();
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  trial.destroy();
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  if (trial.lateCalls() == 0) return passed();
  return failed("It called a host function outside of a call, " + std::to_string(trial.lateCalls()) +
                " times.");
}

Verdict noThreadLeft(const Subject &subject) {
  Trial trial(tableOf(subject));
  const int before = threadsOfThisProcess();
  const auto more = [&] { return threadsOfThisProcess() > before; };
  (void)trial.connect(settingsFor(subject, refusingAddress()), shortly());
  if (more()) return failed("connect() left a thread behind.");
  const auto settings = realSettings(subject);
  if (!settings || !trial.connect(*settings).ok()) return passed();
  if (more()) return failed("connect() left a thread behind.");
  (void)trial.absences(subject.days);
  if (more()) return failed("fetch_absences() left a thread behind.");
  (void)trial.schedule(subject.days);
  (void)trial.balances();
  (void)trial.locks();
  return more() ? failed("A fetch left a thread behind.") : passed();
}

Verdict fromOtherThreads(const Subject &subject) {
  const auto settings = realSettings(subject);
  if (!settings) return skipped("There is no service to connect to.");
  Trial trial(tableOf(subject));
  Verdict verdict;
  const auto on_a_thread = [](auto work) { std::thread(work).join(); };
  on_a_thread([&] { verdict = endedWith(trial.connect(*settings), ROOTS_OK, "connect, on another thread"); });
  if (verdict.outcome != Outcome::passed) return verdict;
  on_a_thread([&] {
    verdict = endedWith(trial.absences(subject.days), ROOTS_OK, "fetch_absences, on a third thread");
  });
  on_a_thread([&] { trial.destroy(); });
  return verdict;
}

}  // namespace

Checks callChecks() {
  return {
      {"cancelled-before-start-delivers-nothing",
       "A call that is cancelled before it starts returns as cancelled.", "P7", kFetches, cancelledBefore},
      {"cancelled-while-waiting-returns-within-500-ms",
       "A call that is cancelled while the service is silent returns soon.", "P7", kCreates,
       cancelledWhileWaiting, true},
      {"cancellation-is-asked-for-often", "It checks for cancellation every 250 ms (a warning if not).", "P7",
       "cancelled-while-waiting-returns-within-500-ms", asksOften, true},
      {"host-functions-only-during-calls", "Host functions are called during calls only.", "R6", kCreates,
       onlyDuringCalls},
      {"no-thread-left-after-a-call", "No thread outlives the call that started it.", "R6", kCreates,
       noThreadLeft},
      {"called-from-another-thread", "Each call can come from a different thread.", "R6", kFetches,
       fromOtherThreads},
  };
}

}  // namespace roots::check
