// Reading GET /v1/company/absence-periods: absences counted in hours. Their start and end are moments
// of universal time, so the local day comes from "breakdowns"; without them from the time zone, where it
// cannot be wrong.
#include "replies/json_reader.h"
#include "replies/local_day.h"
#include "replies/personio_json.h"
#include "replies/row_status.h"

#include <map>

namespace roots::personio {
namespace {

// The one local day that start and end lie on, if that is certain.
std::optional<kit::CivilDate> readCertainDay(kit::JsonView attributes) {
  const std::string_view zone = attributes["timezone"].asText().value_or(std::string_view());
  const auto dayOf = [&](std::string_view member) {
    return readDayOfMoment(attributes[member].asText().value_or(std::string_view()), zone).day;
  };
  const std::optional<LocalDay> start = dayOf("start");
  const std::optional<LocalDay> end = dayOf("end");
  if (!start || !end) return std::nullopt;
  if (start->date == end->date) return start->date;
  const bool ends_with_the_day = end->at_midnight && end->date == kit::addDays(start->date, 1);
  return ends_with_the_day ? std::optional(start->date) : std::nullopt;
}

Result<std::vector<MinutesOnDay>> readBreakdowns(const JsonReader &reader, kit::JsonView breakdowns) {
  std::map<kit::CivilDate, int> minutes_by_date;  // the same date may come twice
  for (std::size_t index = 0; index < breakdowns.size(); ++index) {
    const kit::JsonView part = breakdowns.at(index);
    Result<kit::CivilDate> date = reader.date(part, "date");
    if (!date) return std::move(date).error();
    Result<int> minutes = reader.minutesOfDay(part, "effective_duration");
    if (!minutes) return std::move(minutes).error();
    int &sum = minutes_by_date[*date];
    sum += *minutes;
    if (sum > kMinutesOfDay)
      return reader.wrong(part, "effective_duration", "more than the minutes of one day");
  }
  std::vector<MinutesOnDay> days;
  for (const auto &[date, minutes] : minutes_by_date)
    if (minutes > 0) days.push_back({date, minutes});
  return days;
}

Result<std::vector<MinutesOnDay>> readDays(const JsonReader &reader, kit::JsonView attributes) {
  const kit::JsonView breakdowns = attributes["breakdowns"];
  if (!breakdowns.isBlank()) {
    if (!breakdowns.isArray()) return reader.wrong(attributes, "breakdowns", "not a list");
    return readBreakdowns(reader, breakdowns);
  }
  Result<int> minutes = reader.minutesOfDay(attributes, "effective_duration");
  if (!minutes) return std::move(minutes).error();
  if (*minutes == 0) return std::vector<MinutesOnDay>();
  const std::optional<kit::CivilDate> day = readCertainDay(attributes);
  if (!day) return reader.wrong(attributes, "breakdowns", "empty, so the local days are unknown");
  return std::vector<MinutesOnDay>{{*day, *minutes}};
}

// Durations are minutes with each of these units.
bool isCountedInMinutes(kit::JsonView unit) {
  if (unit.isBlank()) return true;
  const std::string text = readText(unit);
  return text == "hour" || text == "hours" || text == "minute" || text == "minutes";
}

Result<void> readAbsencePeriod(const JsonReader &reader, kit::JsonView attributes, AbsencePeriod &period) {
  if (!isCountedInMinutes(attributes["measurement_unit"]))
    return reader.wrong(attributes, "measurement_unit", "not a unit of hourly absences");
  Result<std::vector<MinutesOnDay>> days = readDays(reader, attributes);
  if (!days) return std::move(days).error();
  const kit::JsonView type = withoutWrapping(attributes["absence_type"]);
  period.type_name = readText(type["name"]);
  period.time_off_type_id = readId(type["time_off_type_id"]);
  period.time_off_type_id_v2 = readId(type["id"]);
  period.days = *std::move(days);
  return {};
}

}  // namespace

Result<Page<AbsenceRow<AbsencePeriod>>> readAbsencePeriods(std::string body, std::string_view employee_id) {
  JsonReader reader(kAbsencePeriods);
  return readAbsenceRows<AbsencePeriod>(reader, std::move(body), employee_id, readRowStatusV1,
                                        readAbsencePeriod);
}

}  // namespace roots::personio
