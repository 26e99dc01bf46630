// What the user should know about profile and balances although nothing failed: sentences, and whether they
// are due. Pure functions.
// None names a type of absence or a balance, because it may reveal health data.
#pragma once

#include "model/personio_model.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace roots::personio {

// Only the lookup failed.
[[nodiscard]] std::string profileUnreadable();
// About the profile: at most one sentence each for status and employment dates.
[[nodiscard]] std::vector<std::string> noticesOf(const Employee &employee);
// hundredths: the amount as Personio sends it, if it does.
[[nodiscard]] std::string unitUnknown(std::optional<std::int64_t> hundredths);

}  // namespace roots::personio
