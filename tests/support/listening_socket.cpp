#include "support/listening_socket.h"

#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <stdexcept>

namespace roots::test {
namespace {

using Addresses = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

Addresses socketAddress(const std::string &address, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo *found = nullptr;
  if (::getaddrinfo(address.c_str(), std::to_string(port).c_str(), &hints, &found) != 0)
    throw std::runtime_error(address + " is no address");
  return {found, ::freeaddrinfo};
}

}  // namespace

int listenAt(const std::string &address, std::uint16_t port, int backlog) {
  const Addresses where = socketAddress(address, port);
  const int listener = ::socket(where->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int reuse = 1;
  ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse);
  if (::bind(listener, where->ai_addr, where->ai_addrlen) == 0 && ::listen(listener, backlog) == 0)
    return listener;
  ::close(listener);
  throw std::runtime_error("cannot listen on " + address);
}

std::uint16_t portOf(int listener) {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  ::getsockname(listener, reinterpret_cast<sockaddr *>(&address), &length);
  const bool is_v6 = address.ss_family == AF_INET6;
  return ntohs(is_v6 ? reinterpret_cast<const sockaddr_in6 *>(&address)->sin6_port
                     : reinterpret_cast<const sockaddr_in *>(&address)->sin_port);
}

SilentAddress::SilentAddress(const std::string &address, std::uint16_t port)
    : listener_(listenAt(address, port, 0)) {
  const Addresses where = socketAddress(address, this->port());
  constexpr int most_that_fit = 16;
  for (int attempt = 0; attempt < most_that_fit; ++attempt) {
    waiting_.push_back(::socket(where->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    (void)::connect(waiting_.back(), where->ai_addr, where->ai_addrlen);
    pollfd connected{waiting_.back(), POLLOUT, 0};
    constexpr int long_enough_for_loopback = 200;
    if (::poll(&connected, 1, long_enough_for_loopback) == 0) return;
  }
  throw std::runtime_error("the backlog of " + address + " does not fill up");
}

SilentAddress::~SilentAddress() {
  for (const int socket : waiting_) ::close(socket);
  ::close(listener_);
}

std::uint16_t SilentAddress::port() const { return portOf(listener_); }

}  // namespace roots::test
