// Listening sockets on loopback, and one that drops every connection attempt.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace roots::test {

// The descriptor of a listening socket, on any free port for 0. Throws std::runtime_error.
[[nodiscard]] int listenAt(const std::string &address, std::uint16_t port, int backlog);
[[nodiscard]] std::uint16_t portOf(int listener);

// An address that accepts no more connections, because those in its backlog are never accepted: a further
// attempt gets no reply, as from a host behind a firewall that drops packets.
class SilentAddress {
 public:
  explicit SilentAddress(const std::string &address, std::uint16_t port = 0);
  ~SilentAddress();
  SilentAddress(const SilentAddress &) = delete;
  SilentAddress &operator=(const SilentAddress &) = delete;

  [[nodiscard]] std::uint16_t port() const;

 private:
  int listener_;
  std::vector<int> waiting_;
};

}  // namespace roots::test
