// Finds one person by email without downloading the company, and if that fails, finds out why. Compares
// exactly, upper and lower case included; only white space around the profile's email does not count.
#pragma once

#include "api/requests.h"
#include "model/personio_model.h"

#include <roots/result.hpp>

#include <string_view>

namespace roots::personio {

// One request when the person is found; up to three more to find out why not.
[[nodiscard]] Result<Employee> findEmployee(Requests &requests, std::string_view email,
                                            const kit::CallLimits &limits);

}  // namespace roots::personio
