#include "sandbox/personio_endpoints.h"

#include <algorithm>

namespace roots::sandbox {
namespace {

using kit::CivilDate;

std::string uuidOf(const char *start, std::int64_t id) {
  const std::string digits = std::to_string(id);
  return start + std::string(12 - std::min<std::size_t>(12, digits.size()), '0') + digits;
}

struct Window {
  std::optional<CivilDate> first;
  std::optional<CivilDate> last;
  std::set<std::string> employees;
};

std::optional<Window> windowOf(const Asked &asked) {
  Window window;
  for (const auto &[name, value] : asked.request.query) {
    if (name == "employees[]") window.employees.insert(value);
    if (name != "start_date" && name != "end_date") continue;
    const auto date = kit::parseDate(value);
    if (!date) {
      asked.recordProblem(name + "=" + value + " is not a day");
      return std::nullopt;
    }
    (name == "start_date" ? window.first : window.last) = *date;
  }
  return window;
}

bool isInWindow(const Window &window, CivilDate first, const std::optional<CivilDate> &last,
                bool inside_only) {
  const bool begins_late_enough =
      !window.first || (inside_only ? first >= *window.first : !last || *last >= *window.first);
  const bool ends_early_enough =
      !window.last || (inside_only ? last && *last <= *window.last : first <= *window.last);
  return begins_late_enough && ends_early_enough;
}

// v1 has no status for an absence whose cancellation was requested.
std::string statusV1(const std::string &status) { return status == "deletion_pending" ? "approved" : status; }

void writeHalfDay(const Asked &asked, JsonObject &attributes, const char *name, bool value) {
  if (asked.personio().behaviour.half_days_as_booleans) {
    attributes.flag(name, value);
  } else {
    attributes.number(name, value ? 1 : 0);
  }
}

std::string employeeReference(std::int64_t id) {
  JsonObject attributes;
  attributes.json("id", attributeJson("id", std::to_string(id), "integer"));
  return resourceJson("Employee", attributes.finish());
}

std::string timeOffJson(const Asked &asked, const TimeOff &time_off) {
  const TimeOffType *type = typeById(asked, time_off.type_id);
  JsonObject type_attributes;
  type_attributes.number("id", time_off.type_id)
      .text("name", type->name)
      .textOrNull("category", type->category);
  JsonObject attributes(time_off.raw);
  attributes.number("id", time_off.id)
      .text("id_v2", timeOffUuid(time_off.id))
      .text("status", statusV1(time_off.status))
      .text("comment", "")
      .text("start_date", kit::formatDate(time_off.first) + "T00:00:00+0100")
      .textOrNull("end_date", time_off.last ? kit::formatDate(*time_off.last) + "T00:00:00+0100" : "")
      .hundredths("days_count", time_off.days_hundredths);
  writeHalfDay(asked, attributes, "half_day_start", time_off.half_day_start);
  writeHalfDay(asked, attributes, "half_day_end", time_off.half_day_end);
  attributes.json("time_off_type", resourceJson("TimeOffType", type_attributes.finish()))
      .json("employee", employeeReference(time_off.employee_id))
      .text("created_by", "API")
      .json("certificate", JsonObject().text("status", "not-required").finish());
  return resourceJson("TimeOffPeriod", attributes.finish());
}

std::string hourlyJson(const Asked &asked, const HourlyAbsence &absence) {
  const TimeOffType *type = typeById(asked, absence.type_id);
  int total = 0;
  std::vector<std::string> breakdowns;
  for (const auto &day : absence.days) {
    total += day.minutes;
    breakdowns.push_back(JsonObject()
                             .text("date", kit::formatDate(day.date))
                             .number("effective_duration", day.minutes)
                             .finish());
  }
  JsonObject type_attributes;
  type_attributes.text("id", typeUuid(absence.type_id))
      .text("name", type->name)
      .number("time_off_type_id", absence.type_id);
  JsonObject attributes(absence.raw);
  attributes.text("id", absence.id)
      .text("measurement_unit", "hour")
      .number("effective_duration", total)
      .json("employee", employeeReference(absence.employee_id))
      .json("absence_type", resourceJson("AbsenceType", type_attributes.finish()))
      .text("start", absence.start)
      .textOrNull("end", absence.end)
      .flag("half_day_start", false)
      .flag("half_day_end", false)
      .text("status", statusV1(absence.status))
      .json("breakdowns", listOf(breakdowns));
  return resourceJson("AbsencePeriod", attributes.finish());
}

}  // namespace

const TimeOffType *typeById(const Asked &asked, std::int64_t id) {
  for (const auto &type : asked.personio().time_off_types)
    if (type.id == id) return &type;
  return nullptr;
}

std::string typeUuid(std::int64_t id) { return uuidOf("7c000000-0000-4000-8000-", id); }

std::string timeOffUuid(std::int64_t id) { return uuidOf("0a1b2c3d-0000-4000-8000-", id); }

ServerReply timeOffs(const Asked &asked) {
  requireKnownParameters(
      asked.log, kPersonio, asked.endpoint, asked.request,
      {"start_date", "end_date", "updated_from", "updated_to", "employees[]", "limit", "offset"});
  const auto page = pageOf(asked, 200, 200);
  const auto window = windowOf(asked);
  if (!page || !window) return failure(400, 400, "Die Anfrage ist ungültig.");
  const auto &behaviour = asked.personio().behaviour;
  std::vector<std::string> rows;
  for (const auto &time_off : asked.personio().time_offs) {
    const bool of_asked =
        window->employees.empty() || window->employees.contains(std::to_string(time_off.employee_id));
    if (of_asked &&
        isInWindow(*window, time_off.first, time_off.last, behaviour.time_offs_inside_window_only)) {
      rows.push_back(timeOffJson(asked, time_off));
    }
  }
  return pagedByNumber(*page, rows, behaviour.repeat_row_between_pages);
}

ServerReply absencePeriods(const Asked &asked) {
  requireKnownParameters(asked.log, kPersonio, asked.endpoint, asked.request,
                         {"start_date", "end_date", "updated_from", "updated_to", "employees[]",
                          "absence_types[]", "absence_periods[]", "limit", "offset"});
  const auto page = pageOf(asked, 200, 200);
  const auto window = windowOf(asked);
  if (!page || !window) return failure(400, 400, "Die Anfrage ist ungültig.");
  std::vector<std::string> rows;
  for (const auto &absence : asked.personio().hourly_absences) {
    const bool of_asked =
        window->employees.empty() || window->employees.contains(std::to_string(absence.employee_id));
    const auto first = kit::parseLeadingDate(absence.start);
    const auto last = kit::parseLeadingDate(absence.end);
    if (of_asked && first && isInWindow(*window, *first, last, false))
      rows.push_back(hourlyJson(asked, absence));
  }
  return pagedByNumber(*page, rows, false);
}

ServerReply timeOffTypes(const Asked &asked) {
  requireKnownParameters(asked.log, kPersonio, asked.endpoint, asked.request, {"limit", "offset"});
  std::vector<std::string> rows;
  for (const auto &type : asked.personio().time_off_types) {
    if (!type.listed) continue;
    JsonObject attributes;
    attributes.number("id", type.id)
        .text("id_v2", typeUuid(type.id))
        .text("name", type.name)
        .textOrNull("category", type.category)
        .text("unit", type.unit == TimeOffType::Unit::hour ? "hour" : "day");
    rows.push_back(resourceJson("TimeOffType", attributes.finish()));
  }
  return dataReply(listOf(rows));
}

ServerReply balance(const Asked &asked, const std::string &employee_id) {
  requireKnownParameters(asked.log, kPersonio, asked.endpoint, asked.request, {});
  if (employeeById(asked, employee_id) == nullptr) return unknownEmployee();
  std::vector<std::string> rows;
  for (const auto &account : asked.personio().balances) {
    const TimeOffType *type = typeById(asked, account.type_id);
    if (std::to_string(account.employee_id) != employee_id || type == nullptr) continue;
    JsonObject row;
    row.number("id", account.type_id).text("name", type->name).textOrNull("category", type->category);
    row.hundredths("balance", account.balance_hundredths);
    if (account.available_hundredths) row.hundredths("available_balance", *account.available_hundredths);
    rows.push_back(row.finish());
  }
  return dataReply(listOf(rows));
}

}  // namespace roots::sandbox
