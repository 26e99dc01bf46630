// Two tasks at the same time, and a limit on retries that they share.
#include "support/catch.h"

#include <roots/kit/parallel.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

using namespace roots::kit;
using namespace std::chrono_literals;

namespace {

// Reached only by a task that is not stopped.
constexpr auto kHang = 60s;

CallLimits limitsUntil(std::chrono::milliseconds duration) {
  return {std::chrono::steady_clock::now() + duration, {}, nullptr};
}

// Waits for a condition as long as the task may run.
template <class Condition>
bool waitFor(const CallLimits &limits, Condition condition) {
  while (!condition()) {
    if (limits.cancelled() || std::chrono::steady_clock::now() > limits.deadline) return false;
    std::this_thread::sleep_for(1ms);
  }
  return true;
}

}  // namespace

TEST_CASE("two tasks run at the same time", "[parallel]") {
  std::atomic<bool> first_began{false};
  std::atomic<bool> second_began{false};
  bool first_met = false;
  bool second_met = false;
  runInParallel(
      limitsUntil(kHang),
      [&](const CallLimits &limits) {
        first_began = true;
        return first_met = waitFor(limits, [&] { return second_began.load(); });
      },
      [&](const CallLimits &limits) {
        second_began = true;
        return second_met = waitFor(limits, [&] { return first_began.load(); });
      });
  CHECK(first_met);
  CHECK(second_met);
}

TEST_CASE("the first runs on the calling thread, and only that thread checks for cancellation",
          "[parallel]") {
  const auto caller = std::this_thread::get_id();
  std::atomic<bool> asked_elsewhere{false};
  CallLimits limits = limitsUntil(kHang);
  limits.is_cancelled = [&] {
    if (std::this_thread::get_id() != caller) asked_elsewhere = true;
    return false;
  };
  std::thread::id first;
  std::thread::id second;
  runInParallel(
      limits,
      [&](const CallLimits &) {
        first = std::this_thread::get_id();
        return true;
      },
      [&](const CallLimits &given) {
        second = std::this_thread::get_id();
        for (int time = 0; time < 100; ++time) (void)given.cancelled();
        std::this_thread::sleep_for(60ms);  // the caller has to wait, and polls meanwhile
        return true;
      });
  CHECK(first == caller);
  CHECK(second != caller);
  CHECK_FALSE(asked_elsewhere);
}

TEST_CASE("a task that fails stops the other", "[parallel]") {
  const bool first_fails = GENERATE(true, false);
  bool other_stopped = false;
  const Task fails = [](const CallLimits &) { return false; };
  const Task runs_on = [&](const CallLimits &limits) {
    waitFor(limits, [] { return false; });
    other_stopped = limits.cancelled();
    return false;
  };
  const auto began = std::chrono::steady_clock::now();
  if (first_fails)
    runInParallel(limitsUntil(kHang), fails, runs_on);
  else
    runInParallel(limitsUntil(kHang), runs_on, fails);
  CHECK(other_stopped);
  CHECK(std::chrono::steady_clock::now() - began < kHang);
}

TEST_CASE("cancelling the call reaches both tasks, also after the first has ended", "[parallel]") {
  std::atomic<bool> cancelled{false};
  CallLimits limits = limitsUntil(kHang);
  limits.is_cancelled = [&] { return cancelled.load(); };
  bool second_stopped = false;
  runInParallel(
      limits,
      [&](const CallLimits &) {
        cancelled = true;
        return true;
      },
      [&](const CallLimits &given) {
        waitFor(given, [] { return false; });
        second_stopped = given.cancelled();
        return false;
      });
  CHECK(second_stopped);
}

TEST_CASE("an exception in either task is rethrown to the caller after both have ended", "[parallel]") {
  const bool in_first = GENERATE(true, false);
  std::atomic<bool> other_ended{false};
  const Task throws = [](const CallLimits &) -> bool { throw std::runtime_error("broken"); };
  const Task ends = [&](const CallLimits &) {
    std::this_thread::sleep_for(30ms);
    other_ended = true;
    return true;
  };
  if (in_first)
    CHECK_THROWS_AS(runInParallel(limitsUntil(kHang), throws, ends), std::runtime_error);
  else
    CHECK_THROWS_AS(runInParallel(limitsUntil(kHang), ends, throws), std::runtime_error);
  CHECK(other_ended);
}

TEST_CASE("in sequence, the second is not started after the first has failed", "[parallel]") {
  bool begun = false;
  const bool first_succeeds = GENERATE(true, false);
  runInSequence(
      limitsUntil(kHang), [&](const CallLimits &) { return first_succeeds; },
      [&](const CallLimits &) { return begun = true; });
  CHECK(begun == first_succeeds);
}
