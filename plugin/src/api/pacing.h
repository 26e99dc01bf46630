// A pacer for each endpoint. Owned by a session; may be used by several threads.
#pragma once

#include "model/personio_endpoints.h"

#include <roots/kit/pacer.h>
#include <roots/kit/retry.h>

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string_view>

namespace roots::personio {

class Pacing {
 public:
  // Waits until the endpoint may be requested. If that is beyond the deadline, returns the wait at once; then
  // the endpoint must not be requested.
  [[nodiscard]] std::optional<std::chrono::milliseconds> await(const Endpoint &endpoint, kit::Waiter &waiter,
                                                               const kit::CallLimits &limits) {
    const auto now = waiter.now();
    const auto wait = of(endpoint).take(now);
    if (wait.count() <= 0) return std::nullopt;
    if (now + wait >= limits.deadline) return wait;
    waiter.wait(wait, limits);
    return std::nullopt;
  }

  void learn(const Endpoint &endpoint, const kit::HttpReply &reply, kit::Waiter &waiter) {
    of(endpoint).learn(reply, waiter.now());
  }

 private:
  kit::Pacer &of(const Endpoint &endpoint) {
    const std::lock_guard lock(mutex_);
    return pacers_.try_emplace(endpoint.name, endpoint.pace).first->second;
  }

  std::mutex mutex_;  // guards the map; its pacers guard themselves
  std::map<std::string_view, kit::Pacer> pacers_;
};

}  // namespace roots::personio
