// The data that crosses the interface, as C++ values: the records of provider_abi.h with std::string instead
// of borrowed text and enum classes instead of numbers. Both sides use them: plugins through provider.hpp,
// hosts through provider_client.hpp. Plain values, no invariants enforced here; units and ranges are
// those of provider_abi.h.
#pragma once

#include <roots/provider_abi.h>

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace roots {

enum class Kind : std::int32_t {
  vacation = ROOTS_VACATION,
  sick = ROOTS_SICK,
  public_holiday = ROOTS_PUBLIC_HOLIDAY,
  personal = ROOTS_PERSONAL,
  other = ROOTS_OTHER,
};

enum class Extent : std::int32_t {
  whole_day = ROOTS_WHOLE_DAY,
  first_half = ROOTS_FIRST_HALF,
  second_half = ROOTS_SECOND_HALF,
  half_day = ROOTS_HALF_DAY,  // half of the day, unknown which
  minutes = ROOTS_MINUTES,
};

enum class Effect : std::int32_t {
  time_off = ROOTS_TIME_OFF,
  work_elsewhere = ROOTS_WORK_ELSEWHERE,
  compensation = ROOTS_COMPENSATION,
};

enum class Unit : std::int32_t { days = ROOTS_UNIT_DAYS, hours = ROOTS_UNIT_HOURS };

enum class LogLevel : std::int32_t {
  debug = ROOTS_LOG_DEBUG,
  info = ROOTS_LOG_INFO,
  warning = ROOTS_LOG_WARNING,
  error = ROOTS_LOG_ERROR,
};

struct Date {
  int year = 0;  // 0: unknown
  int month = 0;
  int day = 0;

  [[nodiscard]] bool known() const noexcept { return year != 0; }
  friend bool operator==(const Date &a, const Date &b) noexcept {
    return a.year == b.year && a.month == b.month && a.day == b.day;
  }
  friend bool operator!=(const Date &a, const Date &b) noexcept { return !(a == b); }
  friend bool operator<(const Date &a, const Date &b) noexcept {
    if (a.year != b.year) return a.year < b.year;
    return a.month != b.month ? a.month < b.month : a.day < b.day;
  }
};

struct Days {  // both inclusive
  Date first;
  Date last;
};

using Settings = std::map<std::string, std::string>;  // key -> value, as in manifest.json "settings"

struct Account {
  std::string id;
  std::string display_name;
  Date employed_from;   // unknown: year 0
  Date employed_until;  // unknown or open: year 0
};

struct AbsenceDay {
  Date date;
  Kind kind = Kind::other;
  Extent extent = Extent::whole_day;
  int minutes = 0;  // only with Extent::minutes
  Effect effect = Effect::time_off;
  std::string absence_id;
  std::string label;
  int counted_hundredths = 0;  // what the service counts for the whole absence, in days; 0: unknown
};

struct Week {
  Date valid_from;               // unknown: year 0
  std::array<int, 7> minutes{};  // Monday first
  bool is_estimate = false;
};

struct Balance {
  Kind kind = Kind::other;
  Unit unit = Unit::days;
  std::optional<int> available_hundredths;  // planned absences already deducted
  std::optional<int> current_hundredths;    // taken ones deducted, planned ones not
  std::string balance_id;
  std::string label;
};

struct Lock {
  std::string setting;
  std::string reason;
};

}  // namespace roots
