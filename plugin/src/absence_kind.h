// What an absence is to the user: its kind (colour, legend) and its effect on the target hours. To
// change the mapping edit the two tables at the top of absence_kind.cpp, nothing else.
#pragma once

#include "personio_model.h"

#include <roots/records.hpp>

namespace roots::personio {

struct Classification {
  Kind kind = Kind::other;
  Effect effect = Effect::time_off;
  bool is_known = false;  // false: neither table knows it, so it counts as time off
};

// Personio's category decides; the company's own name for the type decides only where the category is
// missing, unknown or says nothing ("other", "undefined", "custom_absence").
[[nodiscard]] Classification classify(const AbsenceType &type);

}  // namespace roots::personio
