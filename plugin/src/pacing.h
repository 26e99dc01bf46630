// A pacer for each endpoint. Owned by a session; may be used by several threads.
#pragma once

#include "personio_endpoints.h"

#include <roots/kit/pacer.h>
#include <roots/kit/retry.h>

#include <map>
#include <mutex>
#include <string_view>

namespace roots::personio {

class Pacing {
 public:
  // Waits until the endpoint may be asked, no longer than the limits allow.
  void await(const Endpoint &endpoint, kit::Waiter &waiter, const kit::CallLimits &limits) {
    const auto wait = of(endpoint).take(waiter.now());
    if (wait.count() > 0) waiter.wait(wait, limits);
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
