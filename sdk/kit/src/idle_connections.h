// Pool of idle connections for later requests. Knows how long each was idle, and how long the service usually
// takes until its first byte. For any thread.
#pragma once

#include <roots/kit/http.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <vector>

namespace roots::kit {

class PocoConnection;

class IdleConnections {
 public:
  explicit IdleConnections(std::chrono::milliseconds longest_idle);
  ~IdleConnections();
  IdleConnections(const IdleConnections &) = delete;
  IdleConnections &operator=(const IdleConnections &) = delete;

  // One that appears to be open; nullptr: there is none. Those that were idle for too long are closed.
  [[nodiscard]] std::unique_ptr<PocoConnection> take();
  [[nodiscard]] bool holdsOne();
  void keep(std::unique_ptr<PocoConnection> connection);
  // For when one turned out to be dead: the others probably are, too.
  void closeAll();

  // How long to wait for a reply on a reused connection before it is considered dead: a fraction of the time
  // left of the call, and longer than the service usually takes.
  [[nodiscard]] std::chrono::steady_clock::time_point idleLimit(const CallLimits &limits) const;
  void firstByteTook(std::chrono::steady_clock::duration time);

 private:
  struct Kept {
    std::unique_ptr<PocoConnection> connection;
    std::chrono::nanoseconds since;
  };
  using Closed = std::vector<Kept>;

  // The lock must be held. The caller closes what is dropped, after releasing it.
  void dropTooOld(Closed &closed);

  const std::chrono::milliseconds longest_idle_;
  mutable std::mutex mutex_;  // guards what follows
  std::vector<Kept> kept_;
  std::chrono::steady_clock::duration usual_first_byte_{0};
};

}  // namespace roots::kit
