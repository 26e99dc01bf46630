// Classifies a type of absence by the name that the company gave it, in six languages. Used where Personio's
// category is uninformative. To change the mapping edit the table at the top of absence_names.cpp, nothing
// else.
#pragma once

#include "absences/absence_kind.h"

#include <optional>
#include <string_view>

namespace roots::personio {

// A row of the tables that map categories and names to kinds.
struct KindRule {
  std::string_view pattern;
  Kind kind;
  Effect effect = Effect::time_off;
};

// nullopt: no row matches the name.
[[nodiscard]] std::optional<Classification> classifyByName(std::string_view name);

}  // namespace roots::personio
