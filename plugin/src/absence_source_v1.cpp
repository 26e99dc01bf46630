#include "absence_source_v1.h"

#include "absence_window.h"
#include "day_span.h"
#include "fetch_together.h"
#include "personio_api.h"

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

// The list of hour-based absences does not tell a type's category; the list of types does.
AbsenceType typeOf(const AbsencePeriod &period, const std::vector<TimeOffType> &types) {
  const auto found = std::find_if(types.begin(), types.end(), [&](const TimeOffType &type) {
    const bool same_id = !period.time_off_type_id.empty() && type.id == period.time_off_type_id;
    const bool same_id_v2 = !period.time_off_type_id_v2.empty() && type.id_v2 == period.time_off_type_id_v2;
    return same_id || same_id_v2;
  });
  AbsenceType type{period.type_name, std::nullopt};
  if (found == types.end()) return type;
  type.category = found->type.category;
  if (type.name.empty()) type.name = found->type.name;
  return type;
}

Result<void> addDayBased(std::vector<TimeOff> time_offs, kit::CivilDays range,
                         std::vector<Absence> &absences) {
  for (TimeOff &time_off : time_offs) {
    if (!touches(time_off.first, time_off.last, range)) continue;
    Result<DaySpan> span = spanOf(time_off);
    if (!span) return std::move(span).error();
    // So that it stays one absence, whichever version tells it.
    std::string &id = time_off.id_v2.empty() ? time_off.id : time_off.id_v2;
    absences.push_back({std::move(id), std::move(time_off.type), *std::move(span),
                        time_off.days_count_hundredths.value_or(0)});
  }
  return {};
}

}  // namespace

Result<std::vector<Absence>> AbsenceSourceV1::absencesOf(std::string_view employee_id, kit::CivilDays range,
                                                         const CallContext &context) {
  context.call.progress(100, "Reading absences");
  bool hourly_failed = false;  // written by the second question, read when both have ended
  auto both = fetchTogether(
      session_, run_together_, context.limits,
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
  for (AbsencePeriod &period : periods) {
    if (!touchesOnAnyDay(period.days, range)) continue;
    const Result<const std::vector<TimeOffType> *> types = types_.list(session_, limits);
    if (!types) return types.error();
    AbsenceType type = typeOf(period, **types);
    absences.push_back({std::move(period.id), std::move(type), std::move(period.days), 0});
  }
  return {};
}

}  // namespace roots::personio
