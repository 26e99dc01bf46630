#include "personio_json.h"

#include "absence_standing.h"
#include "json_reader.h"
#include "weekly_minutes.h"

#include <algorithm>

namespace roots::personio {
namespace {

// Tokens live a day; older replies do not say so.
constexpr std::int64_t kLifetimeOfToken = 86400;

// A date that is only shown as "employed from": unreadable is as good as unknown.
std::optional<kit::CivilDate> employmentDate(kit::JsonView value) {
  const std::optional<std::string_view> text = value.asText();
  return text ? kit::parseLeadingDate(*text) : std::nullopt;
}

WorkSchedule workScheduleOf(const JsonReader &reader, kit::JsonView attributes) {
  WorkSchedule schedule;
  if (attributes["work_schedule"].exists()) {
    schedule = readWorkSchedule(attributeValue(attributes, "work_schedule"));
  }
  schedule.place = reader.rowPlace();
  return schedule;
}

Result<void> readEmployee(const JsonReader &reader, kit::JsonView attributes, Employee &employee) {
  Result<std::string> id = reader.id(attributes, "id");
  if (!id) return std::move(id).error();
  employee.id = *std::move(id);
  employee.email_sent = attributes["email"].exists();
  if (const auto email = attributeValue(attributes, "email").asText()) employee.email = std::string(*email);
  employee.first_name = textOr(attributeValue(attributes, "first_name"));
  employee.last_name = textOr(attributeValue(attributes, "last_name"));
  employee.status = textOr(attributeValue(attributes, "status"));
  employee.hire_date = employmentDate(attributeValue(attributes, "hire_date"));
  employee.termination_date = employmentDate(attributeValue(attributes, "termination_date"));
  employee.weekly_hours_hundredths = attributeValue(attributes, "weekly_working_hours").asHundredths();
  employee.work_schedule = workScheduleOf(reader, attributes);
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
  time_off.id_v2 = idOr(attributes["id_v2"]);
  time_off.type = absenceTypeOf(withoutWrapping(type));
  time_off.first = *first;
  time_off.last = *last;
  time_off.half_day_start = *half_day_start;
  time_off.half_day_end = *half_day_end;
  time_off.days_count_hundredths = *days_count;
  time_off.place = reader.rowPlace();
  return {};
}

std::optional<Token> tokenOf(kit::JsonView reply, std::string_view name) {
  const std::string token = textOr(reply[name]);
  if (token.empty()) return std::nullopt;
  const std::int64_t lifetime = reply["expires_in"].asInteger().value_or(kLifetimeOfToken);
  return Token{token, std::chrono::seconds(std::clamp<std::int64_t>(lifetime, 0, kLifetimeOfToken)),
               textOr(reply["scope"])};
}

}  // namespace

std::optional<Token> readTokenV1(const kit::JsonDocument &reply) {
  const kit::JsonView root = reply.root();
  if (root["success"].asFlag() != true) return std::nullopt;
  return tokenOf(root["data"], "token");
}

std::optional<Token> readTokenV2(const kit::JsonDocument &reply) {
  return tokenOf(reply.root(), "access_token");
}

std::optional<int> failureCode(const kit::JsonDocument &reply) {
  if (reply.root()["success"].asFlag() != false) return std::nullopt;
  const std::int64_t code = reply.root()["error"]["code"].asInteger().value_or(0);
  return static_cast<int>(std::clamp<std::int64_t>(code, 0, 999));
}

Result<Page<Employee>> readEmployees(kit::HttpReply reply) {
  JsonReader reader(kEmployees);
  return reader.page<Employee>(std::move(reply), [&](kit::JsonView attributes, Employee &employee) {
    return readEmployee(reader, attributes, employee);
  });
}

Result<Page<AbsenceRow<TimeOff>>> readTimeOffs(kit::HttpReply reply, std::string_view employee_id) {
  JsonReader reader(kTimeOffs);
  return readAbsenceRows<TimeOff>(reader, std::move(reply), employee_id, standingV1, readTimeOff);
}

Result<Page<TimeOffType>> readTimeOffTypes(kit::HttpReply reply) {
  JsonReader reader(kTimeOffTypes);
  return reader.page<TimeOffType>(std::move(reply), [&](kit::JsonView attributes, TimeOffType &type) {
    type.id_v2 = idOr(attributes["id_v2"]);
    return reader.timeOffType(attributes, type);
  });
}

Result<Page<TypeBalance>> readBalances(kit::HttpReply reply) {
  JsonReader reader(kBalanceOfEmployee);
  return reader.page<TypeBalance>(
      std::move(reply), [&](kit::JsonView attributes, TypeBalance &told) -> Result<void> {
        Result<std::string> id = reader.id(attributes, "id");
        if (!id) return std::move(id).error();
        Result<std::optional<std::int64_t>> balance = reader.optionalHundredths(attributes, "balance");
        if (!balance) return std::move(balance).error();
        Result<std::optional<std::int64_t>> available =
            reader.optionalHundredths(attributes, "available_balance");
        if (!available) return std::move(available).error();
        told = {*std::move(id), absenceTypeOf(attributes), *balance, *available, reader.rowPlace()};
        return {};
      });
}

}  // namespace roots::personio
