// The data of the sandbox's two services: a company in Personio, an account in Moco, switches for behavior
// that varies between companies, and faults. Plain values; a test creates one in a few lines from small().
// Dates are local calendar days, durations are minutes (Moco: seconds, as in its API), and numbers with a
// fraction are hundredths.
#pragma once

#include "sandbox/fault.h"

#include <roots/kit/civil_date.h>
#include <roots/result.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace roots::sandbox {

using kit::CivilDate;

// Members of a reply that are written as given instead of as computed: name to JSON text
// ({"end_date", "null"}). "" omits the member. For each observed variant of a reply.
using RawMembers = std::map<std::string, std::string>;

// ---- Personio ----

struct WorkSchedule {
  std::array<int, 7> minutes{};  // Monday first
  std::string name = "Vollzeit";
  std::int64_t id = 90210;
  std::optional<CivilDate> valid_from;
};

struct Employee {
  std::int64_t id = 0;
  std::string first_name;
  std::string last_name;
  std::string email;
  std::string status = "active";
  std::optional<int> weekly_hours_hundredths;  // nothing: null
  std::optional<WorkSchedule> work_schedule;   // nothing: null
  std::optional<CivilDate> hire_date;
  std::optional<CivilDate> termination_date;
  RawMembers raw_attributes;  // by attribute key, the "value" of that attribute; "" leaves it out
};

struct TimeOffType {
  enum class Unit { day, hour };
  std::int64_t id = 0;
  std::string name;
  std::string category;  // "paid_vacation"; "": null
  Unit unit = Unit::day;
  bool listed = true;  // false: periods refer to it, the list of types does not show it
};

struct TimeOff {  // of a type counted in days
  std::int64_t id = 0;
  std::int64_t employee_id = 0;
  std::int64_t type_id = 0;
  CivilDate first;
  std::optional<CivilDate> last;  // nothing: open-ended
  bool half_day_start = false;
  bool half_day_end = false;
  int days_hundredths = 0;          // its number of days
  std::string status = "approved";  // v2 also knows "deletion_pending", which v1 shows as approved
  std::string updated_at = "2026-05-02T09:00:00Z";
  RawMembers raw;
  RawMembers raw_v2;  // of the row in API v2
};

struct HourlyAbsence {  // of a type counted in hours
  struct Day {
    CivilDate date;
    int minutes = 0;
  };
  std::string id;  // "5e1f0000-0000-4000-8000-000000000001"
  std::int64_t employee_id = 0;
  std::int64_t type_id = 0;
  std::string start;  // an instant in UTC: "2026-07-02T12:00:00.0Z"
  std::string end;    // "": null
  std::string status = "approved";
  std::string updated_at = "2026-05-02T09:00:00Z";
  std::vector<Day> days;  // the breakdowns
  RawMembers raw;
  RawMembers raw_v2;  // of the row in API v2
};

struct Balance {
  std::int64_t employee_id = 0;
  std::int64_t type_id = 0;
  int balance_hundredths = 0;
  std::optional<int> available_hundredths;  // nullopt: not reported
};

struct Credentials {
  std::string client_id;
  std::string client_secret;
  bool may_read_employees = true;
  bool may_read_absences = true;
  bool may_read_absences_v2 = true;
  bool revoked = false;                       // sign-in is refused, and its tokens are invalid
  std::set<std::string> readable_attributes;  // the selected ones; "id" is always readable
};

// Switches where the documentation is missing, contradictory, or has changed.
struct PersonioBehaviour {
  enum class EmailFilter { exact, any_case, ignored };
  EmailFilter email_filter = EmailFilter::exact;
  bool email_filter_needs_readable_email = false;  // true: no row if "Email" is not selected
  bool time_offs_inside_window_only = false;       // false: those that overlap the window
  bool half_days_as_booleans = false;              // false: 0 and 1
  bool repeat_row_between_pages = false;  // a time-off page starts with the last row of the one before
  bool sends_token_lifetime = true;
  int token_lifetime_seconds = 86400;
  int sign_ins_per_minute = 60;
  int employee_requests_per_minute = 300;
  int requests_per_minute = 2000;
  std::optional<int> retry_after_seconds;  // on 429; documented nowhere, so not sent

  // API v2
  bool v2_available = true;  // false: 404 to everything below /v2, sign-in included
  bool v2_missing_right_is_401 = false;
  bool v2_end_is_last_day = false;  // a day-based absence ends on a midnight: of its last day; or the next
  bool v2_defaults_spelled_out = false;   // whole days carry FIRST_HALF and SECOND_HALF; false: null
  bool v2_filters_by_start_only = false;  // false: absences that overlap the period asked for
  bool v2_relative_links = false;
  bool v2_cursor_alone = false;       // a cursor beside filters is refused; false: filters may be repeated
  std::string v2_links_to;            // other scheme and host for links, "": its own
  bool v2_last_link_is_null = false;  // false: left out
  int v2_page_size = 0;               // at most so many rows a page; 0: as asked for
  int v2_requests_per_second = 10;    // of each endpoint
};

