// The company in Personio of a scenario file.
#include "sandbox/scenario_reader.h"

namespace roots::sandbox {
namespace {

void read(Reader &reader, JsonView view, Credentials &credentials) {
  credentials.readable_attributes = employeeAttributes();
  Reader::Object(reader, view)
      .text("client_id", credentials.client_id)
      .text("client_secret", credentials.client_secret)
      .flag("may_read_employees", credentials.may_read_employees)
      .flag("may_read_absences", credentials.may_read_absences)
      .flag("may_read_absences_v2", credentials.may_read_absences_v2)
      .flag("revoked", credentials.revoked)
      .take("readable_attributes", [&](JsonView list) {
        credentials.readable_attributes.clear();
        for (std::size_t index = 0; index < list.size(); ++index) {
          const std::string key(list.at(index).textOrEmpty());
          if (!employeeAttributes().contains(key))
            reader.wrong(list.at(index), "is not an attribute that the sandbox knows");
          credentials.readable_attributes.insert(key);
        }
      });
}

void read(Reader &reader, JsonView view, WorkSchedule &schedule) {
  Reader::Object(reader, view)
      .minutes("minutes", schedule.minutes)
      .text("name", schedule.name)
      .integer("id", schedule.id)
      .date("valid_from", schedule.valid_from);
}

void read(Reader &reader, JsonView view, Employee &employee) {
  Reader::Object(reader, view)
      .integer("id", employee.id)
      .text("first_name", employee.first_name)
      .text("last_name", employee.last_name)
      .text("email", employee.email)
      .text("status", employee.status)
      .hundredths("weekly_hours", employee.weekly_hours_hundredths)
      .date("hire_date", employee.hire_date)
      .date("termination_date", employee.termination_date)
      .raw("raw_attributes", employee.raw_attributes)
      .take("work_schedule", [&](JsonView schedule) {
        if (schedule.kind() != kit::JsonKind::null) read(reader, schedule, employee.work_schedule.emplace());
      });
}

void read(Reader &reader, JsonView view, TimeOffType &type) {
  std::string unit = "day";
  Reader::Object(reader, view)
      .integer("id", type.id)
      .text("name", type.name)
      .text("category", type.category)
      .text("unit", unit)
      .flag("listed", type.listed);
  if (unit != "day" && unit != "hour") reader.wrong(view, "has a unit other than day and hour");
  type.unit = unit == "hour" ? TimeOffType::Unit::hour : TimeOffType::Unit::day;
}

void read(Reader &reader, JsonView view, TimeOff &row) {
  Reader::Object(reader, view)
      .integer("id", row.id)
      .integer("employee_id", row.employee_id)
      .integer("type_id", row.type_id)
      .date("first", row.first)
      .date("last", row.last)
      .flag("half_day_start", row.half_day_start)
      .flag("half_day_end", row.half_day_end)
      .hundredths("days", row.days_hundredths)
      .text("status", row.status)
      .text("updated_at", row.updated_at)
      .raw("raw", row.raw)
      .raw("raw_v2", row.raw_v2);
  if (!row.first.ok()) reader.wrong(view, "has no day \"first\"");
}

void read(Reader &reader, JsonView view, HourlyAbsence::Day &day) {
  Reader::Object(reader, view).date("date", day.date).integer("minutes", day.minutes);
}

void read(Reader &reader, JsonView view, HourlyAbsence &row) {
  Reader::Object(reader, view)
      .text("id", row.id)
      .integer("employee_id", row.employee_id)
      .integer("type_id", row.type_id)
      .text("start", row.start)
      .text("end", row.end)
      .text("status", row.status)
      .text("updated_at", row.updated_at)
      .rows("days", row.days, read)
      .raw("raw", row.raw)
      .raw("raw_v2", row.raw_v2);
}

void read(Reader &reader, JsonView view, Balance &row) {
  Reader::Object(reader, view)
      .integer("employee_id", row.employee_id)
      .integer("type_id", row.type_id)
      .hundredths("balance", row.balance_hundredths)
      .hundredths("available", row.available_hundredths);
}

void read(Reader &reader, JsonView view, PersonioBehaviour &behaviour) {
  std::string filter = "exact";
  Reader::Object(reader, view)
      .text("email_filter", filter)
      .flag("email_filter_needs_readable_email", behaviour.email_filter_needs_readable_email)
      .flag("time_offs_inside_window_only", behaviour.time_offs_inside_window_only)
      .flag("half_days_as_booleans", behaviour.half_days_as_booleans)
      .flag("repeat_row_between_pages", behaviour.repeat_row_between_pages)
      .flag("sends_token_lifetime", behaviour.sends_token_lifetime)
      .integer("token_lifetime_seconds", behaviour.token_lifetime_seconds)
      .integer("sign_ins_per_minute", behaviour.sign_ins_per_minute)
      .integer("employee_requests_per_minute", behaviour.employee_requests_per_minute)
      .integer("requests_per_minute", behaviour.requests_per_minute)
      .integer("retry_after_seconds", behaviour.retry_after_seconds)
      .flag("v2_available", behaviour.v2_available)
      .flag("v2_missing_right_is_401", behaviour.v2_missing_right_is_401)
      .flag("v2_end_is_last_day", behaviour.v2_end_is_last_day)
      .flag("v2_defaults_spelled_out", behaviour.v2_defaults_spelled_out)
      .flag("v2_filters_by_start_only", behaviour.v2_filters_by_start_only)
      .flag("v2_relative_links", behaviour.v2_relative_links)
      .flag("v2_cursor_alone", behaviour.v2_cursor_alone)
      .text("v2_links_to", behaviour.v2_links_to)
      .flag("v2_last_link_is_null", behaviour.v2_last_link_is_null)
      .integer("v2_page_size", behaviour.v2_page_size)
      .integer("v2_requests_per_second", behaviour.v2_requests_per_second);
  using EmailFilter = PersonioBehaviour::EmailFilter;
  if (filter != "exact" && filter != "any_case" && filter != "ignored")
    reader.wrong(view["email_filter"], "is not exact, any_case or ignored");
  behaviour.email_filter = filter == "any_case"  ? EmailFilter::any_case
                           : filter == "ignored" ? EmailFilter::ignored
                                                 : EmailFilter::exact;
}

}  // namespace

void read(Reader &reader, JsonView view, Personio &personio) {
  Reader::Object(reader, view)
      .rows("credentials", personio.credentials, read)
      .rows("employees", personio.employees, read)
      .rows("time_off_types", personio.time_off_types, read)
      .rows("time_offs", personio.time_offs, read)
      .rows("hourly_absences", personio.hourly_absences, read)
      .rows("balances", personio.balances, read)
      .take("behaviour", [&](JsonView behaviour) { read(reader, behaviour, personio.behaviour); });
}

}  // namespace roots::sandbox
