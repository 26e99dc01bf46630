#include "sandbox/personio_endpoints.h"

#include <roots/kit/ascii.h>

#include <algorithm>

namespace roots::sandbox {
namespace {

using kit::CivilDate;
using std::chrono::seconds;

std::string clockText(int minutes) {
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return two(minutes / 60) + ":" + two(minutes % 60);
}

std::string scheduleJson(const WorkSchedule &schedule) {
  constexpr std::array<const char *, 7> names{"monday", "tuesday",  "wednesday", "thursday",
                                              "friday", "saturday", "sunday"};
  JsonObject attributes;
  attributes.number("id", schedule.id).text("name", schedule.name);
  attributes.textOrNull("valid_from", schedule.valid_from ? kit::formatDate(*schedule.valid_from) : "");
  for (std::size_t day = 0; day < names.size(); ++day)
    attributes.text(names[day], clockText(schedule.minutes[day]));
  return resourceJson("WorkSchedule", attributes.finish());
}

std::string dateTime(const std::optional<CivilDate> &date) {
  return date ? jsonOf(kit::formatDate(*date) + "T00:00:00+01:00") : "null";
}

// 3575 -> "35.75", a text
std::string hoursText(const std::optional<int> &hundredths) {
  return hundredths ? jsonOf(kit::JsonWriter().hundredths(*hundredths).finish()) : "null";
}

// Attribute values by key, as JSON; "": left out.
std::map<std::string, std::string> attributesOf(const Employee &employee) {
  std::map<std::string, std::string> values{
      {"first_name", jsonOf(employee.first_name)},
      {"last_name", jsonOf(employee.last_name)},
      {"email", employee.email.empty() ? "null" : jsonOf(employee.email)},
      {"status", jsonOf(employee.status)},
      {"weekly_working_hours", hoursText(employee.weekly_hours_hundredths)},
      {"work_schedule", employee.work_schedule ? scheduleJson(*employee.work_schedule) : "null"},
      {"hire_date", dateTime(employee.hire_date)},
      {"termination_date", dateTime(employee.termination_date)}};
  for (auto &[key, value] : values) {
    const auto raw = employee.raw_attributes.find(key);
    if (raw != employee.raw_attributes.end()) value = raw->second;
  }
  return values;
}

// Attributes that are not selected are omitted without warning.
std::string employeeJson(const Employee &employee, const Credentials &credentials,
                         const std::vector<std::string> &wanted) {
  JsonObject attributes;
  attributes.json("id", attributeJson("id", std::to_string(employee.id), "integer"));
  for (const auto &[key, value] : attributesOf(employee)) {
    const bool is_wanted = wanted.empty() || std::find(wanted.begin(), wanted.end(), key) != wanted.end();
    const bool is_readable = credentials.readable_attributes.contains(key);
    if (!is_wanted || !is_readable || value.empty()) continue;
    attributes.json(key, attributeJson(key, value, "standard"));
  }
  return resourceJson("Employee", attributes.finish());
}

bool matchesEmail(const Asked &asked, const Credentials &credentials, const Employee &employee,
                  const std::string &email) {
  const auto &behaviour = asked.personio().behaviour;
  if (behaviour.email_filter == PersonioBehaviour::EmailFilter::ignored) return true;
  if (behaviour.email_filter_needs_readable_email && !credentials.readable_attributes.contains("email"))
    return false;
  if (behaviour.email_filter == PersonioBehaviour::EmailFilter::any_case)
    return kit::lowered(employee.email) == kit::lowered(email);
  return employee.email == email;
}

}  // namespace

const std::set<std::string> &employeeAttributes() {
  static const std::set<std::string> keys{
      "first_name",           "last_name",     "email",     "status",
      "weekly_working_hours", "work_schedule", "hire_date", "termination_date"};
  return keys;
}

std::string attributeJson(const std::string &key, const std::string &value, const char *type) {
  return JsonObject()
      .text("label", key)
      .json("value", value)
      .text("type", type)
      .text("universal_id", key)
      .finish();
}

std::string resourceJson(std::string_view type, std::string_view attributes) {
  return JsonObject().text("type", type).json("attributes", attributes).finish();
}

ServerReply employees(const Asked &asked, const Credentials &credentials) {
  requireKnownParameters(asked.log, kPersonio, asked.endpoint, asked.request,
                         {"email", "limit", "offset", "attributes[]", "updated_since"});
  if (!asked.log.limits["employees"].admit(asked.personio().behaviour.employee_requests_per_minute,
                                           seconds(60)))
    return tooMany(asked);
  const auto page = pageOf(asked, 50, 100);
  if (!page) return failure(400, 400, "Die Anfrage ist ungültig.");
  const auto emails = asked.request.parameters("email");
  std::vector<const Employee *> found;
  for (const auto &employee : asked.personio().employees) {
    if (emails.empty() || matchesEmail(asked, credentials, employee, emails.back()))
      found.push_back(&employee);
  }
  const auto wanted = asked.request.parameters("attributes[]");
  std::vector<std::string> rows;
  for (std::size_t index = page->offset; index < found.size() && rows.size() < page->limit; ++index)
    rows.push_back(employeeJson(*found[index], credentials, wanted));
  return listReply(
      metadata(found.size(), page->offset / page->limit, (found.size() + page->limit - 1) / page->limit),
      *page, rows);
}

const Employee *employeeById(const Asked &asked, const std::string &id) {
  for (const auto &employee : asked.personio().employees)
    if (std::to_string(employee.id) == id) return &employee;
  return nullptr;
}

ServerReply unknownEmployee() { return failure(404, 404, "Es ist ein Problem aufgetreten "); }

ServerReply employee(const Asked &asked, const Credentials &credentials, const std::string &id) {
  const Employee *found = employeeById(asked, id);
  if (found == nullptr) return unknownEmployee();
  return dataReply(employeeJson(*found, credentials, {}));
}

ServerReply attributeList(const Credentials &credentials) {
  std::vector<std::string> rows;
  for (const auto &key : credentials.readable_attributes) {
    rows.push_back(JsonObject()
                       .text("key", key)
                       .text("label", key)
                       .text("type", "standard")
                       .text("universal_id", key)
                       .finish());
  }
  return dataReply(listOf(rows));
}

}  // namespace roots::sandbox
