// Shared by the sources of both API versions: the requested window, and the log line about the result. Pure.
#pragma once

#include "model/personio_endpoints.h"
#include "model/personio_model.h"

#include <roots/kit/civil_date.h>

#include <optional>
#include <string>

namespace roots::personio {

// The range, wider by so many days; never beyond the years 1 to 9999.
[[nodiscard]] kit::CivilDays padded(kit::CivilDays range, int days_before, int days_after);

// Whether an absence from first to last (none: no end yet) has a day in the range.
[[nodiscard]] bool touches(kit::CivilDate first, std::optional<kit::CivilDate> last, kit::CivilDays range);

// Counts only: the absences themselves must not be logged.
template <class Absence>
[[nodiscard]] std::string countsLine(const Endpoint &endpoint, const AbsenceList<Absence> &listed) {
  return std::string(endpoint.name) + ": " + std::to_string(listed.absences.size()) + " approved, " +
         std::to_string(listed.not_approved) + " not approved, " + std::to_string(listed.of_other_employees) +
         " of other employees left out";
}

}  // namespace roots::personio
