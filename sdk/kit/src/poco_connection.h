// One TCP or TLS connection whose every wait is cut into short slices on the calling thread, so that a
// deadline and a cancellation end it at once. Sockets are non-blocking throughout: that is what makes
// Poco's own time-outs (doubled over TLS, none for the whole) irrelevant, and it needs no second thread.
// One thread at a time.
#pragma once

#include "poco_reply.h"

#include <roots/kit/http.h>
#include <roots/kit/proxy.h>
#include <roots/kit/url.h>

#include <Poco/Net/Context.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>

#include <string>
#include <string_view>

namespace roots::kit {

// Thrown inside the transport only; send() turns it into a value.
struct TransportFailure {
  TransportError error;
};

[[noreturn]] void fail(TransportFault fault, std::string detail);

class PocoConnection final : public ByteSource {
 public:
  // Resolves, connects to the first address that answers, and completes the TLS handshake if context is
  // not null: through a tunnel of the proxy, if there is one. Nothing is sent over a connection whose
  // certificate was not verified, but for the proxy's own part.
  PocoConnection(const BaseUrl &url, const std::optional<Proxy> &proxy, Poco::Net::Context::Ptr context,
                 const CallLimits &limits);
  ~PocoConnection() override;
  PocoConnection(const PocoConnection &) = delete;
  PocoConnection &operator=(const PocoConnection &) = delete;

  void write(std::string_view bytes, const CallLimits &limits);
  [[nodiscard]] bool readSome(std::string &into, const CallLimits &limits) override;
  // Whether it is still open with nothing left to read, as a kept connection should be.
  [[nodiscard]] bool isIdle();

 private:
  void connectToAny(const std::string &host, std::uint16_t port, const CallLimits &limits);
  void openTunnel(const BaseUrl &url, const Proxy &proxy, const CallLimits &limits);
  void connectTo(const Poco::Net::SocketAddress &address, const CallLimits &limits);
  void shakeHands(const std::string &host, const Poco::Net::Context::Ptr &context, const CallLimits &limits);
  void waitFor(int poll_mode, const CallLimits &limits);

  Poco::Net::StreamSocket socket_;  // a SecureStreamSocket after shakeHands()
  bool secure_ = false;
};

}  // namespace roots::kit
