// A corporate proxy on loopback: opens tunnels to any port of this computer, or misbehaves as configured.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace roots::test {

struct ProxyBehaviour {
  std::string authorization;     // "Basic ..." that it requires; "": none
  std::string answer;            // sent instead of opening a tunnel
  bool silent = false;           // never replies
  bool close = false;            // closes instead of replying
  int answers = 0;               // how often it sends that reply before it opens tunnels; 0: always
  std::string offers = "Basic";  // to clients without authorization
};

class ProxyServer {
 public:
  explicit ProxyServer(ProxyBehaviour behaviour = {});
  ~ProxyServer();
  ProxyServer(const ProxyServer &) = delete;
  ProxyServer &operator=(const ProxyServer &) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  // The heads of all requests that it received.
  [[nodiscard]] std::string heads() const;
  // All bytes through tunnels towards servers.
  [[nodiscard]] std::string tunnelled() const;

 private:
  void acceptAll();
  void serve(int client);
  void forward(int client, int server);
  [[nodiscard]] bool waitReadable(int socket) const;

  ProxyBehaviour behaviour_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> stopping_{false};
  std::atomic<int> answered_{0};
  mutable std::mutex mutex_;
  std::string heads_;
  std::string tunnelled_;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

}  // namespace roots::test
