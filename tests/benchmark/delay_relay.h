// Distance on loopback: hands bytes on between clients and a server, each half a round trip later, as many as
// there are. Whoever connects waits a round trip more, as for TCP's handshake: the bytes of a connection
// leave one round trip after it was opened, at the earliest. TLS runs through it as it is.
//
// It sees who waits for whom. An exchange is what a client says until it is answered, up to the last byte of
// the answer; opening a connection is one, too. The longest row of exchanges of which each began after the
// one before it had ended is what the client waited for: its critical path, in round trips.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace roots::benchmarks {

class DelayRelay {
 public:
  // Towards a server on this computer, until destruction. One thread of its own.
  DelayRelay(std::uint16_t server_port, std::chrono::milliseconds round_trip);
  ~DelayRelay();
  DelayRelay(const DelayRelay &) = delete;
  DelayRelay &operator=(const DelayRelay &) = delete;

  [[nodiscard]] std::uint16_t port() const;

  // Since the start, or since forget().
  [[nodiscard]] int roundTripsInARow() const;
  [[nodiscard]] std::size_t bytesToClients() const;
  // What clients said, piece by piece, in the order in which it came.
  [[nodiscard]] std::vector<std::string> said() const;
  void forget();

 private:
  class Content;
  std::unique_ptr<Content> content_;
};

}  // namespace roots::benchmarks
