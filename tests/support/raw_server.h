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
  virtual bool shakeHands() = 0;                              // TLS from here on; false: it failed
  virtual std::string readRequest() = 0;                      // up to the empty line; "": closed
  virtual bool send(const std::string &bytes) = 0;            // false: nobody takes them any more
  virtual void closeInOrder() = 0;                            // TLS: with close_notify
  virtual void cut() = 0;                                     // no farewell
  virtual void wait(std::chrono::milliseconds duration) = 0;  // ends early when the server stops
};

struct RawServerOptions {
  std::optional<Certificate> certificate;  // nothing: plain
  int newest_tls = 0;                      // TLS1_1_VERSION and its like; 0: any
  std::string ciphers = "";                // of TLS 1.2 and older, as OpenSSL names them; "": the usual ones
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
  // How many bytes of replies it got rid of, before any encryption.
  [[nodiscard]] std::size_t sent() const { return sent_; }

  void remember(const std::string &bytes);
  void countSent(std::size_t count) { sent_ += count; }
  [[nodiscard]] bool stopping() const { return stopping_; }

 private:
  void acceptAll();

  Script script_;
  RawServerOptions options_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> stopping_{false};
  std::atomic<int> connections_{0};
  std::atomic<std::size_t> sent_{0};
  mutable std::mutex mutex_;
  std::string received_;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

}  // namespace roots::test
