#include "benchmark/delay_relay.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <deque>
#include <limits>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>

namespace roots::benchmarks {
namespace {

using Clock = std::chrono::steady_clock;
using Moment = Clock::time_point;

constexpr std::chrono::milliseconds kLooksUp{20};  // the interval of checks for the end

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

int newSocket() { return ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0); }

void sendAtOnce(int socket) {
  const int yes = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

struct Exchange {
  Moment begin;
  std::optional<Moment> end;  // of the reply; nothing: there was none
};

// Bytes in transit; empty: the sender has closed its side.
struct Piece {
  Moment arrival;
  std::string bytes;
};

struct Direction {
  int from = -1;
  int to = -1;
  bool to_client = false;
  bool ended = false;  // nothing more to read
  std::deque<Piece> under_way;
};

struct Link {
  Moment opened;
  std::array<Direction, 2> directions;
  bool client_speaks = false;
  std::vector<Exchange> exchanges;
};

bool isOver(const Link &link) {
  return std::all_of(link.directions.begin(), link.directions.end(), [](const Direction &direction) {
    return direction.ended && direction.under_way.empty();
  });
}

}  // namespace

class DelayRelay::Content {
 public:
  Content(std::uint16_t server_port, std::chrono::milliseconds round_trip)
      : server_port_(server_port), round_trip_(round_trip), listener_(newSocket()) {
    sockaddr_in address = loopback(0);
    socklen_t length = sizeof address;
    if (::bind(listener_, reinterpret_cast<sockaddr *>(&address), length) != 0 ||
        ::listen(listener_, 16) != 0)
      throw std::runtime_error("the relay cannot listen on loopback");
    ::getsockname(listener_, reinterpret_cast<sockaddr *>(&address), &length);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { relay(); });
  }

