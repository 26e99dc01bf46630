// One TCP or TLS connection that waits in short slices on the calling thread, so that a deadline and a
// cancellation end it at once. Sockets are non-blocking throughout, which makes Poco's own timeouts (doubled
// over TLS, none for the whole) irrelevant and needs no second thread. SIGPIPE is blocked whenever the socket
// may be written to (signals.h). One thread at a time.
#pragma once

#include "poco_reply.h"
#include "transport_failure.h"

#include <roots/kit/http.h>
#include <roots/kit/http_transport.h>
#include <roots/kit/url.h>

#include <Poco/Net/Context.h>
#include <Poco/Net/StreamSocket.h>

#include <string>
#include <string_view>

namespace roots::kit {

class ProxySignIn;  // poco_tunnel.h

class PocoConnection final : public ByteSource {
 public:
  // Resolves, connects to the first address that answers, and completes the TLS handshake if context is
  // not null: through a tunnel of the proxy, if it is not null. Nothing is sent over a connection whose
  // certificate was not verified, except to the proxy itself.
  PocoConnection(const BaseUrl &url, ProxySignIn *proxy, const Resolver &resolve,
                 Poco::Net::Context::Ptr context, const CallLimits &limits);
  ~PocoConnection() override;
  PocoConnection(const PocoConnection &) = delete;
  PocoConnection &operator=(const PocoConnection &) = delete;

  void write(std::string_view bytes, const CallLimits &limits);
  // Waits for the first bytes of a reply, or for the end of the connection.
  void waitForReply(const CallLimits &limits);
  [[nodiscard]] bool readSome(std::string &into, const CallLimits &limits) override;
  // Whether it is still open with nothing left to read, as a kept connection should be.
  [[nodiscard]] bool isIdle();

 private:
  void connectTo(const std::string &host, std::uint16_t port, const Resolver &resolve,
                 const CallLimits &limits);
  // In poco_tunnel.cpp. Each request to the proxy uses a new connection.
  void openTunnel(const BaseUrl &url, ProxySignIn &sign_in, const Resolver &resolve,
                  const CallLimits &limits);
  HttpReply askSignedIn(const BaseUrl &url, ProxySignIn &sign_in, const Resolver &resolve,
                        const CallLimits &limits);
  HttpReply askForTunnel(const BaseUrl &url, const ProxySignIn &sign_in, bool with_credentials,
                         const Resolver &resolve, const CallLimits &limits);
  void performHandshake(const std::string &host, const Poco::Net::Context::Ptr &context,
                        const CallLimits &limits);
  void waitFor(short events, const CallLimits &limits) const;
  // As Poco's: a count, 0 at the end, or less for "try later".
  [[nodiscard]] int sendSome(std::string_view bytes);
  [[nodiscard]] int receiveSome(char *into, std::size_t capacity);
  void closeUnnoticed();

  Poco::Net::StreamSocket socket_;  // a SecureStreamSocket after performHandshake()
  bool secure_ = false;
  std::string early_;  // read while waiting for the reply
};

}  // namespace roots::kit
