// A server on loopback whose every byte a test decides, plain or over TLS: for what no well-behaved server
// does. The script runs in a thread of its own for each connection.
#pragma once

#include "support/certificates.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace roots::test {

// One accepted connection.
class Peer {
 public:
  virtual ~Peer() = default;
  virtual bool shakeHands() = 0;                              // TLS only; false: it failed
  virtual std::string readRequest() = 0;                      // up to the empty line; "": closed
  virtual void send(const std::string &bytes) = 0;            // ignores a closed connection
  virtual void closeInOrder() = 0;                            // TLS: with close_notify
  virtual void cut() = 0;                                     // no farewell
  virtual void wait(std::chrono::milliseconds duration) = 0;  // ends early when the server stops
};

struct RawServerOptions {
  std::optional<Certificate> certificate;  // nothing: plain
  bool old_tls_only = false;               // TLS 1.1 and no newer
  bool accept = true;                      // false: connections wait for ever
};

class RawServer {
 public:
  using Script = std::function<void(Peer &)>;
  RawServer(Script script, const RawServerOptions &options = {});
  ~RawServer();
  RawServer(const RawServer &) = delete;
  RawServer &operator=(const RawServer &) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] int connections() const { return connections_; }
  // All bytes of requests that arrived, decrypted.
  [[nodiscard]] std::string received() const;

  void remember(const std::string &bytes);
  [[nodiscard]] bool stopping() const { return stopping_; }

 private:
  void acceptAll();

  Script script_;
  RawServerOptions options_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> stopping_{false};
  std::atomic<int> connections_{0};
  mutable std::mutex mutex_;
  std::string received_;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

}  // namespace roots::test
