// A loopback server whose bytes are controlled by the test, plain or over TLS: for behavior that no correct
// server has. The script runs in a separate thread for each connection.
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
  virtual bool performHandshake() = 0;                        // starts TLS; false: it failed
  virtual std::string readRequest() = 0;                      // up to the empty line; "": closed
  virtual bool send(const std::string &bytes) = 0;            // false: the peer has closed the connection
  virtual void closeInOrder() = 0;                            // TLS: with close_notify
  virtual void cut() = 0;                                     // closes without close_notify
  virtual void reset() = 0;                                   // RST instead of FIN
  virtual void wait(std::chrono::milliseconds duration) = 0;  // ends early if the server stops
};

struct RawServerOptions {
  std::optional<Certificate> certificate;  // nothing: plain
  int newest_tls = 0;                      // for example TLS1_1_VERSION; 0: any
  std::string ciphers = "";                // of TLS 1.2 and older, by OpenSSL's names; "": the defaults
  bool accept = true;                      // false: connections wait forever
  std::string address = "127.0.0.1";       // of this computer: "127.0.0.2", "::1"
  std::uint16_t port = 0;                  // 0: any free port
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
  // All received bytes of requests, decrypted.
  [[nodiscard]] std::string received() const;
  // The number of sent reply bytes, before encryption.
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
