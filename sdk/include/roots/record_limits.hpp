// The limits of provider_abi.h for the numbers and days of a record, in one place for all code that
// delivers, validates, writes, or reads records. Constants and pure functions.
#pragma once

#include <roots/records.hpp>

#include <cstddef>
#include <cstdint>

namespace roots {

struct Limits {  // both inclusive
  std::int64_t least;
  std::int64_t most;

  [[nodiscard]] constexpr bool allow(std::int64_t value) const noexcept {
    return least <= value && value <= most;
  }
};

namespace limits {

inline constexpr Limits year{1, 9999};
inline constexpr Limits weekday_minutes{0, 24 * 60};
inline constexpr Limits counted_hundredths{0, INT32_MAX};
inline constexpr Limits amount_hundredths{std::int64_t{ROOTS_AMOUNT_UNKNOWN} + 1, INT32_MAX};

// What a host keeps of a plugin's notices, from connect() to the last fetch.
inline constexpr std::size_t notices = 20;
inline constexpr std::size_t notice_bytes = 1000;

// Of one day of an absence.
[[nodiscard]] constexpr Limits absenceMinutes(Extent extent) noexcept {
  return extent == Extent::minutes ? Limits{1, 24 * 60} : Limits{0, 0};
}

}  // namespace limits

[[nodiscard]] inline bool isRealDate(const Date &date) {
  if (!limits::year.allow(date.year) || date.month < 1 || date.month > 12 || date.day < 1) return false;
  constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (date.year % 4 == 0 && date.year % 100 != 0) || date.year % 400 == 0;
  const int length = date.month == 2 && leap ? 29 : lengths[date.month - 1];
  return date.day <= length;
}

}  // namespace roots
