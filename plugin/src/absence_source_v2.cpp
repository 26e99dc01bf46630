#include "absence_source_v2.h"

#include "absence_window.h"
#include "breakdown_minutes.h"
#include "fetch_together.h"
#include "period_span.h"
#include "personio_api_v2.h"
#include "personio_errors.h"

#include <algorithm>
#include <utility>

namespace roots::personio {
namespace {

// The filter is documented to let all absences pass that overlap the window. Should it look at the start
// alone, three years reach around the longest statutory leave.
constexpr int kPaddingBefore = 3 * 366;

// In the widest reading of the end.
bool mayTouch(const PeriodV2 &period, kit::CivilDays range) {
  const auto end = period.end ? std::optional(period.end->date) : std::nullopt;
  return touches(period.start.date, end, range);
}

// Whether the days of the range depend on what a midnight at the end means.
bool endMatters(const PeriodV2 &period, kit::CivilDays range) {
  if (!isEndAmbiguous(period)) return false;
  const kit::CivilDays candidates{kit::addDays(period.end->date, -1), period.end->date};
  return kit::intersection(candidates, range).has_value();
}

// Its start and end alone would not do: breaks and days off in between do not count.
Error hoursMissing() {
  return unexpectedReply(kBreakdownsV2, "/_data", "without the hours of an absence that counts in hours");
}

std::int64_t sumOf(const std::vector<BreakdownV2> &breakdowns) {
  std::int64_t sum = 0;
  for (const BreakdownV2 &part : breakdowns) sum += part.hundredths;
  return sum;
}

int lengthOf(const PeriodV2 &period) { return kit::daysBetween(period.start.date, period.end->date); }

bool isCountedInDays(const TimeOffType *type) { return type != nullptr && type->unit == TypeUnit::days; }

}  // namespace

Result<std::vector<Absence>> AbsenceSourceV2::absencesOf(std::string_view employee_id, kit::CivilDays range,
                                                         const CallContext &context) {
  context.call.progress(100, "Reading absences");
  Result<std::vector<PeriodV2>> periods = periodsOf(employee_id, range, context);
  if (!periods) return std::move(periods).error();
  context.call.progress(500, kReadingHourly);
  if (auto learned = learnMeaningOfEnds(*periods, range, context.limits); !learned)
    return std::move(learned).error();
  const auto breakdowns = breakdownsWhereNeeded(*periods, range.last, context.limits);
  if (!breakdowns) return breakdowns.error();
  std::vector<Absence> absences;
  for (const PeriodV2 &period : *periods) {
    const auto told = breakdowns->find(period.id);
    Result<Absence> absence = absenceOf(period, told == breakdowns->end() ? nullptr : &told->second);
    if (!absence) return std::move(absence).error();
    absences.push_back(*std::move(absence));
  }
  return absences;
}

Result<std::vector<PeriodV2>> AbsenceSourceV2::periodsOf(std::string_view employee_id, kit::CivilDays range,
                                                         const CallContext &context) {
  const auto askPeriods = [&](Requests &requests, const kit::CallLimits &limits) {
    return PersonioApiV2(requests).periods(employee_id, padded(range, kPaddingBefore, 0), limits);
  };
  Listed<PeriodV2> listed;
  if (types_) {
    auto read = askPeriods(session_, context.limits);
    if (!read) return std::move(read).error();
    listed = *std::move(read);
  } else {
    auto both = fetchTogether(session_, run_together_, context.limits, askPeriods,
                              [](Requests &requests, const kit::CallLimits &limits) {
                                return PersonioApiV2(requests).types(limits);
                              });
    if (!both) return std::move(both).error();
    listed = std::move(both->first);
    types_ = std::move(both->second);
  }
  session_.log().write(LogLevel::debug, countsLine(kAbsencePeriodsV2, listed));
  std::erase_if(listed.absences, [&](const PeriodV2 &period) { return !mayTouch(period, range); });
  return std::move(listed.absences);
}

// Of the absences that do not surely count in days. Each is a request of its own, so two are under way at a
// time; with more the limit of API v2 would make them wait.
Result<AbsenceSourceV2::Breakdowns> AbsenceSourceV2::breakdownsWhereNeeded(
    const std::vector<PeriodV2> &periods, kit::CivilDate until, const kit::CallLimits &limits) {
  std::vector<std::string_view> ids;
  for (const PeriodV2 &period : periods) {
    if (!isCountedInDays(typeOf(period))) ids.push_back(period.id);
  }
  const auto askEveryOther = [&](std::size_t first) {
    return [&, first](Requests &requests, const kit::CallLimits &own_limits) -> Result<Breakdowns> {
      Breakdowns read;
      for (std::size_t index = first; index < ids.size(); index += 2) {
        auto breakdowns = PersonioApiV2(requests).breakdowns(ids[index], until, own_limits);
        if (!breakdowns) return std::move(breakdowns).error();
        read.emplace(std::string(ids[index]), *std::move(breakdowns));
      }
      return read;
    };
  };
  if (ids.size() < 2) return askEveryOther(0)(session_, limits);
  auto both = fetchTogether(session_, run_together_, limits, askEveryOther(0), askEveryOther(1));
  if (!both) return std::move(both).error();
  both->first.merge(both->second);
  return std::move(both->first);
}

Result<Absence> AbsenceSourceV2::absenceOf(const PeriodV2 &period,
                                           const std::vector<BreakdownV2> *breakdowns) const {
  const TimeOffType *type = typeOf(period);
  Absence absence{period.id, type != nullptr ? type->type : AbsenceType{}, {}, 0};
  bool ends_on_last_day = session_.learned.v2_ends_on_last_day.value_or(false);
  if (breakdowns != nullptr) {
    if (areHours(*breakdowns)) {
      Result<std::vector<MinutesOnDay>> minutes = minutesOf(*breakdowns);
      if (!minutes) return std::move(minutes).error();
      absence.time = *std::move(minutes);
      return absence;
    }
    const bool counts_in_hours = type != nullptr && type->unit == TypeUnit::hours;
    if (counts_in_hours || breakdowns->empty()) return hoursMissing();
    // The credentials may not read this type, and it counts in days.
    absence.counted_hundredths = sumOf(*breakdowns);
    ends_on_last_day = endsOnLastDay(period, *breakdowns).value_or(ends_on_last_day);
  }
  if (const auto counted = counted_.find(period.id); counted != counted_.end())
    absence.counted_hundredths = counted->second;
  Result<DaySpan> span = spanOf(period, ends_on_last_day);
  if (!span) return std::move(span).error();
  absence.time = *span;
  return absence;
}

// One absence, the shortest that can tell: its days fit into one reply, unless all are longer than four
// weeks. None where no day of the range depends on it.
Result<void> AbsenceSourceV2::learnMeaningOfEnds(const std::vector<PeriodV2> &periods, kit::CivilDays range,
                                                 const kit::CallLimits &limits) {
  if (session_.learned.v2_ends_on_last_day) return {};
  const PeriodV2 *shortest = nullptr;
  for (const PeriodV2 &period : periods) {
    if (!endMatters(period, range) || !isCountedInDays(typeOf(period))) continue;
    if (shortest == nullptr || lengthOf(period) < lengthOf(*shortest)) shortest = &period;
  }
  if (shortest == nullptr) return {};
  const auto breakdowns = PersonioApiV2(session_).breakdowns(shortest->id, shortest->end->date, limits);
  if (!breakdowns) return breakdowns.error();
  counted_ = {{shortest->id, sumOf(*breakdowns)}};
  session_.learned.v2_ends_on_last_day = endsOnLastDay(*shortest, *breakdowns);
  if (!session_.learned.v2_ends_on_last_day) {
    session_.log().write(LogLevel::warning,
                         "The days of an absence do not fit its end; ends are taken for the day after.");
  }
  return {};
}

const TimeOffType *AbsenceSourceV2::typeOf(const PeriodV2 &period) const {
  const auto found = std::find_if(types_->begin(), types_->end(),
                                  [&](const TimeOffType &type) { return type.id == period.type_id; });
  return found == types_->end() ? nullptr : &*found;
}

}  // namespace roots::personio
