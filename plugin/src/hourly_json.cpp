// Reading GET /v1/company/absence-periods: absences counted in hours. Their start and end are moments
// of universal time, so the local day comes from "breakdowns"; without them it is told only where it
// cannot be wrong.
#include "absence_standing.h"
#include "json_reader.h"
#include "personio_json.h"

#include <map>

namespace roots::personio {
namespace {

constexpr int kMinutesOfDay = 24 * 60;
constexpr std::size_t kDateLength = 10;

bool startsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

// "...T14:00:00+02:00" and "...+0200" carry the local clock; "Z" and "+00:00" do not say so.
bool isLocalTime(std::string_view text) {
  const std::size_t sign = text.find_first_of("+-", kDateLength);
  if (sign == std::string_view::npos) return false;
  return text.substr(sign + 1).find_first_not_of("0:") != std::string_view::npos;
}

// Zones "Europe/..." are 0 to 4 hours ahead of universal time, so a time between 00:00 and 19:59 there
// lies on the same day in all of them.
bool isSameDayAcrossEurope(std::string_view text) {
  const std::string_view clock =
      text.size() > kDateLength ? text.substr(kDateLength + 1) : std::string_view();
  return clock.size() >= 2 && clock.substr(0, 2) < "20";
}

// The one local day that start and end lie on, if that is certain.
std::optional<kit::CivilDate> certainDay(kit::JsonView attributes) {
  const std::string_view start = attributes["start"].asText().value_or(std::string_view());
  const std::string_view end = attributes["end"].asText().value_or(std::string_view());
  const std::optional<kit::CivilDate> first = kit::parseLeadingDate(start);
  if (!first || first != kit::parseLeadingDate(end)) return std::nullopt;
  if (isLocalTime(start) && isLocalTime(end)) return first;
  const bool in_europe = startsWith(attributes["timezone"].asText().value_or(std::string_view()), "Europe/");
  if (in_europe && isSameDayAcrossEurope(start) && isSameDayAcrossEurope(end)) return first;
  return std::nullopt;
}

Result<std::vector<MinutesOnDay>> daysFromBreakdowns(const JsonReader &reader, kit::JsonView breakdowns) {
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
  for (const auto &[date, minutes] : minutes_by_date) {
    if (minutes > 0) days.push_back({date, minutes});
  }
  return days;
}

Result<std::vector<MinutesOnDay>> daysOf(const JsonReader &reader, kit::JsonView attributes) {
  const kit::JsonView breakdowns = attributes["breakdowns"];
  if (!breakdowns.isBlank()) {
    if (!breakdowns.isArray()) return reader.wrong(attributes, "breakdowns", "not a list");
    return daysFromBreakdowns(reader, breakdowns);
  }
  Result<int> minutes = reader.minutesOfDay(attributes, "effective_duration");
  if (!minutes) return std::move(minutes).error();
  if (*minutes == 0) return std::vector<MinutesOnDay>();
  const std::optional<kit::CivilDate> day = certainDay(attributes);
  if (!day) return reader.wrong(attributes, "breakdowns", "empty, so the local days are unknown");
  return std::vector<MinutesOnDay>{{*day, *minutes}};
}

// Durations are minutes, whichever of these the reply says.
bool isCountedInMinutes(kit::JsonView unit) {
  if (unit.isBlank()) return true;
  const std::string text = textOr(unit);
  return text == "hour" || text == "hours" || text == "minute" || text == "minutes";
}

Result<void> readAbsencePeriod(const JsonReader &reader, kit::JsonView attributes, AbsencePeriod &period) {
  if (!isCountedInMinutes(attributes["measurement_unit"])) {
    return reader.wrong(attributes, "measurement_unit", "not a unit of hourly absences");
  }
  Result<std::vector<MinutesOnDay>> days = daysOf(reader, attributes);
  if (!days) return std::move(days).error();
  const kit::JsonView type = withoutWrapping(attributes["absence_type"]);
  period.type_name = textOr(type["name"]);
  period.time_off_type_id = idOr(type["time_off_type_id"]);
  period.time_off_type_id_v2 = idOr(type["id"]);
  period.days = *std::move(days);
  return {};
}

}  // namespace

Result<Page<AbsenceRow<AbsencePeriod>>> readAbsencePeriods(kit::HttpReply reply,
                                                           std::string_view employee_id) {
  JsonReader reader(kAbsencePeriods);
  return readAbsenceRows<AbsencePeriod>(reader, std::move(reply), employee_id, standingV1, readAbsencePeriod);
}

}  // namespace roots::personio
