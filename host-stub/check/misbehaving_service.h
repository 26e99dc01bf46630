// Loopback services with faulty connections: one resets them, one never replies, and a relay to a real
// service stops forwarding. Their own sockets are closed in children and raise no signal, so every finding
// concerns the plugin.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace roots::check {

// Listens on 127.0.0.1; derived classes accept.
class Listener {
 public:
  Listener();
  ~Listener();
  Listener(const Listener &) = delete;
  Listener &operator=(const Listener &) = delete;

  [[nodiscard]] std::string address() const;  // "http://127.0.0.1:PORT"
  [[nodiscard]] int socket() const { return socket_; }

 private:
  int socket_;
  std::uint16_t port_ = 0;
};

// Accepts nothing, so every client waits for a reply.
using SilentService = Listener;

// Resets each connection at a different time: immediately, after the request, and after a complete reply.
class ResettingService {
 public:
  static constexpr int kWays = 4;

  ResettingService();
  ~ResettingService();
  ResettingService(const ResettingService &) = delete;
  ResettingService &operator=(const ResettingService &) = delete;

  [[nodiscard]] std::string address() const { return listener_.address(); }

 private:
  void acceptAll();

  Listener listener_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

// Forwards connections to a port of this computer until they are silenced: later data is read and
// discarded. New connections are forwarded.
class SilencingRelay {
 public:
  explicit SilencingRelay(std::uint16_t to_port);
  ~SilencingRelay();
  SilencingRelay(const SilencingRelay &) = delete;
  SilencingRelay &operator=(const SilencingRelay &) = delete;

  [[nodiscard]] std::string address() const { return listener_.address(); }
  void silenceConnections() { ++silences_; }
  // Whether a request arrived over a silent connection.
  [[nodiscard]] bool hasUnansweredRequest() const { return has_unanswered_request_; }

 private:
  struct Pair {
    int client;
    int service;
    int silences;  // at the time of its creation
  };
  void run();
  void accept(std::vector<Pair> &pairs) const;
  // False: the connection was closed.
  bool forward(const Pair &pair);

  std::uint16_t to_port_;
  Listener listener_;
  std::atomic<int> silences_{0};
  std::atomic<bool> has_unanswered_request_{false};
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace roots::check
