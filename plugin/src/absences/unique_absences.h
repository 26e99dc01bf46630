// The interface allows one record for each absence and day; Personio may report one ID twice. Pure function.
#pragma once

#include "model/personio_model.h"

#include <vector>

namespace roots::personio {

// Equal rows become one. Where one id stands for an absence in days and one in hours, the unit of its type
// decides. Different rows with one id keep all their days: the first in the order of own ids keeps the common
// id, the others use their own, whatever the order of the rows.
[[nodiscard]] std::vector<Absence> uniqueAbsences(std::vector<Absence> absences);

}  // namespace roots::personio
