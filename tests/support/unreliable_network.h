// An unreliable network between a host and a service on this computer, as with laptops: it goes to sleep,
// resets or refuses connections, and loses its address. A loopback relay that a test controls; TLS passes
// through unchanged. All functions can be called from any thread; a separate thread forwards the bytes.
#pragma once

#include <cstdint>
#include <memory>

namespace roots::test {

class UnreliableNetwork {
 public:
  // Forwards to a server on 127.0.0.1.
  explicit UnreliableNetwork(std::uint16_t server_port);
  ~UnreliableNetwork();
  UnreliableNetwork(const UnreliableNetwork &) = delete;
  UnreliableNetwork &operator=(const UnreliableNetwork &) = delete;

  [[nodiscard]] std::uint16_t port() const;
  // The number of connections that clients opened since the start.
  [[nodiscard]] int connections() const;

  // New connections work. Existing connections are not changed.
  void recover();
  // Existing connections stay open but forward no more bytes, as after sleep or a lost NAT entry.
  void silenceConnections();
  // The same, and new connections are accepted but forward no bytes either.
  void goSilent();
  // Existing connections are reset.
  void resetConnections();
  // Existing connections forward no more bytes and new ones are refused, as after the loss of the
  // computer's address.
  void loseAddress();
  // Existing connections are reset and new ones are refused.
  void refuse();

 private:
  class Content;
  std::unique_ptr<Content> content_;
};

}  // namespace roots::test