struct Personio {
  std::vector<Credentials> credentials;
  std::vector<Employee> employees;
  std::vector<TimeOffType> time_off_types;
  std::vector<TimeOff> time_offs;
  std::vector<HourlyAbsence> hourly_absences;
  std::vector<Balance> balances;
  PersonioBehaviour behaviour;
};

// ---- Moco ----

struct MocoUser {
  std::int64_t id = 0;
  std::string first_name;
  std::string last_name;
  std::string email;
  std::string api_key;             // "": none
  bool key_sees_everyone = false;  // lists also contain the rows of others
};

struct MocoActivity {
  std::int64_t id = 0;
  std::int64_t user_id = 0;
  CivilDate date;
  int seconds = 0;
  std::optional<int> worked_seconds;  // nothing: same as seconds
  std::string description;            // "": null
  std::string customer;
  std::string project;
  std::string task;
  bool billable = true;
  bool timer_running = false;
  RawMembers raw;
};

struct MocoSchedule {  // one absence or public holiday of one person on one day
  std::int64_t id = 0;
  std::int64_t user_id = 0;
  CivilDate date;
  bool am = true;
  bool pm = true;
  int code = 2;         // 1 not plannable, 2 public holiday, 3 sick, 4 vacation, 5 absence
  std::string name;     // of the absence type, "": the German one of the code
  std::string comment;  // "": null
  std::optional<int> symbol;
  RawMembers raw;
};

struct MocoPresence {
  std::int64_t id = 0;
  std::int64_t user_id = 0;
  CivilDate date;
  std::string from;  // "08:05"
  std::string to;    // "": still there
  bool is_home_office = false;
};

struct MocoLeaveCredit {
  std::int64_t id = 0;
  std::int64_t user_id = 0;
  int year = 0;
  std::string title;
  int days_hundredths = 0;
};

struct MocoEmployment {
  std::int64_t id = 0;
  std::int64_t user_id = 0;
  std::array<int, 5> am_minutes{};  // Monday first
  std::array<int, 5> pm_minutes{};
  CivilDate from;
  std::optional<CivilDate> to;
};

struct MocoBehaviour {
  bool sends_codes = true;           // false: assignments without "code", as before 2024
  bool symbols_as_text = false;      // false: integers
  bool sends_worked_seconds = true;  // false: as before 2025-09
  bool user_filter_ignored = false;  // returns all rows that the key can read, regardless of user_id
  int requests_per_two_minutes = 120;
  std::optional<int> retry_after_seconds;
};

struct Moco {
  std::string domain = "example";
  std::vector<MocoUser> users;
  std::vector<MocoActivity> activities;
  std::vector<MocoSchedule> schedules;
  std::vector<MocoPresence> presences;
  std::vector<MocoLeaveCredit> leave_credits;
  std::vector<MocoEmployment> employments;
  MocoBehaviour behaviour;
};

struct Scenario {
  std::string name;
  Personio personio;
  Moco moco;
  std::vector<Fault> faults;
};

// The input to connect to the scenario: its first credentials and employee, and the first Moco user with a
// key. Fields are "" if the scenario has none.
struct DemoAccess {
  std::string client_id;
  std::string client_secret;
  std::string email;
  std::string moco_domain;
  std::string moco_api_key;
};
[[nodiscard]] DemoAccess accessOf(const Scenario &scenario);

// The attributes of an employee that the sandbox knows, except for "id": the complete selection.
[[nodiscard]] const std::set<std::string> &employeeAttributes();

// One employee (id 4711, Nele.Muster@example.com, 8:00 8:00 7:30 8:00 4:15), the usual types of absence,
// a vacation of a week in July 2026, one Moco user with one entry and one public holiday.
[[nodiscard]] Scenario small();

// Types of small() and of the built-in scenario.
namespace types {
inline constexpr std::int64_t vacation = 301;
inline constexpr std::int64_t overtime_compensation = 302;  // in hours
inline constexpr std::int64_t sick_leave = 303;
inline constexpr std::int64_t special_leave = 304;
inline constexpr std::int64_t home_office = 305;
inline constexpr std::int64_t parental_leave = 306;
}  // namespace types

// An invented company of 1,200 employees. The first one has many absences; her rows are placed so that
// the current month shows each kind. Deterministic for each current day.
[[nodiscard]] Scenario builtinScenario(CivilDate today);

// Reads the format that README.md here documents. The error names the place as a JSON pointer.
[[nodiscard]] Result<Scenario> parseScenario(std::string_view json);
[[nodiscard]] Result<Scenario> loadScenarioFile(const std::string &path);

// Errors of the scenario: two rows with one ID, a row of an unknown person or type, raw members that are not
// JSON, an unknown server in a fault. Sandbox::start refuses such a scenario.
[[nodiscard]] Result<void> checkScenario(const Scenario &scenario);

}  // namespace roots::sandbox
