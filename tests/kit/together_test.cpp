// Two pieces of work at the same time, and a limit to repetitions that they share.
#include "support/catch.h"

#include <roots/kit/together.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

using namespace roots::kit;
using namespace std::chrono_literals;

namespace {

CallLimits limitsUntil(std::chrono::milliseconds duration) {
  return {std::chrono::steady_clock::now() + duration, {}, nullptr};
}

// Waits for a condition as long as the piece may run.
template <class Condition>
bool waitFor(const CallLimits &limits, Condition condition) {
  while (!condition()) {
    if (limits.cancelled() || std::chrono::steady_clock::now() > limits.deadline) return false;
    std::this_thread::sleep_for(1ms);
  }
  return true;
}

}  // namespace

TEST_CASE("two pieces are under way at the same time", "[together]") {
  std::atomic<bool> first_began{false};
  std::atomic<bool> second_began{false};
  bool first_met = false;
  bool second_met = false;
  runTogether(
      limitsUntil(5s),
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

TEST_CASE("the first runs on the calling thread, and only that thread asks whether the call is cancelled",
          "[together]") {
  const auto caller = std::this_thread::get_id();
  std::atomic<bool> asked_elsewhere{false};
  CallLimits limits = limitsUntil(5s);
  limits.is_cancelled = [&] {
    if (std::this_thread::get_id() != caller) asked_elsewhere = true;
    return false;
  };
  std::thread::id first;
  std::thread::id second;
  runTogether(
      limits,
      [&](const CallLimits &) {
        first = std::this_thread::get_id();
        return true;
      },
      [&](const CallLimits &given) {
        second = std::this_thread::get_id();
        for (int time = 0; time < 100; ++time) (void)given.cancelled();
        std::this_thread::sleep_for(60ms);  // the caller has to wait, and asks meanwhile
        return true;
      });
  CHECK(first == caller);
  CHECK(second != caller);
  CHECK_FALSE(asked_elsewhere);
}

TEST_CASE("a piece that fails stops the other", "[together]") {
  const bool first_fails = GENERATE(true, false);
  bool other_stopped = false;
  const Piece fails = [](const CallLimits &) { return false; };
  const Piece runs_on = [&](const CallLimits &limits) {
    waitFor(limits, [] { return false; });
    other_stopped = limits.cancelled();
    return false;
  };
  const auto began = std::chrono::steady_clock::now();
  if (first_fails) {
    runTogether(limitsUntil(5s), fails, runs_on);
  } else {
    runTogether(limitsUntil(5s), runs_on, fails);
  }
  CHECK(other_stopped);
  CHECK(std::chrono::steady_clock::now() - began < 4s);
}

TEST_CASE("cancelling the call reaches both pieces, also after the first has ended", "[together]") {
  std::atomic<bool> cancelled{false};
  CallLimits limits = limitsUntil(5s);
  limits.is_cancelled = [&] { return cancelled.load(); };
  bool second_stopped = false;
  runTogether(
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

TEST_CASE("an exception in either piece arrives at the caller, after both have ended", "[together]") {
  const bool in_first = GENERATE(true, false);
  std::atomic<bool> other_ended{false};
  const Piece throws = [](const CallLimits &) -> bool { throw std::runtime_error("broken"); };
  const Piece ends = [&](const CallLimits &) {
    std::this_thread::sleep_for(30ms);
    other_ended = true;
    return true;
  };
  if (in_first) {
    CHECK_THROWS_AS(runTogether(limitsUntil(5s), throws, ends), std::runtime_error);
  } else {
    CHECK_THROWS_AS(runTogether(limitsUntil(5s), ends, throws), std::runtime_error);
  }
  CHECK(other_ended);
}

TEST_CASE("one after the other, the second is not begun once the first has failed", "[together]") {
  bool begun = false;
  const bool first_succeeds = GENERATE(true, false);
  runOneAfterTheOther(
      limitsUntil(5s), [&](const CallLimits &) { return first_succeeds; },
      [&](const CallLimits &) { return begun = true; });
  CHECK(begun == first_succeeds);
}
