// What the provider uses of the world around it; tests replace it.
#pragma once

#include "api/personio_session.h"

#include <roots/kit/http.h>
#include <roots/kit/http_transport.h>
#include <roots/kit/parallel.h>
#include <roots/kit/retry.h>
#include <roots/result.hpp>

#include <chrono>
#include <functional>
#include <memory>

namespace roots::personio {

struct Environment {
  std::function<Result<std::unique_ptr<kit::HttpTransport>>(kit::TransportOptions)> make_transport =
      kit::makeHttpTransport;
  kit::Waiter *waiter = &kit::realWaiter();
  kit::RunTasks run_tasks = kit::runInParallel;
  WallClock clock = std::chrono::system_clock::now;
};

}  // namespace roots::personio
