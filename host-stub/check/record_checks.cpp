// Whether the records of a connected provider conform to the interface.
#include "check/connected_trial.h"

#include <roots/provider_client.hpp>

#include <map>
#include <set>

namespace roots::check {

namespace {

// Identifies an absence without revealing its content.
std::string at(std::size_t index) { return "Record " + std::to_string(index + 1) + " "; }

// Checks each record of one fetch; skipped if there is none.
template <class Record, class Judge>
Verdict each(const Fetched<Record> &fetched, const std::string &what, Judge judge) {
  if (fetched.records.empty()) {
    return skipped("The service has no " + what +
                   " to check. Use a service that has some, or choose other days with --from and --to.");
  }
  for (std::size_t index = 0; index < fetched.records.size(); ++index) {
    const std::string problem = judge(fetched.records[index]);
    if (!problem.empty()) return failed(at(index) + "of " + what + " " + problem);
  }
  return passed();
}

template <class Judge>
Verdict eachAbsence(const Subject &subject, Judge judge) {
  return whenConnected(subject,
                       [&](Trial &trial) { return each(trial.absences(subject.days), "absences", judge); });
}

Verdict datesAreReal(const Subject &subject) {
  return eachAbsence(subject, [&](const Seen<roots_absence_day> &seen) -> std::string {
    const Date date = detail::fromAbi(seen.record.date);
    if (!detail::isRealDate(date)) return "is on a day that does not exist.";
    if (date < subject.days.first || subject.days.last < date) return "is outside the requested days.";
    return "";
  });
}

Verdict extentAndMinutes(const Subject &subject) {
  return eachAbsence(subject, [](const Seen<roots_absence_day> &seen) -> std::string {
    const auto &day = seen.record;
    if (day.extent < ROOTS_WHOLE_DAY || day.extent > ROOTS_MINUTES)
      return "has the unknown extent " + std::to_string(day.extent) + ".";
    const bool is_hourly = day.extent == ROOTS_MINUTES;
    if (is_hourly && !limits::absenceMinutes(Extent::minutes).allow(day.minutes))
      return "is given in minutes, but in " + std::to_string(day.minutes) + " of them.";
    if (day.extent != ROOTS_MINUTES && day.minutes != 0) return "has minutes and an extent without them.";
    return "";
  });
}

Verdict kindsAreKnown(const Subject &subject) {
  return eachAbsence(subject, [](const Seen<roots_absence_day> &seen) -> std::string {
    const auto &day = seen.record;
    if (day.kind < ROOTS_VACATION || day.kind > ROOTS_OTHER)
      return "has the unknown kind " + std::to_string(day.kind) + ".";
    if (day.effect < ROOTS_TIME_OFF || day.effect > ROOTS_COMPENSATION)
      return "has the unknown effect " + std::to_string(day.effect) + ".";
    return "";
  });
}

Verdict countsAgree(const Subject &subject) {
  return eachAbsence(subject,
                     [counts = std::map<std::string, std::int32_t>()](
                         const Seen<roots_absence_day> &seen) mutable -> std::string {
                       // since 1.1
                       if (seen.record.struct_size < sizeof(roots_absence_day)) return "";
                       const auto counted = seen.record.counted_hundredths;
                       if (counted < 0) return "counts fewer than no days.";
                       const auto [first, is_new] = counts.emplace(seen.texts.at(0).bytes, counted);
                       return is_new || first->second == counted
                                  ? ""
                                  : "has another count than the other days of its absence.";
                     });
}

Verdict daysAreUnique(const Subject &subject) {
  return eachAbsence(subject,
                     [known = std::set<std::pair<std::string, Date>>()](
                         const Seen<roots_absence_day> &seen) mutable -> std::string {
                       const bool is_new =
                           known.emplace(seen.texts.at(0).bytes, detail::fromAbi(seen.record.date)).second;
                       return is_new ? "" : "repeats an absence on the same day.";
                     });
}

std::string textProblem(const SeenText &text) {
  if (text.has_length_only) return "has a text with a length but without data.";
  return detail::isUtf8(text.bytes) ? "" : "has a text that is not UTF-8 without NUL.";
}

template <class Record>
std::string textsProblem(const Seen<Record> &seen) {
  for (const auto &text : seen.texts)
    if (const std::string problem = textProblem(text); !problem.empty()) return problem;
  return "";
}

template <class Record>
std::string sizeProblem(const Seen<Record> &seen) {
  if (seen.record.struct_size >= detail::size_in_1_0<Record>) return "";
  return "has the struct_size " + std::to_string(seen.record.struct_size) + ", less than in interface 1.0.";
}

template <class Record>
std::string idProblem(const Seen<Record> &seen) {
  return seen.texts.at(0).bytes.empty() && !seen.texts.at(0).has_length_only ? "has no id." : "";
}

// The same check for all delivered records.
template <class Judge>
Verdict everything(const Subject &subject, Judge judge) {
  return whenConnected(subject, [&](Trial &trial) {
    const auto worst = [](const Verdict &one, const Verdict &other) {
      if (one.outcome == Outcome::failed) return one;
      return other.outcome == Outcome::skipped ? one : other;
    };
    Verdict verdict =
        each(trial.absences(subject.days), "absences", [&](const auto &seen) { return judge(seen); });
    verdict = worst(
        verdict, each(trial.schedule(subject.days), "weeks", [&](const auto &seen) { return judge(seen); }));
    verdict =
        worst(verdict, each(trial.balances(), "balances", [&](const auto &seen) { return judge(seen); }));
    return worst(verdict, each(trial.locks(), "locks", [&](const auto &seen) { return judge(seen); }));
  });
}

Verdict textIsUtf8(const Subject &subject) {
  return everything(subject, [](const auto &seen) { return textsProblem(seen); });
}

Verdict sizesAreSet(const Subject &subject) {
  return everything(subject, [](const auto &seen) { return sizeProblem(seen); });
}

Verdict absencesHaveIds(const Subject &subject) {
  return eachAbsence(subject, [](const auto &seen) { return idProblem(seen); });
}

Verdict weeksAreSound(const Subject &subject) {
  if (!declares(subject, "schedule")) return skipped("The manifest declares no schedule.");
  return whenConnected(subject, [&](Trial &trial) {
    std::optional<Date> last;
    return each(trial.schedule(subject.days), "weeks", [&](const Seen<roots_week> &seen) -> std::string {
      const Date from = detail::fromAbi(seen.record.valid_from);
      if (from.known() && !detail::isRealDate(from)) return "begins on a day that does not exist.";
      if (last && !(*last < from)) return "is not later than the one before it.";
      last = from;
      for (const std::int32_t minutes : seen.record.minutes) {
        if (!limits::weekday_minutes.allow(minutes))
          return "has a weekday of " + std::to_string(minutes) + " minutes.";
      }
      return "";
    });
  });
}

Verdict balancesAreSound(const Subject &subject) {
  if (!declares(subject, "balances")) return skipped("The manifest declares no balances.");
  return whenConnected(subject, [&](Trial &trial) {
    std::set<std::string> ids;
    return each(trial.balances(), "balances", [&](const Seen<roots_balance> &seen) -> std::string {
      if (seen.record.unit != ROOTS_UNIT_DAYS && seen.record.unit != ROOTS_UNIT_HOURS)
        return "has the unknown unit " + std::to_string(seen.record.unit) + ".";
      if (!idProblem(seen).empty()) return idProblem(seen);
      return ids.insert(seen.texts.at(0).bytes).second ? "" : "has the same id as another one.";
    });
  });
}

}  // namespace

Checks recordChecks() {
  return {
      {"records-carry-their-size", "Every record starts with its struct_size.", "R8", kFetches, sizesAreSet},
      {"text-is-utf8-without-nul", "Texts are UTF-8, without NUL.", "R2", kFetches, textIsUtf8},
      {"dates-are-real-and-inside-the-range", "Absences are on valid dates within the requested range.", "R3",
       kFetches, datesAreReal},
      {"extent-and-minutes-agree", "Minutes occur only with the extent ROOTS_MINUTES, 1 to 1440.", "R4",
       kFetches, extentAndMinutes},
      {"kinds-and-effects-are-known", "The header defines all kinds and effects.", "R9", kFetches,
       kindsAreKnown},
      {"absences-have-ids", "Every absence has an id.", "P8", kFetches, absencesHaveIds},
      {"absence-days-are-unique", "No absence occurs twice on one day.", "P8", kFetches, daysAreUnique},
      {"counted-days-agree", "All days of an absence have the same count.", "P8", kFetches, countsAgree},
      {"weeks-are-sorted-and-within-24-hours", "Weeks are sorted, and weekdays have 0 to 1440 minutes.", "R4",
       kFetches, weeksAreSound},
      {"balances-have-units-and-ids", "Balances are in days or hours, each with a unique id.", "P8", kFetches,
       balancesAreSound},
  };
}

}  // namespace roots::check
