// The rule at the end of a time zone file, which holds for all years after its table:
// "CET-1CEST,M3.5.0,M10.5.0/3" (POSIX "TZ", with the longer hours of RFC 8536). Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace roots::personio {

// What local clocks are ahead of universal time at the moment; nullopt if the rule cannot be read.
[[nodiscard]] std::optional<std::chrono::seconds> offsetByRule(std::string_view rule,
                                                               std::chrono::sys_seconds moment);

}  // namespace roots::personio
