// Moments as they are kept: seconds since 1970.
#pragma once

#include <chrono>
#include <cstdint>

namespace roots::personio {

[[nodiscard]] inline std::int64_t toUnixSeconds(std::chrono::system_clock::time_point time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

[[nodiscard]] inline std::chrono::system_clock::time_point fromUnixSeconds(std::int64_t seconds) {
  return std::chrono::system_clock::time_point(
      std::chrono::duration_cast<std::chrono::system_clock::duration>(std::chrono::seconds(seconds)));
}

}  // namespace roots::personio
