// What every step of one provider call needs: where to report progress, when to stop, and how many retries
// are left. Lives on the stack of the call; passed down by reference.
#pragma once

#include <roots/kit/http.h>
#include <roots/provider.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>

namespace roots::personio {

struct CallContext {
  // The sooner of the host's deadline and the user's own time limit applies.
  CallContext(const Call &host_call, std::chrono::steady_clock::time_point now,
              std::chrono::seconds time_limit)
      : call(host_call),
        limits{std::min(host_call.deadline(), now + time_limit), [this] { return call.cancelled(); },
               &retries_left} {}
  CallContext(const CallContext &) = delete;
  CallContext &operator=(const CallContext &) = delete;

  // Of all requests of the call together. A call makes about five requests; more failures than this are not
  // transient.
  static constexpr int kMaxRetries = 8;

  const Call &call;
  std::atomic<int> retries_left{kMaxRetries};
  kit::CallLimits limits;
};

}  // namespace roots::personio
