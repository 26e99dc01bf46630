#include <roots/kit/retry.h>

#include <algorithm>
#include <random>
#include <thread>

namespace roots::kit {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

class RealWaiter final : public Waiter {
 public:
  steady_clock::time_point now() override { return steady_clock::now(); }

  void wait(milliseconds duration, const CallLimits &limits) override {
    constexpr milliseconds slice{50};
    const auto end = std::min(now() + duration, limits.deadline);
    while (now() < end && !limits.cancelled()) {
      std::this_thread::sleep_for(std::min<steady_clock::duration>(slice, end - now()));
    }
  }

  double chance() override {
    thread_local std::minstd_rand generator{std::random_device{}()};
    return std::uniform_real_distribution<double>(0.0, 1.0)(generator);
  }
};

bool isWorthRepeating(const Result<HttpReply, TransportError> &outcome, bool repeatable) {
  if (!outcome) {
    switch (outcome.error().fault) {
      case TransportFault::connection_refused:
      case TransportFault::proxy_unreachable:
        return true;
      case TransportFault::name_not_found:
      case TransportFault::connection_lost:
      case TransportFault::tls_failed:
      case TransportFault::reply_not_http:
        return repeatable;
      case TransportFault::cancelled:
      case TransportFault::timed_out:  // the deadline of the whole call has passed
      case TransportFault::certificate_refused:
      case TransportFault::proxy_wants_sign_in:
      case TransportFault::proxy_refused:
      case TransportFault::reply_too_large:
        return false;
    }
    return false;
  }
  return outcome->status == 429 || (repeatable && outcome->status >= 500 && outcome->status <= 599);
}

milliseconds delayBefore(int repetition, const RetryPolicy &policy, Waiter &waiter) {
  auto delay = policy.first_delay;
  for (int doubled = 1; doubled < repetition && delay < policy.max_delay; ++doubled) delay *= 2;
  delay = std::min(delay, policy.max_delay);
  const double share = 0.5 + waiter.chance() / 2;
  return milliseconds(static_cast<milliseconds::rep>(static_cast<double>(delay.count()) * share));
}

bool mayRepeatOnceMore(const CallLimits &limits) {
  return limits.repetitions_left == nullptr || limits.repetitions_left->fetch_sub(1) > 0;
}

}  // namespace

Waiter &realWaiter() {
  static RealWaiter waiter;
  return waiter;
}

Result<HttpReply, TransportError> sendWithRetry(HttpTransport &transport, const HttpRequest &request,
                                                const CallLimits &limits, const RetryPolicy &policy,
                                                Waiter &waiter) {
  const bool repeatable = request.method == "GET";
  for (int attempt = 1;; ++attempt) {
    auto outcome = transport.send(request, limits);
    if (attempt >= policy.max_attempts || !isWorthRepeating(outcome, repeatable)) return outcome;
    auto delay = delayBefore(attempt, policy, waiter);
    if (outcome.ok()) delay = retryAfter(*outcome).value_or(delay);
    if (waiter.now() + delay >= limits.deadline || !mayRepeatOnceMore(limits)) return outcome;
    waiter.wait(delay, limits);
    if (limits.cancelled()) return TransportError{TransportFault::cancelled, "cancelled"};
  }
}

}  // namespace roots::kit
