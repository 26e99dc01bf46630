#include "absence_source_v1.h"

#include "day_span.h"

#include <algorithm>
#include <utility>

namespace roots::personio {
namespace {

// Personio's window is unreliable: some answers hold only absences that lie wholly inside it. Three
// years to each side reach around the longest statutory leave, and stay within a page or two.
constexpr int kPaddingOfDayBased = 3 * 366;
// Hour-based ones that touch the window do come back; a day covers the distance to universal time.
constexpr int kPaddingOfHourBased = 1;

constexpr kit::CivilDate kFirstDate{std::chrono::year{1}, std::chrono::month{1}, std::chrono::day{1}};
constexpr kit::CivilDate kLastDate{std::chrono::year{9999}, std::chrono::month{12}, std::chrono::day{31}};

kit::CivilDays padded(kit::CivilDays range, int days) {
  const int before = std::min(days, kit::daysBetween(kFirstDate, range.first));
  const int after = std::min(days, kit::daysBetween(range.last, kLastDate));
  return {kit::addDays(range.first, -before), kit::addDays(range.last, after)};
}

bool touches(const DaySpan &span, kit::CivilDays range) {
  return span.first <= range.last && (!span.last || *span.last >= range.first);
}

bool touches(const std::vector<MinutesOnDay> &days, kit::CivilDays range) {
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

}  // namespace

Result<std::vector<Absence>> AbsenceSourceV1::absencesOf(std::string_view employee_id, kit::CivilDays range,
                                                         const CallContext &context) {
  std::vector<Absence> absences;
  context.call.progress(100, "Reading absences");
  if (auto added = addDayBased(employee_id, range, context, absences); !added)
    return std::move(added).error();
  context.call.progress(500, "Reading hourly absences");
  if (auto added = addHourBased(employee_id, range, context, absences); !added)
    return std::move(added).error();
  return absences;
}

Result<void> AbsenceSourceV1::addDayBased(std::string_view employee_id, kit::CivilDays range,
                                          const CallContext &context, std::vector<Absence> &absences) {
  Result<std::vector<TimeOff>> time_offs =
      api_.timeOffs(employee_id, padded(range, kPaddingOfDayBased), context);
  if (!time_offs) return std::move(time_offs).error();
  for (TimeOff &time_off : *time_offs) {
    if (!touches(DaySpan{time_off.first, time_off.last}, range)) continue;
    Result<DaySpan> span = spanOf(time_off);
    if (!span) return std::move(span).error();
    absences.push_back({std::move(time_off.id), std::move(time_off.type), *std::move(span)});
  }
  return {};
}

Result<void> AbsenceSourceV1::addHourBased(std::string_view employee_id, kit::CivilDays range,
                                           const CallContext &context, std::vector<Absence> &absences) {
  Result<std::vector<AbsencePeriod>> periods =
      api_.absencePeriods(employee_id, padded(range, kPaddingOfHourBased), context);
  if (!periods) return std::move(periods).error();
  for (AbsencePeriod &period : *periods) {
    if (!touches(period.days, range)) continue;
    Result<const std::vector<TimeOffType> *> types = types_.list(context);
    if (!types) return std::move(types).error();
    AbsenceType type = typeOf(period, **types);
    absences.push_back({std::move(period.id), std::move(type), std::move(period.days)});
  }
  return {};
}

}  // namespace roots::personio
