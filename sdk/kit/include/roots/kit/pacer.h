// Keeps requests below a service's rate limit, so that none is refused: a token bucket that refills over
// time. The service's own figures replace the documented ones as soon as it sends them.
#pragma once

#include <roots/kit/http.h>

#include <chrono>
#include <mutex>

namespace roots::kit {

// May be used by several threads at the same time. Time is passed in.
class Pacer {
 public:
  struct Limit {
    double per_second = 1;
    int burst = 1;  // how many at once after a pause
  };
  using Time = std::chrono::steady_clock::time_point;

  explicit Pacer(Limit limit) : limit_(limit), permits_(limit.burst) {}

  // Takes a permit, and returns how long to wait before using it.
  [[nodiscard]] std::chrono::milliseconds take(Time now);

  // Reads x-ratelimit-replenish-rate (per second), -burst-capacity and -remaining, each if it is there and
  // makes sense.
  void learn(const HttpReply &reply, Time now);

 private:
  void refill(Time now);

  std::mutex mutex_;  // guards what follows
  Limit limit_;
  double permits_;  // below 0: permits that were taken in advance
  Time filled_{};
};

}  // namespace roots::kit
