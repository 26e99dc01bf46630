// What an absence is to the user: its kind (colour, legend) and its effect on the target hours. To
// change the mapping edit the tables at the top of absence_kind.cpp (categories) and absence_names.cpp.
#pragma once

#include "model/personio_model.h"

#include <roots/records.hpp>

namespace roots::personio {

struct Classification {
  Kind kind = Kind::other;
  Effect effect = Effect::time_off;
  bool is_known = false;  // false: neither table knows it, so it counts as time off
};

// Personio's category decides; the company's own name for the type decides only where the category is
// missing, unknown or uninformative ("other", "undefined", "custom_absence").
[[nodiscard]] Classification classify(const AbsenceType &type);

}  // namespace roots::personio
