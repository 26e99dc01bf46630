// Retries with exponential backoff and jitter: transport faults, 408, 429 and 5xx on idempotent requests.
// Retry-After is honoured; everything ends with the call's deadline and with its cancellation. Time and
// random numbers come from a Waiter, so tests take no time.
#pragma once

#include <roots/kit/http.h>

#include <chrono>
#include <string>

namespace roots::kit {

// Clock, sleep and random numbers. One object may serve several threads.
class Waiter {
 public:
  virtual ~Waiter() = default;
  [[nodiscard]] virtual std::chrono::steady_clock::time_point now() = 0;
  // Returns early (within 250 ms) once limits.is_cancelled() says so or the deadline has passed.
  virtual void wait(std::chrono::milliseconds duration, const CallLimits &limits) = 0;
  // 0 <= random() < 1
  [[nodiscard]] virtual double random() = 0;
};

// The real clock.
[[nodiscard]] Waiter &realWaiter();

struct RetryPolicy {
  int max_attempts = 4;
  std::chrono::milliseconds first_delay{500};  // doubled each time, then times 0.5 ... 1
  std::chrono::milliseconds max_delay{8000};
};

// GET is retried on transport faults (but not on cancellation, a refused certificate or a reply that is too
// large), 408, 429 and 500 ... 599. Any other method, such as POST, is retried on 408, on 429 and if the
// service was not reached: then it cannot have acted on the request. If the wait would exceed the deadline,
// or the call has no retries left, the last reply or fault is returned at once.
[[nodiscard]] Result<HttpReply, TransportError> sendWithRetry(HttpTransport &transport,
                                                              const HttpRequest &request,
                                                              const CallLimits &limits,
                                                              const RetryPolicy &policy, Waiter &waiter);

// Retry-After of a reply: seconds or an HTTP date, from one second to 24 days, by the clock of the service
// if the reply has a date. nullopt: not there, not understood, or a date that has passed.
[[nodiscard]] std::optional<std::chrono::milliseconds> retryAfter(const HttpReply &reply);

// "1 second", "90 seconds", "20 minutes", "24 hours": never less than there is to wait.
[[nodiscard]] std::string waitText(std::chrono::milliseconds wait);

}  // namespace roots::kit
