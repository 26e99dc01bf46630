// Dates that may be unknown, as the records of the interface write them.
#pragma once

#include <roots/kit/civil_date.h>
#include <roots/records.hpp>

#include <optional>

namespace roots::personio {

// Unknown: the record's own "no date".
[[nodiscard]] inline Date toRecord(const std::optional<kit::CivilDate> &date) {
  return date ? kit::toRecord(*date) : Date{};
}

}  // namespace roots::personio
