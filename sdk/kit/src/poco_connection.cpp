#include "poco_connection.h"

#include "addresses.h"
#include "poco_tls.h"
#include "signals.h"

#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/StreamSocketImpl.h>

#include <poll.h>

#include <algorithm>
#include <array>

namespace roots::kit {
namespace {

using Poco::Net::SecureStreamSocket;

}  // namespace

PocoConnection::PocoConnection(const BaseUrl &url, ProxySignIn *proxy, const Resolver &resolve,
                               Poco::Net::Context::Ptr context, const CallLimits &limits) {
  try {
    requireTime(limits);
    if (proxy != nullptr) {
      openTunnel(url, *proxy, resolve, limits);
    } else {
      connectTo(url.host, url.port, resolve, limits);
    }
    if (context) performHandshake(url.host, context, limits);
  } catch (...) {
    closeUnnoticed();
    throw;
  }
}

PocoConnection::~PocoConnection() { closeUnnoticed(); }

// Over TLS, closing sends an alert.
void PocoConnection::closeUnnoticed() {
  const PipeSignalHeld held;
  try {
    socket_.close();
  } catch (const Poco::Exception &) {  // closed already
  }
}

void PocoConnection::connectTo(const std::string &host, std::uint16_t port, const Resolver &resolve,
                               const CallLimits &limits) {
  const bool is_address = isIpAddress(host);
  const Resolver itself = [](const std::string &address) { return std::vector<std::string>{address}; };
  const int socket = connectToFirst(host, port, is_address ? itself : resolve, limits);
  try {
    socket_ = Poco::Net::StreamSocket(new Poco::Net::StreamSocketImpl(socket));
    socket_.setBlocking(false);
    socket_.setNoDelay(true);
  } catch (const Poco::Exception &) {
    fail(TransportFault::connection_refused, "connection refused");
  }
}

void PocoConnection::performHandshake(const std::string &host, const Poco::Net::Context::Ptr &context,
                                      const CallLimits &limits) {
  forgetCertificateProblem();
  try {
    // An IP address must not be sent as server name (RFC 6066), and Poco sends what it is given.
    const auto attached = [&] {
      const PipeSignalHeld held;
      return isIpAddress(host) ? SecureStreamSocket::attach(socket_, context)
                               : SecureStreamSocket::attach(socket_, host, context);
    };
    SecureStreamSocket secure = attached();
    socket_ = secure;
    secure_ = true;
    const auto step = [&] {
      const PipeSignalHeld held;
      return secure.completeHandshake();
    };
    for (int outcome = step(); outcome != 1; outcome = step()) {
      if (outcome == 0) fail(TransportFault::tls_failed, "it ended the TLS handshake");
      const bool wants_to_write = outcome == SecureStreamSocket::ERR_SSL_WANT_WRITE;
      waitFor(wants_to_write ? POLLOUT : POLLIN, limits);
    }
    if (!secure.havePeerCertificate()) fail(TransportFault::certificate_refused, "it showed no certificate");
  } catch (const Poco::Exception &) {
    const std::string problem = certificateProblem();
    if (!problem.empty()) fail(TransportFault::certificate_refused, problem);
    fail(TransportFault::tls_failed, "it does not speak TLS 1.2 or newer, or ended the TLS handshake");
  }
}

// Poco's own poll uses a descriptor that children inherit.
void PocoConnection::waitFor(short events, const CallLimits &limits) const {
  for (;;) {
    requireTime(limits);
    pollfd waiting{socket_.impl()->sockfd(), events, 0};
    if (::poll(&waiting, 1, static_cast<int>(waitInterval(limits).count())) > 0) return;
  }
}

// Over TLS 1.3 a readable socket does not imply a reply: the server sends session tickets unprompted.
void PocoConnection::waitForReply(const CallLimits &limits) {
  if (early_.empty()) (void)readSome(early_, limits);
}

void PocoConnection::write(std::string_view bytes, const CallLimits &limits) {
  try {
    while (!bytes.empty()) {
      const int count = sendSome(bytes);
      if (count > 0) {
        bytes.remove_prefix(static_cast<std::size_t>(count));
      } else {
        const bool wants_to_read = secure_ && count == SecureStreamSocket::ERR_SSL_WANT_READ;
        waitFor(wants_to_read ? POLLIN : POLLOUT, limits);
      }
    }
  } catch (const Poco::Exception &) {
    fail(TransportFault::connection_lost, "the connection was cut");
  }
}

bool PocoConnection::readSome(std::string &into, const CallLimits &limits) {
  if (!early_.empty() && &into != &early_) {
    into += early_;
    early_.clear();
    return true;
  }
  std::array<char, 65536> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init): filled below
  try {
    for (;;) {
      requireTime(limits);
      const int count = receiveSome(buffer.data(), buffer.size());
      if (count > 0) {
        into.append(buffer.data(), static_cast<std::size_t>(count));
        return true;
      }
      if (count == 0) return false;
      const bool wants_to_write = secure_ && count == SecureStreamSocket::ERR_SSL_WANT_WRITE;
      waitFor(wants_to_write ? POLLOUT : POLLIN, limits);
    }
  } catch (const Poco::Exception &) {
    fail(TransportFault::connection_lost, "the connection was cut");
  }
}

bool PocoConnection::isIdle() {
  try {
    pollfd readable{socket_.impl()->sockfd(), POLLIN, 0};
    if (::poll(&readable, 1, 0) == 0) return true;
    // Servers may send session tickets of TLS 1.3 at any time. They are not a reply, and are read here.
    char byte = 0;
    return secure_ && receiveSome(&byte, 1) == SecureStreamSocket::ERR_SSL_WANT_READ;
  } catch (const Poco::Exception &) {
    return false;
  }
}

int PocoConnection::sendSome(std::string_view bytes) {
  constexpr std::size_t max_bytes = 65536;
  const PipeSignalHeld held;
  return socket_.sendBytes(bytes.data(), static_cast<int>(std::min(bytes.size(), max_bytes)));
}

// OpenSSL may have to write before it can read.
int PocoConnection::receiveSome(char *into, std::size_t capacity) {
  const PipeSignalHeld held;
  return socket_.receiveBytes(into, static_cast<int>(capacity));
}

}  // namespace roots::kit
