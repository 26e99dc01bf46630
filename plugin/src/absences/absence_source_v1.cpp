#include "absences/absence_source_v1.h"

#include "absences/absence_window.h"
#include "absences/day_span.h"
#include "api/fetch_parallel.h"
#include "api/personio_api.h"

#include <algorithm>
#include <utility>

namespace roots::personio {
namespace {

// Personio's window is unreliable: some answers hold only absences that lie wholly inside it. Three
// years to each side reach around the longest statutory leave, and stay within a page or two.
constexpr int kPaddingOfDayBased = 3 * 366;
// Hour-based ones that touch the window do come back; a day covers the distance to universal time.
constexpr int kPaddingOfHourBased = 1;

bool touchesOnAnyDay(const std::vector<MinutesOnDay> &days, kit::CivilDays range) {
  return std::any_of(days.begin(), days.end(),
                     [&](const MinutesOnDay &day) { return kit::contains(range, day.date); });
}

const TimeOffType *listedTypeOf(const AbsencePeriod &period, const TimeOffTypes::Types &types) {
  const auto found = std::find_if(types.begin(), types.end(), [&](const TimeOffType &type) {
    const bool same_id = !period.time_off_type_id.empty() && type.id == period.time_off_type_id;
    const bool same_id_v2 = !period.time_off_type_id_v2.empty() && type.id_v2 == period.time_off_type_id_v2;
    return same_id || same_id_v2;
  });
  return found == types.end() ? nullptr : &*found;
}

bool namesType(const AbsencePeriod &period) {
  return !period.time_off_type_id.empty() || !period.time_off_type_id_v2.empty();
}

// The list of hour-based absences omits a type's category; the list of types has it.
AbsenceType typeOf(const AbsencePeriod &period, const TimeOffType *listed) {
  AbsenceType type{period.type_name, std::nullopt};
  if (listed == nullptr) return type;
  type.category = listed->type.category;
  if (type.name.empty()) type.name = listed->type.name;
  return type;
}

Result<void> addDayBased(std::vector<TimeOff> time_offs, kit::CivilDays range,
                         std::vector<Absence> &absences) {
  for (TimeOff &time_off : time_offs) {
    if (!touches(time_off.first, time_off.last, range)) continue;
    Result<DaySpan> span = spanOf(time_off);
    if (!span) return std::move(span).error();
    Absence absence;
    // The same ID whichever version of the API reports the absence.
    absence.id = time_off.id_v2.empty() ? time_off.id : std::move(time_off.id_v2);
    absence.own_id = std::move(time_off.id);
    absence.type = std::move(time_off.type);
    absence.time = *std::move(span);
    absence.counted_hundredths = time_off.days_count_hundredths.value_or(0);
    absences.push_back(std::move(absence));
  }
  return {};
}

}  // namespace

Result<std::vector<Absence>> AbsenceSourceV1::fetchAbsences(std::string_view employee_id,
                                                            kit::CivilDays range,
                                                            const CallContext &context) {
  types_.beginCall();
  context.call.progress(100, "Reading absences");
  bool hourly_failed = false;  // written by the second question, read when both have ended
  auto both = fetchInParallel(
      session_, run_tasks_, context.limits,
      [&](Requests &requests, const kit::CallLimits &limits) {
        const kit::CivilDays window = padded(range, kPaddingOfDayBased, kPaddingOfDayBased);
        auto time_offs = PersonioApi(requests).timeOffs(employee_id, window, limits);
        if (time_offs) context.call.progress(500, kReadingHourly);
        return time_offs;
      },
      [&](Requests &requests, const kit::CallLimits &limits) {
        const kit::CivilDays window = padded(range, kPaddingOfHourBased, kPaddingOfHourBased);
        auto periods = PersonioApi(requests).absencePeriods(employee_id, window, limits);
        hourly_failed = !periods && periods.error().status != Status::cancelled;
        return periods;
      });
  if (hourly_failed) context.call.progress(500, kReadingHourly);
  if (!both) return std::move(both).error();
  auto &[time_offs, periods] = *both;
  session_.log().write(LogLevel::debug, countsLine(kTimeOffs, time_offs));
  session_.log().write(LogLevel::debug, countsLine(kAbsencePeriods, periods));

  std::vector<Absence> absences;
  if (auto added = addDayBased(std::move(time_offs.absences), range, absences); !added)
    return std::move(added).error();
  if (auto added = addHourBased(std::move(periods.absences), range, context.limits, absences); !added)
    return std::move(added).error();
  return absences;
}

Result<void> AbsenceSourceV1::addHourBased(std::vector<AbsencePeriod> periods, kit::CivilDays range,
                                           const kit::CallLimits &limits, std::vector<Absence> &absences) {
  std::erase_if(periods, [&](const AbsencePeriod &period) { return !touchesOnAnyDay(period.days, range); });
  if (periods.empty()) return {};
  const auto types = types_.list(session_, limits, [&](const TimeOffTypes::Types &known) {
    return std::all_of(periods.begin(), periods.end(), [&](const AbsencePeriod &period) {
      return !namesType(period) || listedTypeOf(period, known) != nullptr;
    });
  });
  if (!types) return types.error();
  for (AbsencePeriod &period : periods) {
    const TimeOffType *listed = listedTypeOf(period, **types);
    Absence absence;
    absence.type = typeOf(period, listed);
    absence.type_unit = listed != nullptr ? listed->unit : TypeUnit::unknown;
    absence.id = std::move(period.id);
    absence.time = std::move(period.days);
    absences.push_back(std::move(absence));
  }
  return {};
}

}  // namespace roots::personio
