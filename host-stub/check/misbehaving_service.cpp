#include "check/misbehaving_service.h"

#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <string_view>

namespace roots::check {

namespace {

constexpr int kSlice = 20;  // milliseconds

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

int newSocket() { return ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0); }

// A thread of the checker that blocks signals, so that the thread that calls the plugin receives them.
template <class Work>
std::thread startThread(Work work) {
  sigset_t all;
  sigset_t before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  std::thread thread(work);
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return thread;
}

bool isReadable(int socket, int milliseconds) {
  pollfd waiting{socket, POLLIN, 0};
  return ::poll(&waiting, 1, milliseconds) > 0;
}

void sendAll(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void reset(int socket) {
  const linger at_once{1, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(socket);
}

}  // namespace

Listener::Listener() : socket_(newSocket()) {
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  constexpr int most_waiting = 64;
  if (::bind(socket_, reinterpret_cast<sockaddr *>(&address), size) != 0 ||
      ::listen(socket_, most_waiting) != 0 ||
      ::getsockname(socket_, reinterpret_cast<sockaddr *>(&address), &size) != 0) {
    ::close(socket_);
    throw std::runtime_error("No port is free on 127.0.0.1.");
  }
  port_ = ntohs(address.sin_port);
}

Listener::~Listener() { ::close(socket_); }

std::string Listener::address() const { return "http://127.0.0.1:" + std::to_string(port_); }

ResettingService::ResettingService() : thread_(startThread([this] { acceptAll(); })) {}

ResettingService::~ResettingService() {
  stopping_ = true;
  thread_.join();
}

void ResettingService::acceptAll() {
  constexpr int longest_request = 500;  // milliseconds
  std::array<char, 65536> request{};
  for (int connection = 0; !stopping_;) {
    if (!isReadable(listener_.socket(), kSlice)) continue;
    const int client = ::accept4(listener_.socket(), nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) continue;
    switch (connection++ % kWays) {
      case 0:
        break;
      case 1:  // writing after the other side has closed raises the signal if a reset follows
        ::shutdown(client, SHUT_WR);
        break;
      case 2:
        if (isReadable(client, longest_request)) (void)!::recv(client, request.data(), request.size(), 0);
        break;
      default:
        if (isReadable(client, longest_request)) (void)!::recv(client, request.data(), request.size(), 0);
        sendAll(client, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
        ::shutdown(client, SHUT_WR);
    }
    reset(client);
  }
}

SilencingRelay::SilencingRelay(std::uint16_t to_port)
    : to_port_(to_port), thread_(startThread([this] { run(); })) {}

SilencingRelay::~SilencingRelay() {
  stopping_ = true;
  thread_.join();
}

void SilencingRelay::accept(std::vector<Pair> &pairs) const {
  const int client = ::accept4(listener_.socket(), nullptr, nullptr, SOCK_CLOEXEC);
  if (client < 0) return;
  const int service = newSocket();
  const sockaddr_in address = loopback(to_port_);
  if (::connect(service, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0) {
    pairs.push_back({client, service, silences_});
    return;
  }
  ::close(service);
  ::close(client);
}

bool SilencingRelay::forward(const Pair &pair) {
  std::array<char, 65536> bytes{};
  std::array<pollfd, 2> sides{pollfd{pair.client, POLLIN, 0}, pollfd{pair.service, POLLIN, 0}};
  (void)::poll(sides.data(), sides.size(), 0);
  for (const auto &side : sides) {
    if (side.revents == 0) continue;
    const bool is_silent = pair.silences != silences_;
    if (is_silent && side.fd == pair.service) continue;
    const auto count = ::recv(side.fd, bytes.data(), bytes.size(), 0);
    if (count <= 0) return false;
    if (is_silent) {
      has_unanswered_request_ = true;
    } else {
      sendAll(side.fd == pair.client ? pair.service : pair.client,
              {bytes.data(), static_cast<std::size_t>(count)});
    }
  }
  return true;
}

void SilencingRelay::run() {
  std::vector<Pair> pairs;
  const auto end = [](const Pair &pair) {
    ::close(pair.client);
    ::close(pair.service);
  };
  while (!stopping_) {
    // Data for a silent connection stays unread and must not keep this loop busy.
    std::vector<pollfd> waiting{{listener_.socket(), POLLIN, 0}};
    for (const auto &pair : pairs) {
      waiting.push_back({pair.client, POLLIN, 0});
      if (pair.silences == silences_) waiting.push_back({pair.service, POLLIN, 0});
    }
    if (::poll(waiting.data(), waiting.size(), kSlice) <= 0) continue;
    if (waiting.front().revents != 0) accept(pairs);
    for (auto pair = pairs.begin(); pair != pairs.end();) {
      if (forward(*pair)) {
        ++pair;
      } else {
        end(*pair);
        pair = pairs.erase(pair);
      }
    }
  }
  for (const auto &pair : pairs) end(pair);
}

}  // namespace roots::check
