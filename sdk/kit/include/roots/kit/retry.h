// When and how often to ask again: transport faults, 429 and 5xx on requests that may be repeated,
// exponential with jitter, Retry-After honoured, all inside the call's deadline and woken at once by
// cancellation. Time and chance come from a Waiter, so tests take no time.
#pragma once

#include <roots/kit/http.h>

#include <chrono>

namespace roots::kit {

// Clock, sleep and chance. One object may serve several threads.
class Waiter {
 public:
  virtual ~Waiter() = default;
  [[nodiscard]] virtual std::chrono::steady_clock::time_point now() = 0;
  // Returns early (within 250 ms) once limits.is_cancelled() says so or the deadline has passed.
  virtual void wait(std::chrono::milliseconds duration, const CallLimits &limits) = 0;
  // 0 <= chance() < 1
  [[nodiscard]] virtual double chance() = 0;
};

// The real clock.
[[nodiscard]] Waiter &realWaiter();

struct RetryPolicy {
  int max_attempts = 4;
  std::chrono::milliseconds first_delay{500};  // doubled each time, then times 0.5 ... 1
  std::chrono::milliseconds max_delay{8000};
};

// GET is repeated on transport faults (but not on cancellation, a refused certificate or a reply that
// is too large), 429 and 500 ... 599. Anything else, POST included, is repeated on 429 and on
// connection_refused only, where the service has surely not acted on it. When a wait would pass the
// deadline, or the call has used up its repetitions, the last reply or fault is returned at once.
[[nodiscard]] Result<HttpReply, TransportError> sendWithRetry(HttpTransport &transport,
                                                              const HttpRequest &request,
                                                              const CallLimits &limits,
                                                              const RetryPolicy &policy, Waiter &waiter);

// Retry-After of a reply: seconds or an HTTP date, at most an hour.
[[nodiscard]] std::optional<std::chrono::milliseconds> retryAfter(const HttpReply &reply);

}  // namespace roots::kit
