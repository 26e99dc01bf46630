// Reading the replies of API v2: absence periods, their breakdowns, absence types.
#include "replies/json_reader.h"
#include "replies/personio_json.h"
#include "replies/row_status.h"

namespace roots::personio {
namespace {

Result<MomentV2::Half> readHalf(const JsonReader &reader, kit::JsonView moment) {
  const kit::JsonView type = moment["type"];
  if (type.isBlank()) return MomentV2::Half::unknown;
  const std::string_view text = type.asText().value_or("");
  if (text == "FIRST_HALF") return MomentV2::Half::first;
  if (text == "SECOND_HALF") return MomentV2::Half::second;
  return reader.wrong(moment, "type", "not a half of a day");
}

Result<MomentV2> readMoment(const JsonReader &reader, kit::JsonView moment, std::string_view zone) {
  const Result<LocalDay> day = reader.localDay(moment, "date_time", zone);
  if (!day) return day.error();
  Result<MomentV2::Half> half = readHalf(reader, moment);
  if (!half) return std::move(half).error();
  return MomentV2{day->date, day->at_midnight, *half};
}

Result<void> readPeriod(const JsonReader &reader, kit::JsonView row, PeriodV2 &period) {
  const kit::JsonView starts_from = row["starts_from"];
  if (!starts_from.isObject()) return reader.wrong(row, "starts_from", "not an object");
  const std::string_view zone = row["timezone_id"].asText().value_or(std::string_view());
  Result<MomentV2> start = readMoment(reader, starts_from, zone);
  if (!start) return std::move(start).error();
  period.type_id = readId(row["absence_type"]["id"]);
  period.updated_at = readText(row["updated_at"]);
  period.start = *start;
  period.place = reader.rowPlace();
  const kit::JsonView ends_at = row["ends_at"];
  if (ends_at.isBlank() || ends_at["date_time"].isBlank()) {
    if (!ends_at.isBlank() && !ends_at.isObject()) return reader.wrong(row, "ends_at", "not an object");
    return {};
  }
  Result<MomentV2> end = readMoment(reader, ends_at, zone);
  if (!end) return std::move(end).error();
  if (end->date < start->date) return reader.wrong(row, "ends_at", "before starts_from");
  period.end = *end;
  return {};
}

}  // namespace

Result<Page<AbsenceRow<PeriodV2>>> readPeriodsV2(std::string body, std::string_view person_id) {
  JsonReader reader(kAbsencePeriodsV2);
  return readAbsenceRows<PeriodV2>(reader, std::move(body), person_id, readRowStatusV2, readPeriod);
}

Result<Page<BreakdownV2>> readBreakdownsV2(std::string body) {
  JsonReader reader(kBreakdownsV2);
  return reader.page<BreakdownV2>(std::move(body), [&](kit::JsonView row, BreakdownV2 &day) -> Result<void> {
    Result<kit::CivilDate> date = reader.date(row, "date");
    if (!date) return std::move(date).error();
    const kit::JsonView duration = row["effective_duration"];
    const TypeUnit unit = readTypeUnit(duration["unit"]);
    if (unit == TypeUnit::unknown) return reader.wrong(duration, "unit", "neither DAY nor HOUR");
    const std::optional<std::int64_t> value = duration["value"].asHundredths();
    if (!value || *value < 0) return reader.wrong(duration, "value", "not an amount of time");
    const std::int64_t millionths = duration["value"].asScaled(6).value_or(*value * 10'000);
    day = {*date, unit, *value, reader.rowPlace(), millionths};
    return {};
  });
}

Result<Page<TimeOffType>> readAbsenceTypesV2(std::string body) {
  JsonReader reader(kAbsenceTypesV2);
  return reader.page<TimeOffType>(std::move(body), [&](kit::JsonView row, TimeOffType &type) {
    Result<void> read = reader.timeOffType(row, type);
    type.id_v2 = type.id;
    return read;
  });
}

}  // namespace roots::personio
