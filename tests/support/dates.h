// Dates from text, for tests. An invalid one throws.
#pragma once

#include <roots/kit/civil_date.h>

#include <stdexcept>
#include <string>

namespace roots::test {

inline kit::CivilDate day(const std::string &text) {
  const auto date = kit::parseDate(text);
  if (!date) throw std::invalid_argument("not a date: " + text);
  return *date;
}

inline kit::CivilDays days(const std::string &first, const std::string &last) {
  return {day(first), day(last)};
}

inline const kit::CivilDays kJuly{day("2026-07-01"), day("2026-07-31")};

}  // namespace roots::test
