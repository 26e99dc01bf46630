// Reading the replies of API v2: absence periods, their breakdowns, absence types.
#include "absence_standing.h"
#include "json_reader.h"
#include "personio_json.h"

namespace roots::personio {
namespace {

constexpr std::size_t kDateLength = 10;

// "2026-07-06T00:00:00", with ".000" or "Z" behind it or not, or the date alone.
bool isMidnight(std::string_view date_time) {
  for (std::size_t index = kDateLength + 1; index < date_time.size(); ++index) {
    const char sign = date_time[index];
    if (sign == 'Z' || sign == '+' || sign == '-') return true;
    if (sign != '0' && sign != ':' && sign != '.') return false;
  }
  return true;
}

Result<MomentV2::Half> halfOf(const JsonReader &reader, kit::JsonView moment) {
  const kit::JsonView type = moment["type"];
  if (type.isBlank()) return MomentV2::Half::not_told;
  const std::string_view text = type.asText().value_or("");
  if (text == "FIRST_HALF") return MomentV2::Half::first;
  if (text == "SECOND_HALF") return MomentV2::Half::second;
  return reader.wrong(moment, "type", "not a half of a day");
}

Result<MomentV2> momentOf(const JsonReader &reader, kit::JsonView moment) {
  const std::string_view date_time = moment["date_time"].asText().value_or("");
  const std::optional<kit::CivilDate> date = kit::parseLeadingDate(date_time);
  if (!date) return reader.wrong(moment, "date_time", "not a date");
  Result<MomentV2::Half> half = halfOf(reader, moment);
  if (!half) return std::move(half).error();
  return MomentV2{*date, isMidnight(date_time), *half};
}

Result<void> readPeriod(const JsonReader &reader, kit::JsonView row, PeriodV2 &period) {
  const kit::JsonView starts_from = row["starts_from"];
  if (!starts_from.isObject()) return reader.wrong(row, "starts_from", "not an object");
  Result<MomentV2> start = momentOf(reader, starts_from);
  if (!start) return std::move(start).error();
  period.type_id = idOr(row["absence_type"]["id"]);
  period.start = *start;
  period.place = reader.rowPlace();
  const kit::JsonView ends_at = row["ends_at"];
  if (ends_at.isBlank() || ends_at["date_time"].isBlank()) {
    if (!ends_at.isBlank() && !ends_at.isObject()) return reader.wrong(row, "ends_at", "not an object");
    return {};
  }
  Result<MomentV2> end = momentOf(reader, ends_at);
  if (!end) return std::move(end).error();
  if (end->date < start->date) return reader.wrong(row, "ends_at", "before starts_from");
  period.end = *end;
  return {};
}

}  // namespace

Result<Page<AbsenceRow<PeriodV2>>> readPeriodsV2(kit::HttpReply reply, std::string_view person_id) {
  JsonReader reader(kAbsencePeriodsV2);
  return readAbsenceRows<PeriodV2>(reader, std::move(reply), person_id, standingV2, readPeriod);
}

Result<Page<BreakdownV2>> readBreakdownsV2(kit::HttpReply reply) {
  JsonReader reader(kBreakdownsV2);
  return reader.page<BreakdownV2>(std::move(reply), [&](kit::JsonView row, BreakdownV2 &day) -> Result<void> {
    Result<kit::CivilDate> date = reader.date(row, "date");
    if (!date) return std::move(date).error();
    const kit::JsonView duration = row["effective_duration"];
    const TypeUnit unit = typeUnitOf(duration["unit"]);
    if (unit == TypeUnit::unknown) return reader.wrong(duration, "unit", "neither DAY nor HOUR");
    const std::optional<std::int64_t> value = duration["value"].asHundredths();
    if (!value || *value < 0) return reader.wrong(duration, "value", "not an amount of time");
    day = {*date, unit, *value, reader.rowPlace()};
    return {};
  });
}

Result<Page<TimeOffType>> readAbsenceTypesV2(kit::HttpReply reply) {
  JsonReader reader(kAbsenceTypesV2);
  return reader.page<TimeOffType>(std::move(reply), [&](kit::JsonView row, TimeOffType &type) {
    Result<void> read = reader.timeOffType(row, type);
    type.id_v2 = type.id;
    return read;
  });
}

}  // namespace roots::personio
