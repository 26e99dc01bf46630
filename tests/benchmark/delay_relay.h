// Network latency on loopback: forwards bytes between clients and a server, each with a delay of half a
// round trip, at any rate. Connecting takes one more round trip, like TCP's handshake: the bytes of a
// connection leave at the earliest one round trip after it was opened. TLS passes through unchanged.
//
// It records which side waits. An exchange is what a client sends and its reply, up to the last byte;
// opening a connection is also one. The longest chain of exchanges that each started after the previous one
// had ended is the client's critical path, in round trips.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace roots::benchmarks {

class DelayRelay {
 public:
  // To a server on this computer, until destruction. Runs in a separate thread.
  DelayRelay(std::uint16_t server_port, std::chrono::milliseconds round_trip);
  ~DelayRelay();
  DelayRelay(const DelayRelay &) = delete;
  DelayRelay &operator=(const DelayRelay &) = delete;

  [[nodiscard]] std::uint16_t port() const;

  // Since the start, or since forget().
  [[nodiscard]] int roundTripsInARow() const;
  [[nodiscard]] std::size_t bytesToClients() const;
  // The bytes that clients sent, in order of arrival.
  [[nodiscard]] std::vector<std::string> said() const;
  void forget();

 private:
  class Content;
  std::unique_ptr<Content> content_;
};

}  // namespace roots::benchmarks
