// From an absence to one record per absent day, inside the range asked for. Pure function.
#pragma once

#include "model/personio_model.h"

#include <roots/kit/civil_date.h>
#include <roots/records.hpp>

#include <vector>

namespace roots::personio {

// Weekends and holidays inside a span are delivered too: whether they matter is decided by the
// schedule. An open end runs to the end of the range.
[[nodiscard]] std::vector<AbsenceDay> absenceDays(const Absence &absence, kit::CivilDays range);

}  // namespace roots::personio
