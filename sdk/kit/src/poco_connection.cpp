#include "poco_connection.h"

#include "poco_tls.h"

#include <Poco/Base64Encoder.h>
#include <Poco/Net/DNS.h>
#include <Poco/Net/HostEntry.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SecureStreamSocket.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <sstream>

namespace roots::kit {
namespace {

using Poco::Net::SecureStreamSocket;
using Poco::Net::Socket;
using Poco::Net::SocketAddress;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kSlice{50};

void requireTime(const CallLimits &limits) {
  if (limits.cancelled()) fail(TransportFault::cancelled, "cancelled");
  if (steady_clock::now() >= limits.deadline) fail(TransportFault::timed_out, "no answer in time");
}

// getaddrinfo() cannot be interrupted: this is the one wait that a cancellation cannot end.
std::vector<SocketAddress> resolve(const std::string &host, std::uint16_t port) {
  std::vector<SocketAddress> found;
  try {
    if (isIpAddress(host)) return {SocketAddress(Poco::Net::IPAddress(host), port)};
    const Poco::Net::HostEntry entry = Poco::Net::DNS::hostByName(host);
    for (const auto &address : entry.addresses()) {
      const SocketAddress candidate(address, port);
      if (std::find(found.begin(), found.end(), candidate) == found.end()) found.push_back(candidate);
    }
  } catch (const Poco::Exception &) {
    found.clear();
  }
  if (found.empty()) fail(TransportFault::name_not_found, "its name cannot be resolved");
  return found;
}

std::string base64(const std::string &text) {
  std::ostringstream encoded;
  Poco::Base64Encoder encoder(encoded);
  encoder.rdbuf()->setLineLength(0);
  encoder << text;
  encoder.close();
  return encoded.str();
}

}  // namespace

void fail(TransportFault fault, std::string detail) {
  throw TransportFailure{TransportError{fault, std::move(detail)}};
}

PocoConnection::PocoConnection(const BaseUrl &url, const std::optional<Proxy> &proxy,
                               Poco::Net::Context::Ptr context, const CallLimits &limits) {
  requireTime(limits);
  if (proxy) {
    openTunnel(url, *proxy, limits);
  } else {
    connectToAny(url.host, url.port, limits);
  }
  if (context) shakeHands(url.host, context, limits);
}

void PocoConnection::connectToAny(const std::string &host, std::uint16_t port, const CallLimits &limits) {
  const auto addresses = resolve(host, port);
  for (std::size_t index = 0; index < addresses.size(); ++index) {
    try {
      connectTo(addresses[index], limits);
      break;
    } catch (const TransportFailure &failure) {
      const bool next_may_answer = failure.error.fault == TransportFault::connection_refused;
      if (!next_may_answer || index + 1 == addresses.size()) throw;
    }
  }
}

// What the proxy gets to see is all written here: host and port of the service, and its own credentials.
void PocoConnection::openTunnel(const BaseUrl &url, const Proxy &proxy, const CallLimits &limits) {
  try {
    connectToAny(proxy.host, proxy.port, limits);
    const std::string host = url.host.find(':') == std::string::npos ? url.host : "[" + url.host + "]";
    const std::string authority = host + ":" + std::to_string(url.port);
    std::string request = "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n";
    if (!proxy.user.empty()) {
      request += "Proxy-Authorization: Basic " + base64(proxy.user + ":" + proxy.password) + "\r\n";
    }
    write(request + "\r\n", limits);
    const int status = readTunnelStatus(*this, limits);
    if (status == 407) {
      fail(TransportFault::proxy_wants_sign_in, proxy.user.empty()
                                                    ? "the proxy asks for a user name and a password"
                                                    : "the proxy refuses the user name and password");
    }
    if (status < 200 || status > 299)
      fail(TransportFault::proxy_refused, "the proxy answered " + std::to_string(status));
  } catch (const TransportFailure &failure) {
    switch (failure.error.fault) {
      case TransportFault::name_not_found:
      case TransportFault::connection_refused:
      case TransportFault::connection_lost:
        fail(TransportFault::proxy_unreachable, "the proxy: " + failure.error.detail);
      case TransportFault::reply_not_http:
      case TransportFault::reply_too_large:
        fail(TransportFault::proxy_refused, "what answers at its address is not a proxy");
      default:
        throw;
    }
  }
}

PocoConnection::~PocoConnection() {
  try {
    socket_.close();
  } catch (const Poco::Exception &) {  // closed already
  }
}

void PocoConnection::connectTo(const SocketAddress &address, const CallLimits &limits) {
  try {
    socket_ = Poco::Net::StreamSocket();
    socket_.connectNB(address);
    waitFor(Socket::SELECT_WRITE | Socket::SELECT_ERROR, limits);
    if (socket_.impl()->socketError() != 0) fail(TransportFault::connection_refused, "nobody answers there");
    socket_.setBlocking(false);
    socket_.setNoDelay(true);
  } catch (const Poco::Exception &) {
    fail(TransportFault::connection_refused, "nobody answers there");
  }
}

void PocoConnection::shakeHands(const std::string &host, const Poco::Net::Context::Ptr &context,
                                const CallLimits &limits) {
  forgetCertificateProblem();
  try {
    // An IP address must not be sent as server name (RFC 6066), and Poco sends what it is given.
    SecureStreamSocket secure = isIpAddress(host) ? SecureStreamSocket::attach(socket_, context)
                                                  : SecureStreamSocket::attach(socket_, host, context);
    socket_ = secure;
    secure_ = true;
    for (int outcome = secure.completeHandshake(); outcome != 1; outcome = secure.completeHandshake()) {
      if (outcome == 0) fail(TransportFault::tls_failed, "it ended the TLS handshake");
      const bool wants_to_write = outcome == SecureStreamSocket::ERR_SSL_WANT_WRITE;
      waitFor(wants_to_write ? Socket::SELECT_WRITE : Socket::SELECT_READ, limits);
    }
    if (!secure.havePeerCertificate()) fail(TransportFault::certificate_refused, "it showed no certificate");
  } catch (const Poco::Exception &) {
    const std::string problem = certificateProblem();
    if (!problem.empty()) fail(TransportFault::certificate_refused, problem);
    fail(TransportFault::tls_failed, "it does not speak TLS 1.2 or newer, or ended the TLS handshake");
  }
}

void PocoConnection::waitFor(int poll_mode, const CallLimits &limits) {
  for (;;) {
    requireTime(limits);
    const auto left = std::chrono::duration_cast<milliseconds>(limits.deadline - steady_clock::now());
    const auto slice = std::clamp(left + milliseconds(1), milliseconds(1), kSlice);
    if (socket_.poll(Poco::Timespan(0, static_cast<long>(slice.count()) * 1000), poll_mode)) return;
  }
}

void PocoConnection::write(std::string_view bytes, const CallLimits &limits) {
  try {
    while (!bytes.empty()) {
      const int count =
          socket_.sendBytes(bytes.data(), static_cast<int>(std::min<std::size_t>(bytes.size(), 65536)));
      if (count > 0) {
        bytes.remove_prefix(static_cast<std::size_t>(count));
      } else {
        const bool wants_to_read = secure_ && count == SecureStreamSocket::ERR_SSL_WANT_READ;
        waitFor(wants_to_read ? Socket::SELECT_READ : Socket::SELECT_WRITE, limits);
      }
    }
  } catch (const Poco::Exception &) {
    fail(TransportFault::connection_lost, "the connection was cut");
  }
}

bool PocoConnection::readSome(std::string &into, const CallLimits &limits) {
  std::array<char, 65536> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init): filled below
  try {
    for (;;) {
      requireTime(limits);
      const int count = socket_.receiveBytes(buffer.data(), static_cast<int>(buffer.size()));
      if (count > 0) {
        into.append(buffer.data(), static_cast<std::size_t>(count));
        return true;
      }
      if (count == 0) return false;
      const bool wants_to_write = secure_ && count == SecureStreamSocket::ERR_SSL_WANT_WRITE;
      waitFor(wants_to_write ? Socket::SELECT_WRITE : Socket::SELECT_READ, limits);
    }
  } catch (const Poco::Exception &) {
    fail(TransportFault::connection_lost, "the connection was cut");
  }
}

bool PocoConnection::isIdle() {
  try {
    if (!socket_.poll(Poco::Timespan(0), Socket::SELECT_READ | Socket::SELECT_ERROR)) return true;
    // Servers send tickets for later TLS 1.3 sessions when they like. These are no reply, and are read here.
    char byte = 0;
    return secure_ && socket_.receiveBytes(&byte, 1) == SecureStreamSocket::ERR_SSL_WANT_READ;
  } catch (const Poco::Exception &) {
    return false;
  }
}

}  // namespace roots::kit
