// What Personio reports, as plain values: no JSON, no HTTP, no interface records. Written by
// personio_json, read by the pure functions. Owned by whoever holds them; no threads involved.
#pragma once

#include <roots/kit/civil_date.h>
#include <roots/records.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace roots::personio {

// A value that the credential may not be allowed to read. Personio leaves out what is not ticked under
// "Readable employee attributes", without an error.
enum class Readability {
  not_sent,    // the attribute is not in the reply: its tick is missing
  empty,       // sent, but null, "", [] or {}
  unreadable,  // sent, in an unknown format
  readable,
};

// The position of a row in a list. Converted to text only for an error.
struct RowPlace {
  bool in_v2_list = false;  // in "_data", not in "data"
  bool is_wrapped = false;  // its members are in "attributes"
  std::size_t index = 0;

  // As a JSON pointer: "/data/17/attributes".
  [[nodiscard]] std::string pointer() const {
    return (in_v2_list ? "/_data/" : "/data/") + std::to_string(index) + (is_wrapped ? "/attributes" : "");
  }
};

struct WorkSchedule {
  Readability readability = Readability::not_sent;
  std::array<int, 7> minutes{};              // Monday first; only when readable
  std::optional<kit::CivilDate> valid_from;  // only when readable
  RowPlace place;                            // of the employee
};

struct Employee {
  std::string id;
  bool email_sent = false;           // false: the tick "Email" is missing
  std::optional<std::string> email;  // a colleague may have none
  std::string first_name;
  std::string last_name;
  std::string status;  // "active", "inactive", "onboarding", "leave"; "" if not sent
  std::optional<kit::CivilDate> hire_date;
  std::optional<kit::CivilDate> termination_date;
  bool employment_dates_uncertain = false;  // one of the two was sent, but names no certain day
  std::optional<std::int64_t> weekly_hours_hundredths;
  WorkSchedule work_schedule;
};

struct AbsenceType {
  std::string name;                     // as the company calls it, may be ""
  std::optional<std::string> category;  // as Personio names it, e.g. "paid_vacation"
};

// One row of GET /v1/company/time-offs (types counted in days).
struct TimeOff {
  std::string id;
  std::string id_v2;  // what API v2 calls the same absence; may be ""
  AbsenceType type;
  kit::CivilDate first;
  std::optional<kit::CivilDate> last;  // none: no end yet
  bool half_day_start = false;
  bool half_day_end = false;
  std::optional<std::int64_t> days_count_hundredths;
  RowPlace place;
};

inline constexpr int kMinutesOfDay = 24 * 60;

// Minutes of absence on one local day.
struct MinutesOnDay {
  kit::CivilDate date;
  int minutes = 0;
  friend bool operator==(const MinutesOnDay &, const MinutesOnDay &) = default;
};

// One row of GET /v1/company/absence-periods (types counted in hours).
struct AbsencePeriod {
  std::string id;
  std::string type_name;
  std::string time_off_type_id;     // id of the type in GET /v1/company/time-off-types; may be ""
  std::string time_off_type_id_v2;  // the same type's id in the newer API; may be ""
  std::vector<MinutesOnDay> days;   // one per date, in the order of the dates
};

// A row of an absence list. Only rows that count are read further, so that errors in others are ignored.
enum class RowStatus { counts, not_approved, of_other_employee };

template <class Absence>
struct AbsenceRow {
  RowStatus status = RowStatus::counts;
  std::optional<Absence> absence;  // only with RowStatus::counts
  std::string id_of_other;         // of a row that does not count; an absence has its own
  [[nodiscard]] const std::string &id() const { return absence ? absence->id : id_of_other; }
};

// The rows of all pages that count, once each, and how many were left out.
template <class Absence>
struct AbsenceList {
  std::vector<Absence> absences;
  int not_approved = 0;
  int of_other_employees = 0;
};

enum class TypeUnit { unknown, days, hours };

// One row of GET /v1/company/time-off-types.
struct TimeOffType {
  std::string id;
  std::string id_v2;  // may be ""
  AbsenceType type;
  TypeUnit unit = TypeUnit::unknown;
};

// nullptr: not in the list.
[[nodiscard]] inline const TimeOffType *findType(const std::vector<TimeOffType> &types, std::string_view id) {
  const auto found =
      std::find_if(types.begin(), types.end(), [&](const TimeOffType &type) { return type.id == id; });
  return found == types.end() ? nullptr : &*found;
}

// One row of GET /v1/company/employees/{id}/absences/balance.
struct TypeBalance {
  std::string type_id;
  AbsenceType type;
  std::optional<std::int64_t> balance_hundredths;            // taken absences deducted
  std::optional<std::int64_t> available_balance_hundredths;  // planned ones too
  RowPlace place;
};

// One end of a row of GET /v2/absence-periods. Local time, without a zone.
struct MomentV2 {
  enum class Half { unknown, first, second };
  kit::CivilDate date;
  bool at_midnight = true;
  Half half = Half::unknown;
  friend bool operator==(const MomentV2 &, const MomentV2 &) = default;
};

// One row of GET /v2/absence-periods: of types counted in days and of those counted in hours.
struct PeriodV2 {
  std::string id;
  std::string type_id;  // may be ""
  MomentV2 start;
  std::optional<MomentV2> end;  // none: no end yet
  std::string updated_at;       // as sent; may be ""
  RowPlace place;
};

// One row of GET /v2/absence-periods/{id}/breakdowns: what a day of the absence consumes.
struct BreakdownV2 {
  kit::CivilDate date;
  TypeUnit unit = TypeUnit::unknown;
  std::int64_t hundredths = 0;  // of a day or of an hour
  RowPlace place;
  std::int64_t millionths = 0;  // as hundredths, for what is summed before it is rounded
};

// The days of one absence.
struct Breakdowns {
  std::vector<BreakdownV2> days;
  bool are_all = false;  // false: there are more, later ones
};

// An absence that counts, whichever generation of the API it came from.
struct DaySpan {
  kit::CivilDate first;
  std::optional<kit::CivilDate> last;  // none: no end yet
  Extent first_day = Extent::whole_day;
  Extent last_day = Extent::whole_day;  // equals first_day if the span is a single day
  friend bool operator==(const DaySpan &, const DaySpan &) = default;
};

struct Absence {
  std::string id;
  AbsenceType type;
  std::variant<DaySpan, std::vector<MinutesOnDay>> time;
  // What Personio itself counts, in days, without weekends and holidays; 0: not sent, or in hours.
  std::int64_t counted_hundredths = 0;
  TypeUnit type_unit = TypeUnit::unknown;  // where the type was looked up
  std::string own_id = {};                 // another id that no other absence of its list has; may be ""
};

}  // namespace roots::personio
