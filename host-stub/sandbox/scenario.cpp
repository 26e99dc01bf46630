#include "sandbox/scenario.h"

#include <roots/kit/json.h>

namespace roots::sandbox {
namespace {

Error senseless(std::string what) {
  return makeError(Status::invalid_setting, "The scenario makes no sense: " + std::move(what) + ".");
}

Result<void> checkRaw(const RawMembers &raw, const std::string &where) {
  for (const auto &[name, json] : raw) {
    if (!json.empty() && !kit::JsonDocument::parse(json))
      return senseless(where + " has a raw member " + name + " that is not JSON");
  }
  return {};
}

template <class Row, class Key>
Result<void> checkUnique(const std::vector<Row> &rows, Key key, const std::string &what) {
  std::set<decltype(key(rows.front()))> seen;
  for (const auto &row : rows)
    if (!seen.insert(key(row)).second) return senseless("two " + what + " have one id");
  return {};
}

Result<void> checkPersonio(const Personio &personio) {
  std::set<std::int64_t> people;
  std::set<std::int64_t> types;
  for (const auto &employee : personio.employees) people.insert(employee.id);
  for (const auto &type : personio.time_off_types) types.insert(type.id);
  if (people.size() != personio.employees.size()) return senseless("two employees have one id");
  const auto known = [&](std::int64_t employee, std::int64_t type) {
    return people.contains(employee) && types.contains(type);
  };
  for (const auto &row : personio.time_offs) {
    if (!known(row.employee_id, row.type_id))
      return senseless("a time-off is of an unknown employee or type");
    if (auto checked = checkRaw(row.raw, "a time-off"); !checked) return checked;
    if (auto checked = checkRaw(row.raw_v2, "a time-off"); !checked) return checked;
  }
  for (const auto &row : personio.hourly_absences) {
    if (!known(row.employee_id, row.type_id))
      return senseless("an hourly absence is of an unknown employee or type");
    if (auto checked = checkRaw(row.raw, "an hourly absence"); !checked) return checked;
    if (auto checked = checkRaw(row.raw_v2, "an hourly absence"); !checked) return checked;
  }
  for (const auto &row : personio.balances)
    if (!known(row.employee_id, row.type_id)) return senseless("a balance is of an unknown employee or type");
  for (const auto &employee : personio.employees)
    if (auto checked = checkRaw(employee.raw_attributes, "an employee"); !checked) return checked;
  return checkUnique(personio.time_offs, [](const TimeOff &row) { return row.id; }, "time-offs");
}

}  // namespace

Result<void> checkScenario(const Scenario &scenario) {
  if (auto checked = checkPersonio(scenario.personio); !checked) return checked;
  std::set<std::int64_t> users;
  for (const auto &user : scenario.moco.users) users.insert(user.id);
  for (const auto &row : scenario.moco.activities) {
    if (!users.contains(row.user_id)) return senseless("an activity is of an unknown user");
    if (auto checked = checkRaw(row.raw, "an activity"); !checked) return checked;
  }
  for (const auto &row : scenario.moco.schedules) {
    if (!users.contains(row.user_id)) return senseless("a Moco schedule is of an unknown user");
    if (auto checked = checkRaw(row.raw, "a Moco schedule"); !checked) return checked;
  }
  for (const auto &fault : scenario.faults) {
    if (fault.server != "personio" && fault.server != "moco")
      return senseless("a fault is of an unknown server");
  }
  if (auto unique = checkUnique(
          scenario.moco.activities, [](const MocoActivity &row) { return row.id; }, "activities");
      !unique)
    return unique;
  return checkUnique(
      scenario.moco.schedules, [](const MocoSchedule &row) { return row.id; }, "Moco schedules");
}

DemoAccess accessOf(const Scenario &scenario) {
  DemoAccess access;
  if (!scenario.personio.credentials.empty()) {
    access.client_id = scenario.personio.credentials.front().client_id;
    access.client_secret = scenario.personio.credentials.front().client_secret;
  }
  if (!scenario.personio.employees.empty()) access.email = scenario.personio.employees.front().email;
  access.moco_domain = scenario.moco.domain;
  for (const auto &user : scenario.moco.users)
    if (access.moco_api_key.empty()) access.moco_api_key = user.api_key;
  return access;
}

Scenario small() {
  using std::chrono::year;
  Scenario scenario;
  scenario.name = "small";
  Personio &personio = scenario.personio;
  Credentials credentials;
  credentials.client_id = "papi-00000000-0000-4000-8000-000000000001";
  credentials.client_secret = "papi-secret-of-the-sandbox";
  credentials.readable_attributes = employeeAttributes();
  personio.credentials = {credentials};

  Employee nele;
  nele.id = 4711;
  nele.first_name = "Nele";
  nele.last_name = "Muster";
  nele.email = "Nele.Muster@example.com";
  nele.weekly_hours_hundredths = 3575;
  nele.work_schedule = WorkSchedule{{480, 480, 450, 480, 255, 0, 0}, "Teilzeit 35:45", 90210, std::nullopt};
  nele.hire_date = year(2019) / 4 / 1;
  personio.employees = {nele};
  using Unit = TimeOffType::Unit;
  personio.time_off_types = {
      {types::vacation, "Urlaub", "paid_vacation", Unit::day, true},
      {types::overtime_compensation, "Überstundenausgleich", "", Unit::hour, true},
      {types::sick_leave, "Krankheit", "sick_leave", Unit::day, true},
      {types::special_leave, "Sonderurlaub", "other", Unit::day, true},
      {types::home_office, "Homeoffice", "offsite_work", Unit::day, true},
      {types::parental_leave, "Elternzeit", "maternity_parental_leave", Unit::day, true}};
  TimeOff vacation;
  vacation.id = 1;
  vacation.employee_id = nele.id;
  vacation.type_id = types::vacation;
  vacation.first = year(2026) / 7 / 6;
  vacation.last = year(2026) / 7 / 10;
  vacation.days_hundredths = 500;
  personio.time_offs = {vacation};
  personio.balances = {{nele.id, types::vacation, 1833, 983},
                       {nele.id, types::overtime_compensation, 1250, 1250}};

  Moco &moco = scenario.moco;
  moco.users = {{70011, "Nele", "Muster", "Nele.Muster@example.com", "moco-key-of-the-sandbox", false}};
  MocoActivity work;
  work.id = 8801;
  work.user_id = 70011;
  work.date = year(2026) / 7 / 13;
  work.seconds = 12600;
  work.customer = "Sample GmbH";
  work.project = "Internal tools";
  work.task = "Development";
  work.description = "Review";
  moco.activities = {work};
  MocoSchedule holiday;
  holiday.id = 9101;
  holiday.user_id = 70011;
  holiday.date = year(2026) / 7 / 14;
  holiday.comment = "Betriebsjubiläum";
  moco.schedules = {holiday};
  return scenario;
}

}  // namespace roots::sandbox
