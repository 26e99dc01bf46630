#include "idle_connections.h"

#include "poco_connection.h"
#include "system.h"

#include <algorithm>
#include <utility>

namespace roots::kit {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kMaxIdleConnections = 4;
// How long to wait for a reply on a reused connection. Requests to a service that usually takes more than
// half of the maximum use new connections: a missing reply would be inconclusive, and sending each request
// twice would slow the service down further.
constexpr milliseconds kMinPatience{2000};
constexpr milliseconds kMaxPatience{5000};

}  // namespace

IdleConnections::IdleConnections(milliseconds longest_idle) : longest_idle_(longest_idle) {}
IdleConnections::~IdleConnections() = default;

void IdleConnections::dropTooOld(Closed &closed) {
  const auto oldest = system::timeWithSleep() - longest_idle_;
  const auto first_old = std::stable_partition(kept_.begin(), kept_.end(),
                                               [&](const Kept &kept) { return kept.since >= oldest; });
  std::move(first_old, kept_.end(), std::back_inserter(closed));
  kept_.erase(first_old, kept_.end());
}

std::unique_ptr<PocoConnection> IdleConnections::take() {
  Closed closed;
  const std::lock_guard lock(mutex_);
  dropTooOld(closed);
  if (2 * usual_first_byte_ > kMaxPatience) return nullptr;
  while (!kept_.empty()) {
    Kept last = std::move(kept_.back());
    kept_.pop_back();
    if (last.connection->isIdle()) return std::move(last.connection);
    closed.push_back(std::move(last));
  }
  return nullptr;
}

bool IdleConnections::holdsOne() {
  Closed closed;
  const std::lock_guard lock(mutex_);
  dropTooOld(closed);
  while (!kept_.empty() && !kept_.back().connection->isIdle()) {
    closed.push_back(std::move(kept_.back()));
    kept_.pop_back();
  }
  return !kept_.empty();
}

void IdleConnections::keep(std::unique_ptr<PocoConnection> connection) {
  const std::lock_guard lock(mutex_);
  if (kept_.size() < kMaxIdleConnections) kept_.push_back({std::move(connection), system::timeWithSleep()});
}

void IdleConnections::closeAll() {
  Closed closed;
  const std::lock_guard lock(mutex_);
  closed.swap(kept_);
}

steady_clock::time_point IdleConnections::idleLimit(const CallLimits &limits) const {
  constexpr int share = 4;
  const auto now = steady_clock::now();
  const std::lock_guard lock(mutex_);
  const auto patience = std::clamp<steady_clock::duration>(2 * usual_first_byte_, kMinPatience, kMaxPatience);
  return now + std::min(patience, (limits.deadline - now) / share);
}

// A slow reply takes effect at once, a fast one gradually.
void IdleConnections::firstByteTook(steady_clock::duration time) {
  const std::lock_guard lock(mutex_);
  usual_first_byte_ = std::max(time, usual_first_byte_ - usual_first_byte_ / 4);
}

}  // namespace roots::kit
