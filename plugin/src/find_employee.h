// Finds one person by email without downloading the company, and if that fails, finds out why. Compares
// exactly, upper and lower case included.
#pragma once

#include "call_context.h"
#include "personio_api.h"
#include "personio_model.h"

#include <roots/result.hpp>

#include <string_view>

namespace roots::personio {

// One request when the person is found; up to two more to tell why not.
[[nodiscard]] Result<Employee> findEmployee(PersonioApi &api, std::string_view email,
                                            const CallContext &context);

}  // namespace roots::personio
