#include "absences/absence_source_v2.h"

#include "absences/absence_notices.h"
#include "absences/absence_window.h"
#include "absences/breakdown_minutes.h"
#include "absences/period_ends.h"
#include "absences/period_span.h"
#include "api/fetch_parallel.h"
#include "api/personio_api.h"
#include "api/personio_api_v2.h"
#include "errors/personio_errors.h"

#include <algorithm>
#include <set>
#include <utility>

namespace roots::personio {
namespace {

// API v1 lists the hours of all absences in one or two requests; its window is in days of universal time.
constexpr int kPaddingOfHoursV1 = 1;
constexpr std::size_t kManyHourly = 20;

// With the latest day that the end may mean.
bool mayTouch(const PeriodV2 &period, kit::CivilDays range) {
  const auto end = period.end ? std::optional(period.end->date) : std::nullopt;
  return touches(period.start.date, end, range);
}

// Start and end do not suffice: breaks and days off in between do not count.
Error hoursMissing() {
  return unexpectedReply(kBreakdownsV2, "/_data", "without the hours of an absence that counts in hours");
}

std::int64_t sumOf(const std::vector<BreakdownV2> &breakdowns) {
  std::int64_t sum = 0;
  for (const BreakdownV2 &part : breakdowns) sum += part.hundredths;
  return sum;
}

bool isCountedInDays(const TimeOffType *type) { return type != nullptr && type->unit == TypeUnit::days; }

}  // namespace

AbsenceSourceV2::AbsenceSourceV2(Session &session, const Host &host, kit::Waiter &waiter,
                                 kit::RunTasks run_tasks)
    : session_(session),
      run_tasks_(std::move(run_tasks)),
      list_(session, host),
      cache_(host, session.settingsMark()),
      types_(waiter, [](Requests &requests, const kit::CallLimits &limits) {
        return PersonioApiV2(requests).types(limits);
      }) {}

Result<std::vector<Absence>> AbsenceSourceV2::fetchAbsences(std::string_view employee_id,
                                                            kit::CivilDays range,
                                                            const CallContext &context) {
  Result<AbsencesV2> by_v2 = read(employee_id, range, context);
  if (!by_v2) return std::move(by_v2).error();
  if (by_v2->ends_are_ambiguous) context.call.notice(ambiguousEnds());
  return std::move(by_v2->absences);
}

Result<AbsencesV2> AbsenceSourceV2::read(std::string_view employee_id, kit::CivilDays range,
                                         const CallContext &context) {
  cache_.beginCall(kit::CivilDate(std::chrono::floor<std::chrono::days>(session_.wallTime())));
  types_.beginCall();
  hours_denied_ = false;
  ReadState state{employee_id, range, context, BreakdownReader(session_, run_tasks_, cache_), {}, {}, {}};
  context.call.progress(100, "Reading absences");
  const Result<void> listed = readLists(state);
  lists_denied_ = !listed && isRefusal(listed.error());
  if (!listed) return listed.error();
  context.call.progress(500, kReadingHourly);
  if (auto learned = learnMeaningOfEnds(state); !learned) return std::move(learned).error();
  const Result<void> read = readHours(state);
  // Saves what was read, whatever failed afterwards: each entry costs a request.
  if (!context.call.cancelled()) cache_.save();
  if (!read) return read.error();
  AbsencesV2 by_v2;
  for (const PeriodV2 &period : state.periods) {
    Result<Absence> absence = absenceOf(period, state);
    if (!absence) return std::move(absence).error();
    by_v2.absences.push_back(*std::move(absence));
  }
  // Those that were deleted meanwhile are no longer among the periods.
  by_v2.ends_are_ambiguous = state.ends_are_ambiguous;
  by_v2.breakdowns_denied =
      by_v2.ends_are_ambiguous &&
      std::any_of(state.periods.begin(), state.periods.end(),
                  [&](const PeriodV2 &period) { return state.reader.refused().contains(period.id); });
  if (!context.call.cancelled()) list_.save();
  return by_v2;
}

// Periods and the types that they are of.
Result<void> AbsenceSourceV2::readLists(ReadState &state) {
  const kit::CallLimits &limits = state.context.limits;
  const auto askPeriods = [&](Requests &requests, const kit::CallLimits &own_limits) {
    return list_.read(requests, state.employee_id, state.range, own_limits);
  };
  if (types_.areKnown()) {
    auto read = askPeriods(session_, limits);
    if (!read) return std::move(read).error();
    state.periods = *std::move(read);
  } else {
    auto both = fetchInParallel(session_, run_tasks_, limits, askPeriods,
                                [&](Requests &requests, const kit::CallLimits &own_limits) {
                                  return types_.ask(requests, own_limits);
                                });
    if (!both) return std::move(both).error();
    state.periods = std::move(both->first);
    types_.store(std::move(both->second));
  }
  std::erase_if(state.periods, [&](const PeriodV2 &period) { return !mayTouch(period, state.range); });
  const auto types = types_.list(session_, limits, [&](const TimeOffTypes::Types &known) {
    return std::all_of(state.periods.begin(), state.periods.end(), [&](const PeriodV2 &period) {
      return period.type_id.empty() || findType(known, period.type_id) != nullptr;
    });
  });
  if (!types) return types.error();
  known_types_ = *types;
  return {};
}

Result<void> AbsenceSourceV2::learnMeaningOfEnds(ReadState &state) {
  if (session_.learned.v2_ends_on_last_day) return {};
  BreakdownReader::Periods candidates;
  for (const PeriodV2 &period : state.periods)
    if (endMatters(period, state.range) && isCountedInDays(typeOf(period))) candidates.push_back(&period);
  if (candidates.empty()) return {};
  const auto learned =
      learnWhetherEndsAreLastDays(std::move(candidates), state.reader, cache_, state.context.limits);
  if (!learned) return learned.error();
  session_.learned.v2_ends_on_last_day = *learned;
  if (!*learned) {
    session_.log().write(LogLevel::warning,
                         "The days of an absence do not match its end; its last day is ambiguous.");
  }
  return leaveOutDeleted(state);
}

// For absences that are not known to count in days.
Result<void> AbsenceSourceV2::readHours(ReadState &state) {
  const kit::CivilDate until = state.range.last;
  if (withUnreadHours(state).size() > kManyHourly) {
    if (auto read = readMinutesV1(state); !read) return read;
  }
  if (auto read = state.reader.readAll(withUnreadHours(state), until, state.context.limits); !read)
    return read;
  if (withUnreadHours(state).empty()) return {};
  if (auto left_out = leaveOutDeleted(state); !left_out) return left_out;
  // Those that were not requested because of deleted ones before them.
  if (auto read = state.reader.readAll(withUnreadHours(state), until, state.context.limits); !read)
    return read;
  if (withUnreadHours(state).empty()) return {};
  if (auto read = readMinutesV1(state); !read) return read;
  // After a temporary failure, API v1 may have the hours next time.
  if (state.error_v1 && !isRefusal(*state.error_v1)) return *state.error_v1;
  if (withUnreadHours(state).empty() || !state.reader.refusal()) return {};
  hours_denied_ = !state.error_v1;
  return *state.reader.refusal();
}

// The list of API v1 has the minutes of each day. Its failure is not an error here, because breakdowns may
// have them as well.
Result<void> AbsenceSourceV2::readMinutesV1(ReadState &state) {
  state.error_v1.reset();
  auto snapshot = session_.takeTokenSnapshot(state.context.limits);
  if (!snapshot) return std::move(snapshot).error();
  const kit::CivilDays window = padded(state.range, kPaddingOfHoursV1, kPaddingOfHoursV1);
  auto listed = PersonioApi(*snapshot).absencePeriods(state.employee_id, window, state.context.limits);
  if (!listed) {
    if (listed.error().status == Status::cancelled) return std::move(listed).error();
    session_.log().write(LogLevel::info, "The hours of absences are unavailable via API v1.");
    state.error_v1 = std::move(listed).error();
    return {};
  }
  for (AbsencePeriod &period : listed->absences)
    state.minutes_v1.insert_or_assign(std::move(period.id), std::move(period.days));
  return {};
}

// Reads the list again to find out whether refused absences still exist.
Result<void> AbsenceSourceV2::leaveOutDeleted(ReadState &state) {
  const std::set<std::string> &refused = state.reader.refused();
  const auto isRefused = [&](const PeriodV2 &period) { return refused.contains(period.id); };
  if (std::none_of(state.periods.begin(), state.periods.end(), isRefused)) return {};
  const auto listed = list_.read(session_, state.employee_id, state.range, state.context.limits);
  if (!listed) return listed.error();
  std::erase_if(state.periods, [&](const PeriodV2 &period) {
    return isRefused(period) && std::none_of(listed->begin(), listed->end(),
                                             [&](const PeriodV2 &now) { return now.id == period.id; });
  });
  return {};
}

BreakdownReader::Periods AbsenceSourceV2::withUnreadHours(const ReadState &state) const {
  BreakdownReader::Periods periods;
  for (const PeriodV2 &period : state.periods) {
    const bool is_known = isCountedInDays(typeOf(period)) || state.minutes_v1.contains(period.id) ||
                          cache_.find(period, state.range.last) != nullptr;
    if (!is_known) periods.push_back(&period);
  }
  return periods;
}

Result<Absence> AbsenceSourceV2::absenceOf(const PeriodV2 &period, ReadState &state) const {
  const TimeOffType *type = typeOf(period);
  Absence absence{period.id, type != nullptr ? type->type : AbsenceType{}, {}};
  if (type != nullptr) absence.type_unit = type->unit;
  const Breakdowns *breakdowns = cache_.find(period, state.range.last);
  if (!isCountedInDays(type)) {
    if (const auto minutes = state.minutes_v1.find(period.id); minutes != state.minutes_v1.end()) {
      absence.time = minutes->second;
      return absence;
    }
    const bool counts_in_hours = type != nullptr && type->unit == TypeUnit::hours;
    if (breakdowns != nullptr && areHours(breakdowns->days)) {
      Result<std::vector<MinutesOnDay>> minutes = minutesOf(breakdowns->days);
      if (!minutes) return std::move(minutes).error();
      absence.time = *std::move(minutes);
      return absence;
    }
    // Otherwise the credentials may not read this type, and it counts in days.
    if (counts_in_hours || breakdowns == nullptr || breakdowns->days.empty()) return hoursMissing();
  }
  // If all days were read, their sum is what Personio counts.
  const Breakdowns *of_all_days = period.end ? cache_.find(period, period.end->date) : breakdowns;
  if (of_all_days != nullptr && of_all_days->are_all) absence.counted_hundredths = sumOf(of_all_days->days);
  Result<DaySpan> span = daysOf(period, state);
  if (!span) return std::move(span).error();
  absence.time = *span;
  return absence;
}

// Uses the meaning of ends in this company; where it is unknown, the absence's own days.
Result<DaySpan> AbsenceSourceV2::daysOf(const PeriodV2 &period, ReadState &state) const {
  if (session_.learned.v2_ends_on_last_day || !endMatters(period, state.range)) {
    const Breakdowns *own = cache_.find(period, state.range.last);
    const bool unlisted_type = typeOf(period) == nullptr && own != nullptr;
    const auto shown = unlisted_type && period.end ? endsOnLastDay(period, own->days) : std::nullopt;
    return spanOf(period, shown.value_or(session_.learned.v2_ends_on_last_day.value_or(false)));
  }
  const Breakdowns *own = cache_.find(period, std::min(period.end->date, state.range.last));
  const bool is_shown = own != nullptr && endsOnLastDay(period, own->days).has_value();
  state.ends_are_ambiguous = state.ends_are_ambiguous || !is_shown;
  return spanOf(period, showsDayOfEnd(period, own));
}

const TimeOffType *AbsenceSourceV2::typeOf(const PeriodV2 &period) const {
  return findType(*known_types_, period.type_id);
}

}  // namespace roots::personio
