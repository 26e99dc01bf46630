// What the user should know about absences although nothing failed: sentences, and whether they are due. Pure
// functions. None names a type of absence, because it may reveal health data.
#pragma once

#include "model/personio_model.h"

#include <roots/kit/civil_date.h>

#include <optional>
#include <string>
#include <vector>

namespace roots::personio {

// Why absences come from API v1 where the user left the choice to the plugin.
[[nodiscard]] std::string absencesReadFromV1();
// Nothing showed what a midnight at the end of an absence means.
[[nodiscard]] std::string ambiguousEnds();
// For a person on leave without a reported absence: the target would be too high without warning.
[[nodiscard]] std::optional<std::string> leaveWithoutAbsence(const std::vector<Absence> &absences,
                                                             kit::CivilDays range, kit::CivilDate today);

}  // namespace roots::personio