  ~Content() {
    stopping_ = true;
    thread_.join();
    ::close(listener_);
    for (const Link &link : links_) closeBoth(link);
  }
  Content(const Content &) = delete;
  Content &operator=(const Content &) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }

  [[nodiscard]] int roundTripsInARow() const {
    const std::lock_guard lock(mutex_);
    std::vector<Exchange> all = past_;
    for (const Link &link : links_) all.insert(all.end(), link.exchanges.begin(), link.exchanges.end());
    std::erase_if(all, [](const Exchange &exchange) { return !exchange.end; });
    std::sort(all.begin(), all.end(), [](const Exchange &a, const Exchange &b) { return *a.end < *b.end; });
    int in_a_row = 0;
    Moment reached = Moment::min();
    for (const Exchange &exchange : all) {
      if (exchange.begin < reached) continue;
      ++in_a_row;
      reached = *exchange.end;
    }
    return in_a_row;
  }

  [[nodiscard]] std::size_t bytesToClients() const {
    const std::lock_guard lock(mutex_);
    return bytes_to_clients_;
  }

  [[nodiscard]] std::vector<std::string> said() const {
    const std::lock_guard lock(mutex_);
    return said_;
  }

  void forget() {
    const std::lock_guard lock(mutex_);
    past_.clear();
    said_.clear();
    bytes_to_clients_ = 0;
    for (Link &link : links_) link.exchanges.clear();
  }

 private:
  static void closeBoth(const Link &link) {
    for (const Direction &direction : link.directions) ::close(direction.from);
  }

  void relay() {
    while (!stopping_) {
      std::vector<pollfd> waiting{{listener_, POLLIN, 0}};
      for (const Link &link : links_)
        for (const Direction &direction : link.directions)
          waiting.push_back({direction.ended ? -1 : direction.from, POLLIN, 0});
      const auto left = std::max(nextArrival() - Clock::now(), Clock::duration::zero());
      const timespec pause{0, std::min<long>(left.count(), std::chrono::nanoseconds(kLooksUp).count())};
      ::ppoll(waiting.data(), waiting.size(), &pause, nullptr);

      const std::lock_guard lock(mutex_);
      for (std::size_t index = 0; index < links_.size(); ++index) {
        for (std::size_t side = 0; side < 2; ++side)
          if (waiting[1 + 2 * index + side].revents != 0)
            take(links_[index], links_[index].directions.at(side));
      }
      if (waiting[0].revents != 0) open();
      handOver();
      tidyUp();
    }
  }

  [[nodiscard]] Moment nextArrival() const {
    Moment next = Clock::now() + kLooksUp;
    for (const Link &link : links_) {
      for (const Direction &direction : link.directions)
        if (!direction.under_way.empty()) next = std::min(next, direction.under_way.front().arrival);
    }
    return next;
  }

  void open() {
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    const int server = newSocket();
    const sockaddr_in address = loopback(server_port_);
    if (::connect(server, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
      ::close(client);
      ::close(server);
      return;
    }
    sendAtOnce(client);
    sendAtOnce(server);
    Link link;
    link.opened = Clock::now();
    link.directions = {Direction{client, server, false, false, {}},
                       Direction{server, client, true, false, {}}};
    link.exchanges = {{link.opened, link.opened + round_trip_}};
    links_.push_back(std::move(link));
  }

  void take(Link &link, Direction &direction) {
    std::array<char, 65536> buffer{};
    const ssize_t count = ::recv(direction.from, buffer.data(), buffer.size(), 0);
    const Moment leaves =
        direction.to_client ? Clock::now() : std::max(Clock::now(), link.opened + round_trip_);
    const Moment arrives = leaves + round_trip_ / 2;
    direction.ended = count <= 0;
    direction.under_way.push_back(
        {arrives, std::string(buffer.data(), direction.ended ? 0 : static_cast<std::size_t>(count))});
    if (direction.ended) return;
    if (direction.to_client) {
      bytes_to_clients_ += static_cast<std::size_t>(count);
      if (!link.exchanges.empty()) link.exchanges.back().end = arrives;
    } else {
      said_.push_back(direction.under_way.back().bytes);
      if (!link.client_speaks) link.exchanges.push_back({leaves, std::nullopt});
    }
    link.client_speaks = !direction.to_client;
  }

  void handOver() {
    const Moment now = Clock::now();
    for (Link &link : links_) {
      for (Direction &direction : link.directions) {
        while (!direction.under_way.empty() && direction.under_way.front().arrival <= now) {
          send(direction, direction.under_way.front().bytes);
          direction.under_way.pop_front();
        }
      }
    }
  }

  static void send(const Direction &direction, const std::string &bytes) {
    if (bytes.empty()) ::shutdown(direction.to, SHUT_WR);
    for (std::size_t sent = 0; sent < bytes.size();) {
      const ssize_t count = ::send(direction.to, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (count <= 0) return;
      sent += static_cast<std::size_t>(count);
    }
  }

  void tidyUp() {
    for (const Link &link : links_) {
      if (!isOver(link)) continue;
      past_.insert(past_.end(), link.exchanges.begin(), link.exchanges.end());
      closeBoth(link);
    }
    std::erase_if(links_, isOver);
  }

  const std::uint16_t server_port_;
  const std::chrono::milliseconds round_trip_;
  int listener_;
  std::uint16_t port_ = 0;
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;  // guards the members below; only the relay's thread changes links_
  std::vector<Link> links_;
  std::vector<Exchange> past_;
  std::vector<std::string> said_;
  std::size_t bytes_to_clients_ = 0;
  std::thread thread_;
};

DelayRelay::DelayRelay(std::uint16_t server_port, std::chrono::milliseconds round_trip)
    : content_(std::make_unique<Content>(server_port, round_trip)) {}
DelayRelay::~DelayRelay() = default;
std::uint16_t DelayRelay::port() const { return content_->port(); }
int DelayRelay::roundTripsInARow() const { return content_->roundTripsInARow(); }
std::size_t DelayRelay::bytesToClients() const { return content_->bytesToClients(); }
std::vector<std::string> DelayRelay::said() const { return content_->said(); }
void DelayRelay::forget() { content_->forget(); }

}  // namespace roots::benchmarks
