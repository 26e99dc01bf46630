// Whether a connected provider delivers exactly the requested data.
#include "check/connected_trial.h"

#include <roots/provider_client.hpp>

#include <algorithm>
#include <tuple>

namespace roots::check {

namespace {

// The identity of an absence day.
using AbsenceIdentity = std::tuple<Date, std::string, std::int32_t, std::int32_t, std::int32_t, std::int32_t>;

std::vector<AbsenceIdentity> identitiesOf(const Fetched<roots_absence_day> &fetched) {
  std::vector<AbsenceIdentity> all;
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
    const auto first = identitiesOf(trial.absences(subject.days));
    return first == identitiesOf(trial.absences(subject.days))
               ? passed()
               : failed("Two fetches of the same days deliver different absences or IDs.");
  });
}

Verdict shorterRangeAgrees(const Subject &subject) {
  return whenConnected(subject, [&](Trial &trial) {
    const auto whole = identitiesOf(trial.absences(subject.days));
    if (whole.empty())
      return skipped("The service has no absences on these days. Choose others with --from and --to.");
    // A day in the middle of the absences: absences that began earlier must be included, later ones must
    // not.
    const Date day = std::get<Date>(whole[whole.size() / 2]);
    std::vector<AbsenceIdentity> expected;
    std::copy_if(whole.begin(), whole.end(), std::back_inserter(expected),
                 [&](const AbsenceIdentity &seen) { return std::get<Date>(seen) == day; });
    const auto one = identitiesOf(trial.absences({day, day}));
    if (one == expected) return passed();
    const bool outside = std::any_of(
        one.begin(), one.end(), [&](const AbsenceIdentity &seen) { return std::get<Date>(seen) != day; });
    return failed(outside ? "A one-day query delivers other days, too."
                          : "A one-day query differs from the full range.");
  });
}

Verdict reversedRange(const Subject &subject) {
  return whenConnected(subject, [&](Trial &trial) {
    const auto fetched = trial.absences({subject.days.last, subject.days.first});
    return fetched.records.empty() ? passed() : failed("A reversed range yields records.");
  });
}

Verdict receiverStops(const Subject &subject) {
  return whenConnected(subject, [&](Trial &trial) {
    CallPlan plan;
    plan.receiver_says = ROOTS_CANCELLED;
    const auto judge = [&](const auto &fetched, const std::string &function) {
      if (fetched.records.empty()) return skipped("There are no records that could be refused.");
      if (fetched.after_refusal > 0)
        return failed(function + " delivers more after its receiver refused a record.");
      return endedWith(fetched, ROOTS_CANCELLED, function + ", after its receiver said ROOTS_CANCELLED");
    };
    const Verdict verdicts[] = {judge(trial.absences(subject.days, plan), "fetch_absences"),
                                judge(trial.schedule(subject.days, plan), "fetch_schedule"),
                                judge(trial.balances(plan), "fetch_balances")};
    for (const Outcome looked_for : {Outcome::failed, Outcome::passed}) {
      for (const auto &verdict : verdicts)
        if (verdict.outcome == looked_for) return verdict;
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
      {"same-question-same-answer", "Two fetches of the same days deliver the same absences and IDs.", "P8",
       kFetches, sameAnswerTwice},
      {"shorter-range-agrees", "A one-day query matches the full range.", "P8", kFetches, shorterRangeAgrees},
      {"reversed-range-delivers-nothing", "A reversed range yields no records.", "P8", kFetches,
       reversedRange},
      {"receiver-can-stop-the-call", "If the receiver refuses a record, the call ends with that status.",
       "P8", kFetches, receiverStops},
  };
}

}  // namespace roots::check
