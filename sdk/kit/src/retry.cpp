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
    while (now() < end && !limits.cancelled())
      std::this_thread::sleep_for(std::min<steady_clock::duration>(slice, end - now()));
  }

  double random() override {
    thread_local std::minstd_rand generator{std::random_device{}()};
    return std::uniform_real_distribution<double>(0.0, 1.0)(generator);
  }
};

bool isRetryable(const Result<HttpReply, TransportError> &outcome, bool idempotent) {
  if (!outcome) {
    switch (outcome.error().fault) {
      case TransportFault::connection_refused:
      case TransportFault::proxy_unreachable:
      case TransportFault::proxy_failed:
        return true;
      case TransportFault::name_not_found:
      case TransportFault::connection_lost:
      case TransportFault::tls_failed:
      case TransportFault::reply_not_http:
        return idempotent;
      case TransportFault::cancelled:
      case TransportFault::timed_out:  // the deadline of the whole call has passed
      case TransportFault::certificate_refused:
      case TransportFault::proxy_wants_sign_in:
      case TransportFault::proxy_sign_in_unsupported:
      case TransportFault::proxy_refused:
      case TransportFault::reply_too_large:
        return false;
    }
    return false;
  }
  // 408: the service has not received the whole request.
  const bool has_not_acted = outcome->status == 408 || outcome->status == 429;
  return has_not_acted || (idempotent && outcome->status >= 500 && outcome->status <= 599);
}

milliseconds delayBefore(int retry, const RetryPolicy &policy, Waiter &waiter) {
  auto delay = policy.first_delay;
  for (int doubled = 1; doubled < retry && delay < policy.max_delay; ++doubled) delay *= 2;
  delay = std::min(delay, policy.max_delay);
  const double share = 0.5 + waiter.random() / 2;
  return milliseconds(static_cast<milliseconds::rep>(static_cast<double>(delay.count()) * share));
}

bool mayRetry(const CallLimits &limits) {
  return limits.retries_left == nullptr || limits.retries_left->fetch_sub(1) > 0;
}

}  // namespace

Waiter &realWaiter() {
  static RealWaiter waiter;
  return waiter;
}

Result<HttpReply, TransportError> sendWithRetry(HttpTransport &transport, const HttpRequest &request,
                                                const CallLimits &limits, const RetryPolicy &policy,
                                                Waiter &waiter) {
  const bool idempotent = request.method == "GET";
  for (int attempt = 1;; ++attempt) {
    auto outcome = transport.send(request, limits);
    if (attempt >= policy.max_attempts || !isRetryable(outcome, idempotent)) return outcome;
    auto delay = delayBefore(attempt, policy, waiter);
    if (outcome.ok()) delay = retryAfter(*outcome).value_or(delay);
    if (waiter.now() + delay >= limits.deadline || !mayRetry(limits)) return outcome;
    waiter.wait(delay, limits);
    if (limits.cancelled()) return TransportError{TransportFault::cancelled, "cancelled"};
  }
}

std::string waitText(milliseconds wait) {
  const auto counted = [](auto count, const char *unit) {
    return std::to_string(count) + " " + unit + (count == 1 ? "" : "s");
  };
  using namespace std::chrono_literals;
  if (wait <= 180s) return counted(std::chrono::ceil<std::chrono::seconds>(wait).count(), "second");
  if (wait <= 180min) return counted(std::chrono::ceil<std::chrono::minutes>(wait).count(), "minute");
  return counted(std::chrono::ceil<std::chrono::hours>(wait).count(), "hour");
}

}  // namespace roots::kit
