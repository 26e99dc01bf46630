#include "addresses.h"

#include "system.h"
#include "transport_failure.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <memory>

namespace roots::kit {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

using Found = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

Found lookUp(const std::string &host, const std::string &port, int flags) {
  addrinfo hints{};
  hints.ai_flags = flags;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo *found = nullptr;
  if (::getaddrinfo(host.c_str(), port.empty() ? nullptr : port.c_str(), &hints, &found) != 0)
    found = nullptr;
  return {found, ::freeaddrinfo};
}

bool isV6(const std::string &address) { return address.find(':') != std::string::npos; }

// Concurrent connection attempts. Those that are not used are closed.
class Attempts {
 public:
  Attempts() = default;
  ~Attempts() {
    for (const auto &attempt : running_) ::close(attempt.fd);
  }
  Attempts(const Attempts &) = delete;
  Attempts &operator=(const Attempts &) = delete;

  [[nodiscard]] bool none() const { return running_.empty(); }

  void start(const std::string &address, std::uint16_t port) {
    const Found where = lookUp(address, std::to_string(port), AI_NUMERICHOST | AI_NUMERICSERV);
    if (!where) return;
    const int socket = system::openSocket(where->ai_family);
    if (socket < 0) return;
    if (::connect(socket, where->ai_addr, where->ai_addrlen) == 0 || errno == EINPROGRESS || errno == EINTR) {
      running_.push_back({socket, POLLOUT, 0});
    } else {
      ::close(socket);
    }
  }

  // Waits for an attempt to end. Returns the socket of one that succeeded, owned by the caller; -1: none did.
  int wait(milliseconds at_most) {
    if (::poll(running_.data(), running_.size(), static_cast<int>(at_most.count())) <= 0) return -1;
    for (auto attempt = running_.begin(); attempt != running_.end();) {
      if (attempt->revents == 0) {
        ++attempt;
        continue;
      }
      const int socket = attempt->fd;
      attempt = running_.erase(attempt);
      int problem = 0;
      socklen_t size = sizeof problem;
      if (::getsockopt(socket, SOL_SOCKET, SO_ERROR, &problem, &size) == 0 && problem == 0) return socket;
      ::close(socket);
    }
    return -1;
  }

  [[nodiscard]] std::size_t count() const { return running_.size(); }

 private:
  std::vector<pollfd> running_;
};

}  // namespace

std::vector<std::string> resolveBySystem(const std::string &host) {
  std::vector<std::string> addresses;
  const Found found = lookUp(host, "", AI_ADDRCONFIG);
  for (const addrinfo *each = found.get(); each != nullptr; each = each->ai_next) {
    std::array<char, NI_MAXHOST> text{};
    if (::getnameinfo(each->ai_addr, each->ai_addrlen, text.data(), text.size(), nullptr, 0,
                      NI_NUMERICHOST) != 0)
      continue;
    if (std::find(addresses.begin(), addresses.end(), text.data()) == addresses.end())
      addresses.emplace_back(text.data());
  }
  return addresses;
}

std::vector<std::string> withFamiliesInTurn(const std::vector<std::string> &addresses) {
  if (addresses.empty()) return {};
  std::array<std::vector<std::string>, 2> families;  // the first address's own, and the other
  for (const auto &address : addresses)
    families.at(isV6(address) == isV6(addresses.front()) ? 0 : 1).push_back(address);
  std::vector<std::string> ordered;
  for (std::size_t turn = 0; ordered.size() < addresses.size(); ++turn) {
    for (const auto &family : families)
      if (turn < family.size()) ordered.push_back(family[turn]);
  }
  return ordered;
}

int connectToFirst(const std::string &host, std::uint16_t port, const Resolver &resolve,
                   const CallLimits &limits) {
  constexpr milliseconds silence_before_next{250};
  const auto addresses = withFamiliesInTurn(resolve ? resolve(host) : resolveBySystem(host));
  if (addresses.empty()) fail(TransportFault::name_not_found, "its name cannot be resolved");
  Attempts attempts;
  std::size_t next = 0;
  auto next_is_due = steady_clock::now();
  for (;;) {
    requireTime(limits);
    while (next < addresses.size() && (attempts.none() || steady_clock::now() >= next_is_due)) {
      attempts.start(addresses[next++], port);
      next_is_due = steady_clock::now() + silence_before_next;
    }
    if (attempts.none()) fail(TransportFault::connection_refused, "connection refused");
    const std::size_t running = attempts.count();
    const int socket = attempts.wait(waitInterval(limits));
    if (socket >= 0) return socket;
    if (attempts.count() < running)
      next_is_due = steady_clock::now();  // one failed: start the next one at once
  }
}

}  // namespace roots::kit
