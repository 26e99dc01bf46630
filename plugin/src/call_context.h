// What every step of one provider call needs to know: whom to tell about progress, and when to stop.
// Lives on the stack of the call; passed down by reference.
#pragma once

#include <roots/kit/http.h>
#include <roots/provider.hpp>

#include <algorithm>
#include <chrono>

namespace roots::personio {

struct CallContext {
  // The sooner of the host's deadline and the user's own time limit applies.
  CallContext(const Call &host_call, std::chrono::steady_clock::time_point now,
              std::chrono::seconds time_limit)
      : call(host_call), limits{std::min(host_call.deadline(), now + time_limit), [this] {
                                  return call.cancelled();
                                }} {}
  CallContext(const CallContext &) = delete;
  CallContext &operator=(const CallContext &) = delete;

  const Call &call;
  kit::CallLimits limits;
};

}  // namespace roots::personio
