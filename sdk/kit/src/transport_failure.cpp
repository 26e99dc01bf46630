#include "transport_failure.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace roots::kit {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

void fail(TransportFault fault, std::string detail) {
  throw TransportFailure{TransportError{fault, std::move(detail)}};
}

void requireTime(const CallLimits &limits) {
  if (limits.cancelled()) fail(TransportFault::cancelled, "cancelled");
  if (steady_clock::now() >= limits.deadline) fail(TransportFault::timed_out, "no answer in time");
}

milliseconds waitInterval(const CallLimits &limits) {
  constexpr milliseconds max_slice{50};
  constexpr milliseconds min_slice{1};
  const auto left = std::chrono::duration_cast<milliseconds>(limits.deadline - steady_clock::now());
  return std::clamp(left + min_slice, min_slice, max_slice);
}

}  // namespace roots::kit
