#include "replies/personio_json.h"

#include "replies/json_reader.h"
#include "replies/local_day.h"
#include "replies/row_status.h"
#include "replies/weekly_minutes.h"

#include <algorithm>

namespace roots::personio {
namespace {

// Tokens are valid for a day; older replies omit it.
constexpr std::int64_t kLifetimeOfToken = 86400;

// Unreadable is treated as unknown, with a notice. These dates have no time zone.
std::optional<kit::CivilDate> readEmploymentDate(kit::JsonView value, bool &uncertain) {
  if (value.isBlank()) return std::nullopt;
  const std::optional<LocalDay> day = readDay(value.asText().value_or(std::string_view()), "").day;
  uncertain = uncertain || !day;
  return day ? std::optional(day->date) : std::nullopt;
}

WorkSchedule readWorkScheduleOf(const JsonReader &reader, kit::JsonView attributes) {
  WorkSchedule schedule;
  if (attributes["work_schedule"].exists())
    schedule = readWorkSchedule(attributeValue(attributes, "work_schedule"));
  schedule.place = reader.rowPlace();
  return schedule;
}

Result<void> readEmployee(const JsonReader &reader, kit::JsonView attributes, Employee &employee) {
  Result<std::string> id = reader.id(attributes, "id");
  if (!id) return std::move(id).error();
  employee.id = *std::move(id);
  employee.email_sent = attributes["email"].exists();
  if (const auto email = attributeValue(attributes, "email").asText()) employee.email = std::string(*email);
  employee.first_name = readText(attributeValue(attributes, "first_name"));
  employee.last_name = readText(attributeValue(attributes, "last_name"));
  employee.status = readText(attributeValue(attributes, "status"));
  bool &uncertain = employee.employment_dates_uncertain;
  employee.hire_date = readEmploymentDate(attributeValue(attributes, "hire_date"), uncertain);
  employee.termination_date = readEmploymentDate(attributeValue(attributes, "termination_date"), uncertain);
  employee.weekly_hours_hundredths = attributeValue(attributes, "weekly_working_hours").asHundredths();
  employee.work_schedule = readWorkScheduleOf(reader, attributes);
  return {};
}

Result<void> readTimeOff(const JsonReader &reader, kit::JsonView attributes, TimeOff &time_off) {
  Result<kit::CivilDate> first = reader.date(attributes, "start_date");
  if (!first) return std::move(first).error();
  Result<std::optional<kit::CivilDate>> last = reader.optionalDate(attributes, "end_date");
  if (!last) return std::move(last).error();
  if (*last && **last < *first) return reader.wrong(attributes, "end_date", "before start_date");
  Result<bool> half_day_start = reader.flag(attributes, "half_day_start");
  if (!half_day_start) return std::move(half_day_start).error();
  Result<bool> half_day_end = reader.flag(attributes, "half_day_end");
  if (!half_day_end) return std::move(half_day_end).error();
  Result<std::optional<std::int64_t>> days_count = reader.optionalHundredths(attributes, "days_count");
  if (!days_count) return std::move(days_count).error();

  const kit::JsonView named = attributes["time_off_type"];
  const kit::JsonView type = named.exists() ? named : attributes["type"];
  time_off.id_v2 = readId(attributes["id_v2"]);
  time_off.type = readAbsenceType(withoutWrapping(type));
  time_off.first = *first;
  time_off.last = *last;
  time_off.half_day_start = *half_day_start;
  time_off.half_day_end = *half_day_end;
  time_off.days_count_hundredths = *days_count;
  time_off.place = reader.rowPlace();
  return {};
}

std::optional<Token> readTokenMember(kit::JsonView reply, std::string_view name) {
  const std::string token = readText(reply[name]);
  if (token.empty()) return std::nullopt;
  const std::int64_t lifetime = reply["expires_in"].asInteger().value_or(kLifetimeOfToken);
  return Token{token, std::chrono::seconds(std::clamp<std::int64_t>(lifetime, 0, kLifetimeOfToken)),
               readText(reply["scope"])};
}

}  // namespace

std::optional<Token> readTokenV1(const kit::JsonDocument &reply) {
  const kit::JsonView root = reply.root();
  if (root["success"].asFlag() != true) return std::nullopt;
  return readTokenMember(root["data"], "token");
}

std::optional<Token> readTokenV2(const kit::JsonDocument &reply) {
  return readTokenMember(reply.root(), "access_token");
}

std::optional<int> failureCode(const kit::JsonDocument &reply) {
  if (reply.root()["success"].asFlag() != false) return std::nullopt;
  const std::int64_t code = reply.root()["error"]["code"].asInteger().value_or(0);
  return static_cast<int>(std::clamp<std::int64_t>(code, 0, 999));
}

Result<Page<Employee>> readEmployees(std::string body) {
  JsonReader reader(kEmployees);
  return reader.page<Employee>(std::move(body), [&](kit::JsonView attributes, Employee &employee) {
    return readEmployee(reader, attributes, employee);
  });
}

Result<Page<AbsenceRow<TimeOff>>> readTimeOffs(std::string body, std::string_view employee_id) {
  JsonReader reader(kTimeOffs);
  return readAbsenceRows<TimeOff>(reader, std::move(body), employee_id, readRowStatusV1, readTimeOff);
}

Result<Page<TimeOffType>> readTimeOffTypes(std::string body) {
  JsonReader reader(kTimeOffTypes);
  return reader.page<TimeOffType>(std::move(body), [&](kit::JsonView attributes, TimeOffType &type) {
    type.id_v2 = readId(attributes["id_v2"]);
    return reader.timeOffType(attributes, type);
  });
}

Result<Page<TypeBalance>> readBalances(std::string body) {
  JsonReader reader(kBalanceOfEmployee);
  return reader.page<TypeBalance>(
      std::move(body), [&](kit::JsonView attributes, TypeBalance &result) -> Result<void> {
        Result<std::string> id = reader.id(attributes, "id");
        if (!id) return std::move(id).error();
        Result<std::optional<std::int64_t>> balance = reader.optionalHundredths(attributes, "balance");
        if (!balance) return std::move(balance).error();
        Result<std::optional<std::int64_t>> available =
            reader.optionalHundredths(attributes, "available_balance");
        if (!available) return std::move(available).error();
        result = {*std::move(id), readAbsenceType(attributes), *balance, *available, reader.rowPlace()};
        return {};
      });
}

}  // namespace roots::personio
