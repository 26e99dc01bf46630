// Finds one person by email without downloading the company, and if that fails, finds out why. Compares
// exactly, upper and lower case included.
#pragma once

#include "personio_model.h"
#include "requests.h"

#include <roots/result.hpp>

#include <string_view>

namespace roots::personio {

// One request when the person is found; up to two more to tell why not.
[[nodiscard]] Result<Employee> findEmployee(Requests &requests, std::string_view email,
                                            const kit::CallLimits &limits);

}  // namespace roots::personio
