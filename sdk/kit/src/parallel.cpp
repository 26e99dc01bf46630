#include <roots/kit/parallel.h>

#include "signals.h"

#include <atomic>
#include <chrono>
#include <future>
#include <system_error>

namespace roots::kit {

void runInSequence(const CallLimits &limits, const Task &first, const Task &second) {
  if (first(limits)) second(limits);
}

void runInParallel(const CallLimits &limits, const Task &first, const Task &second) {
  std::atomic<bool> stop{false};
  const auto ask = [&] {
    if (limits.cancelled()) stop = true;
    return stop.load();
  };
  CallLimits limits_of_second = limits;
  limits_of_second.is_cancelled = [&] { return stop.load(); };
  std::future<void> other;
  try {
    const SignalsHeld held;  // the new thread inherits it
    other = std::async(std::launch::async, [&] {
      if (!second(limits_of_second)) stop = true;
    });
  } catch (const std::system_error &) {
    runInSequence(limits, first, second);
    return;
  }
  // From here on the future's destructor waits for the thread, whatever happens.
  CallLimits limits_of_first = limits;
  limits_of_first.is_cancelled = ask;
  try {
    if (!first(limits_of_first)) stop = true;
  } catch (...) {
    stop = true;
    throw;
  }
  constexpr std::chrono::milliseconds slice{20};
  while (other.wait_for(slice) != std::future_status::ready) ask();
  other.get();
}

}  // namespace roots::kit
