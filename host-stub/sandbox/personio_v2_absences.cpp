// The absences of the scenario as API v2 returns them: periods of both units in one list, their breakdowns,
// and the types.
#include "sandbox/personio_endpoints.h"

#include <algorithm>
#include <set>
#include <sstream>

namespace roots::sandbox {
namespace {

using kit::addDays;
using kit::CivilDate;
using kit::formatDate;

// The last Sunday of a month.
CivilDate lastSunday(CivilDate month) {
  const CivilDate last = kit::lastOfMonth(month);
  return addDays(last, -((kit::weekdayIndex(last) + 1) % 7));
}

// "2026-07-02T12:00:00.0Z" -> "2026-07-02T14:00:00" on a clock in Berlin: universal time and one hour, in
// summer (from 01:00 universal time of the last Sunday of March to that of October) two.
std::string inBerlin(const std::string &instant) {
  const auto date = kit::parseLeadingDate(instant);
  if (!date || instant.size() < 19) return instant;
  const int hour = std::stoi(instant.substr(11, 2));
  const CivilDate begins = lastSunday(date->year() / 3 / 1);
  const CivilDate ends = lastSunday(date->year() / 10 / 1);
  const bool after_begin = *date > begins || (*date == begins && hour >= 1);
  const bool before_end = *date < ends || (*date == ends && hour < 1);
  const int local = hour + (after_begin && before_end ? 2 : 1);
  const std::string digits = std::to_string(local % 24);
  return formatDate(addDays(*date, local / 24)) + "T" + (digits.size() == 1 ? "0" : "") + digits +
         instant.substr(13, 6);
}

std::string upperCase(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char character) {
    return character >= 'a' && character <= 'z' ? static_cast<char>(character - 'a' + 'A') : character;
  });
  return text;
}

std::string statusV2(const std::string &status) {
  return status == "requested" ? "PENDING" : upperCase(status);
}

std::string momentJson(const std::string &date_time, const std::string &half) {
  return JsonObject().text("date_time", date_time).textOrNull("type", half).finish();
}

// The common members of both kinds of rows.
std::string periodJson(const RawMembers &raw, const std::string &id, std::int64_t person, std::int64_t type,
                       const std::string &start, const std::string &end, const std::string &status,
                       const std::string &updated_at) {
  JsonObject row(raw);
  row.text("id", id)
      .json("person", JsonObject().text("id", std::to_string(person)).finish())
      .json("absence_type", JsonObject().text("id", typeUuid(type)).finish())
      .json("starts_from", start)
      .json("ends_at", end)
      .text("timezone_id", "Europe/Berlin")
      .text("comment", "")
      .json("approval", JsonObject().text("status", statusV2(status)).finish())
      .text("created_at", "2026-05-01T09:00:00Z")
      .text("updated_at", updated_at);
  return row.finish();
}

std::string rowOf(const Asked &asked, const TimeOff &time_off) {
  const auto &behaviour = asked.personio().behaviour;
  const bool one_day = time_off.last == time_off.first;
  std::string start_half = behaviour.v2_defaults_spelled_out ? "FIRST_HALF" : "";
  std::string end_half = behaviour.v2_defaults_spelled_out ? "SECOND_HALF" : "";
  if (time_off.half_day_start) start_half = "SECOND_HALF";
  if (time_off.half_day_end) end_half = "FIRST_HALF";
  // A half-day of a single day has both ends (documented examples).
  if (one_day && time_off.half_day_start) end_half = "SECOND_HALF";
  if (one_day && time_off.half_day_end) start_half = "FIRST_HALF";
  std::string end = "null";
  if (time_off.last) {
    const CivilDate midnight = addDays(*time_off.last, behaviour.v2_end_is_last_day ? 0 : 1);
    end = momentJson(formatDate(midnight) + "T00:00:00", end_half);
  }
  return periodJson(time_off.raw_v2, timeOffUuid(time_off.id), time_off.employee_id, time_off.type_id,
                    momentJson(formatDate(time_off.first) + "T00:00:00", start_half), end, time_off.status,
                    time_off.updated_at);
}

std::string rowOf(const HourlyAbsence &absence) {
  return periodJson(absence.raw_v2, absence.id, absence.employee_id, absence.type_id,
                    momentJson(inBerlin(absence.start), ""),
                    absence.end.empty() ? "null" : momentJson(inBerlin(absence.end), ""), absence.status,
                    absence.updated_at);
}

struct Filter {
  std::set<std::string> people;  // empty: all
  std::set<std::string> ids;     // empty: all
  std::string starts_from;       // "2026-07-01T00:00:00", "" without
  std::string starts_until;
  std::string updated_from;
};

// A time without a time zone; Personio refuses others.
bool isLocalMoment(const std::string &text) {
  const std::size_t length = text.size();
  return kit::parseLeadingDate(text) && (length == 19 || length == 23) && text[10] == 'T';
}

void addAll(std::set<std::string> &to, const std::string &comma_list) {
  std::istringstream items(comma_list);
  for (std::string item; std::getline(items, item, ',');) to.insert(item);
}

