// Whether a connected provider answers exactly what it is asked.
#include "check/connected_trial.h"

#include <roots/provider_client.hpp>

#include <algorithm>
#include <tuple>

namespace roots::check {

namespace {

constexpr const char *kFetches = "fetches-succeed";

// What makes two absence days the same.
using Told = std::tuple<Date, std::string, std::int32_t, std::int32_t, std::int32_t, std::int32_t>;

std::vector<Told> toldOf(const Fetched<roots_absence_day> &fetched) {
  std::vector<Told> all;
  for (const auto &seen : fetched.records) {
    const auto &day = seen.record;
    all.emplace_back(detail::fromAbi(day.date), seen.texts.at(0).bytes, day.kind, day.extent, day.minutes,
                     day.effect);
  }
  std::sort(all.begin(), all.end());
  return all;
}

Verdict succeed(const Subject &subject) {
  return whenConnected(subject, [&](Trial &trial) {
    Verdict verdict = endedWith(trial.absences(subject.days), ROOTS_OK, "fetch_absences, connected");
    if (verdict.outcome == Outcome::passed)
      verdict = endedWith(trial.schedule(subject.days), ROOTS_OK, "fetch_schedule, connected");
    if (verdict.outcome == Outcome::passed)
      verdict = endedWith(trial.balances(), ROOTS_OK, "fetch_balances, connected");
    if (verdict.outcome == Outcome::passed)
      verdict = endedWith(trial.locks(), ROOTS_OK, "settings_locks, connected");
    return verdict;
  });
}

Verdict deliversWhatItDeclares(const Subject &subject) {
  return whenConnected(subject, [&](Trial &trial) {
    const auto undeclared = [&](const auto &fetched, const char *capability) {
      return !fetched.records.empty() && !declares(subject, capability);
    };
    const char *found = undeclared(trial.absences(subject.days), "absences")   ? "absences"
                        : undeclared(trial.schedule(subject.days), "schedule") ? "schedule"
                        : undeclared(trial.balances(), "balances")             ? "balances"
                        : undeclared(trial.locks(), "settings_locks")          ? "settings_locks"
                                                                               : nullptr;
    if (found == nullptr) return passed();
    return failed(std::string("It delivers ") + found + ", which its manifest does not declare.");
  });
}

Verdict sameAnswerTwice(const Subject &subject) {
  return whenConnected(subject, [&](Trial &trial) {
    const auto first = toldOf(trial.absences(subject.days));
    return first == toldOf(trial.absences(subject.days))
               ? passed()
               : failed("The same days, asked for twice, have other absences or other ids.");
  });
}

Verdict shorterRangeAgrees(const Subject &subject) {
  return whenConnected(subject, [&](Trial &trial) {
    const auto whole = toldOf(trial.absences(subject.days));
    if (whole.empty())
      return skipped("The service has no absences on these days. --from and --to choose others.");
    // A day in the middle of the absences: what began before it must be told, what comes later must not.
    const Date day = std::get<Date>(whole[whole.size() / 2]);
    std::vector<Told> expected;
    std::copy_if(whole.begin(), whole.end(), std::back_inserter(expected),
                 [&](const Told &told) { return std::get<Date>(told) == day; });
    const auto one = toldOf(trial.absences({day, day}));
    if (one == expected) return passed();
    const bool outside =
        std::any_of(one.begin(), one.end(), [&](const Told &told) { return std::get<Date>(told) != day; });
    return failed(outside ? "Asked for one day, it delivers others, too."
                          : "Asked for one day, it tells something else than for the days around it, too.");
  });
}

Verdict reversedRange(const Subject &subject) {
  return whenConnected(subject, [&](Trial &trial) {
    const auto fetched = trial.absences({subject.days.last, subject.days.first});
    return fetched.records.empty()
               ? passed()
               : failed("Asked for days whose end is before their begin, it delivers some.");
  });
}

Verdict receiverStops(const Subject &subject) {
  return whenConnected(subject, [&](Trial &trial) {
    CallPlan plan;
    plan.receiver_says = ROOTS_CANCELLED;
    const auto judge = [&](const auto &fetched, const std::string &function) {
      if (fetched.records.empty()) return skipped("Nothing is delivered that could be refused.");
      if (fetched.after_refusal > 0)
        return failed(function + " delivers more after its receiver refused a record.");
      return endedWith(fetched, ROOTS_CANCELLED, function + ", after its receiver said ROOTS_CANCELLED");
    };
    const Verdict verdicts[] = {judge(trial.absences(subject.days, plan), "fetch_absences"),
                                judge(trial.schedule(subject.days, plan), "fetch_schedule"),
                                judge(trial.balances(plan), "fetch_balances")};
    for (const Outcome looked_for : {Outcome::failed, Outcome::passed}) {
      for (const auto &verdict : verdicts) {
        if (verdict.outcome == looked_for) return verdict;
      }
    }
    return verdicts[0];
  });
}

}  // namespace

Checks fetchChecks() {
  return {
      {kFetches, "Once connected, every fetch and settings_locks() succeed.", "P5",
       "connect-gives-an-account", succeed},
      {"capabilities-are-what-is-delivered", "Nothing is delivered that the manifest does not declare.", "P1",
       kFetches, deliversWhatItDeclares},
      {"same-question-same-answer", "The same days have the same absences with the same ids.", "P8", kFetches,
       sameAnswerTwice},
      {"shorter-range-agrees", "One day alone tells what it told among others.", "P8", kFetches,
       shorterRangeAgrees},
      {"reversed-range-delivers-nothing", "Days whose end is before their begin hold nothing.", "P8",
       kFetches, reversedRange},
      {"receiver-can-stop-the-call", "A receiver's refusal ends the call with that status.", "P8", kFetches,
       receiverStops},
  };
}

}  // namespace roots::check