std::optional<Filter> filterOf(const Asked &asked,
                               const std::vector<std::pair<std::string, std::string>> &query) {
  Filter filter;
  for (const auto &[name, value] : query) {
    if (name == "person.id") addAll(filter.people, value);
    if (name == "id") addAll(filter.ids, value);
    std::string *moment = name == "starts_from.date_time.gte"   ? &filter.starts_from
                          : name == "starts_from.date_time.lte" ? &filter.starts_until
                          : name == "updated_at.gte"            ? &filter.updated_from
                                                                : nullptr;
    if (moment == nullptr) continue;
    if (!isLocalMoment(value)) {
      asked.recordProblem(name + "=" + value + " is not a moment without zone");
      return std::nullopt;
    }
    *moment = value.substr(0, 19);
  }
  return filter;
}

struct Row {
  std::int64_t person = 0;
  std::string id;
  std::string first;  // "2026-07-01T00:00:00"
  std::string last;   // empty: no end
  std::string updated_at;
};

bool passes(const Asked &asked, const Filter &filter, const Row &row) {
  const bool of_asked = filter.people.empty() || filter.people.contains(std::to_string(row.person));
  const bool named = filter.ids.empty() || filter.ids.contains(row.id);
  const bool ends_late_enough = asked.personio().behaviour.v2_filters_by_start_only
                                    ? row.first >= filter.starts_from
                                    : row.last.empty() || row.last >= filter.starts_from;
  return of_asked && named && ends_late_enough &&
         (filter.starts_until.empty() || row.first <= filter.starts_until) &&
         row.updated_at >= filter.updated_from;
}

std::string breakdownJson(CivilDate date, const char *unit, int hundredths) {
  const std::string duration = JsonObject().text("unit", unit).hundredths("value", hundredths).finish();
  return JsonObject().text("date", formatDate(date)).json("effective_duration", duration).finish();
}

// 1 per day, a half if the absence has one, 0 on days off.
std::vector<std::string> breakdownsOf(const Asked &asked, const TimeOff &time_off) {
  constexpr int days_of_open_end = 60;
  const Employee *employee = employeeById(asked, std::to_string(time_off.employee_id));
  const CivilDate last = time_off.last.value_or(addDays(time_off.first, days_of_open_end - 1));
  std::vector<std::string> days;
  for (CivilDate day = time_off.first; day <= last; day = addDays(day, 1)) {
    const auto weekday = static_cast<std::size_t>(kit::weekdayIndex(day));
    const bool works = employee->work_schedule ? employee->work_schedule->minutes[weekday] > 0 : weekday < 5;
    const bool half =
        (day == time_off.first && time_off.half_day_start) || (day == time_off.last && time_off.half_day_end);
    days.push_back(breakdownJson(day, "DAY", !works ? 0 : half ? 50 : 100));
  }
  return days;
}

}  // namespace

std::optional<RowsV2> periodsV2(const Asked &asked,
                                const std::vector<std::pair<std::string, std::string>> &query) {
  requireKnownParameters(asked.log, kPersonio, asked.endpoint, asked.request,
                         {"limit", "cursor", "id", "absence_type.id", "person.id",
                          "starts_from.date_time.gte", "starts_from.date_time.lte", "ends_at.date_time.gte",
                          "ends_at.date_time.lte", "updated_at.gte", "updated_at.lte"});
  const auto filter = filterOf(asked, query);
  if (!filter) return std::nullopt;
  RowsV2 all;
  for (const auto &row : asked.personio().time_offs) {
    const std::string last = row.last ? formatDate(*row.last) + "T23:59:59" : "";
    const Row seen{row.employee_id, timeOffUuid(row.id), formatDate(row.first) + "T00:00:00", last,
                   row.updated_at};
    if (passes(asked, *filter, seen)) all.rows.push_back(rowOf(asked, row));
  }
  for (const auto &row : asked.personio().hourly_absences) {
    const std::string last = row.end.empty() ? "" : inBerlin(row.end);
    if (passes(asked, *filter, {row.employee_id, row.id, inBerlin(row.start), last, row.updated_at}))
      all.rows.push_back(rowOf(row));
  }
  return all;
}

std::optional<RowsV2> breakdownsV2(const Asked &asked, const std::string &id) {
  constexpr std::size_t days_per_page = 28;
  requireKnownParameters(asked.log, kPersonio, asked.endpoint, asked.request, {"limit", "cursor"});
  for (const auto &row : asked.personio().time_offs)
    if (timeOffUuid(row.id) == id) return RowsV2{breakdownsOf(asked, row), days_per_page};
  for (const auto &row : asked.personio().hourly_absences) {
    if (row.id != id) continue;
    RowsV2 all{{}, days_per_page};
    // Hours with two decimals, as the service rounds them.
    for (const auto &day : row.days)
      all.rows.push_back(breakdownJson(day.date, "HOUR", (day.minutes * 100 + 30) / 60));
    return all;
  }
  return std::nullopt;
}

RowsV2 typesV2(const Asked &asked) {
  requireKnownParameters(asked.log, kPersonio, asked.endpoint, asked.request, {"limit", "cursor"});
  RowsV2 all;
  for (const auto &type : asked.personio().time_off_types) {
    if (!type.listed) continue;
    JsonObject row;
    row.text("id", typeUuid(type.id))
        .text("name", type.name)
        .textOrNull("category", upperCase(type.category))
        .text("unit", type.unit == TimeOffType::Unit::hour ? "HOUR" : "DAY");
    all.rows.push_back(row.finish());
  }
  return all;
}

}  // namespace roots::sandbox
