#include "support/unreliable_network.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace roots::test {
namespace {

int newSocket() { return ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0); }

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

void closeSocket(int &socket) {
  if (socket >= 0) ::close(socket);
  socket = -1;
}

// So that close() sends a reset.
void resetOnClose(int socket) {
  const linger at_once{1, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

// A socket that listens on 127.0.0.1; port 0 selects a free one. -1: failed.
int listener(std::uint16_t port) {
  int socket = newSocket();
  const int yes = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  const sockaddr_in address = loopback(port);
  const bool bound = ::bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
  if (!bound || ::listen(socket, 16) != 0) closeSocket(socket);
  return socket;
}

std::uint16_t portOf(int listening) {
  sockaddr_in address{};
  socklen_t length = sizeof address;
  ::getsockname(listening, reinterpret_cast<sockaddr *>(&address), &length);
  return ntohs(address.sin_port);
}

int connectToServer(std::uint16_t port) {
  int socket = newSocket();
  const sockaddr_in address = loopback(port);
  if (::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
    closeSocket(socket);
  return socket;
}

bool sendAll(int socket, const char *bytes, std::size_t count) {
  while (count > 0) {
    const ssize_t sent = ::send(socket, bytes, count, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes += sent;
    count -= static_cast<std::size_t>(sent);
  }
  return true;
}

// poll() in another thread keeps a closed socket listening until it returns; shutdown() ends that
// immediately.
void stopListening(int &listening) {
  if (listening >= 0) ::shutdown(listening, SHUT_RDWR);
  closeSocket(listening);
}

struct Link {
  int client = -1;
  int server = -1;
  bool silent = false;
  [[nodiscard]] bool isOver() const { return client < 0; }
};

void closeLink(Link &link) {
  closeSocket(link.client);
  closeSocket(link.server);
}

}  // namespace

class UnreliableNetwork::Content {
 public:
  explicit Content(std::uint16_t server_port) : server_port_(server_port) {
    if (::pipe(wake_.data()) != 0) throw std::runtime_error("pipe failed");
    listener_ = listener(0);
    if (listener_ < 0) throw std::runtime_error("the network cannot listen on loopback");
    port_ = portOf(listener_);
    thread_ = std::thread([this] { relay(); });
  }

  ~Content() {
    change([this] { stopping_ = true; });
    thread_.join();
    for (Link &link : links_) closeLink(link);
    closeSocket(listener_);
    for (int &end : wake_) closeSocket(end);
  }
  Content(const Content &) = delete;
  Content &operator=(const Content &) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }

  [[nodiscard]] int connections() {
    const std::lock_guard lock(mutex_);
    return connections_;
  }

  void recover() {
    change([&] {
      stopListening(listener_);
      accepts_silently_ = false;
      listener_ = listener(port_);
      if (listener_ < 0) throw std::runtime_error("the network cannot listen on its port any more");
    });
  }

  enum class NewConnections { work, accepted_silently, refused };
  void silence(NewConnections new_connections) {
    change([&] {
      for (Link &link : links_) link.silent = true;
      accepts_silently_ = new_connections == NewConnections::accepted_silently;
      if (new_connections == NewConnections::refused) stopListening(listener_);
    });
  }

  void reset(bool refuse_new_ones) {
    change([&] {
      for (Link &link : links_) {
        if (link.client >= 0) resetOnClose(link.client);
        closeLink(link);
      }
      if (refuse_new_ones) stopListening(listener_);
    });
  }

 private:
  template <class Edit>
  void change(Edit edit) {
    const std::lock_guard lock(mutex_);
    edit();
    ++generation_;
    (void)!::write(wake_[1], "w", 1);
  }

  void relay() {
    for (;;) {
      std::vector<pollfd> watched;
      int generation = 0;
      {
        const std::lock_guard lock(mutex_);
        if (stopping_) return;
        std::erase_if(links_, [](const Link &link) { return link.isOver(); });
        generation = generation_;
        watched.push_back({wake_[0], POLLIN, 0});
        watched.push_back({listener_, POLLIN, 0});  // poll() ignores negative descriptors
        for (const Link &link : links_) {
          watched.push_back({link.silent ? -1 : link.client, POLLIN, 0});
          watched.push_back({link.silent ? -1 : link.server, POLLIN, 0});
        }
      }
      ::poll(watched.data(), watched.size(), -1);
      const std::lock_guard lock(mutex_);
      if (watched[0].revents != 0) {
        char byte = 0;
        (void)!::read(wake_[0], &byte, 1);
      }
      if (generation != generation_) continue;  // the descriptors may have changed
      // In this order, because accepting adds a link.
      for (std::size_t index = 0; index < links_.size(); ++index) {
        Link &link = links_[index];
        if (watched[2 + 2 * index].revents != 0) move(link, link.client, link.server);
        if (!link.isOver() && watched[3 + 2 * index].revents != 0) move(link, link.server, link.client);
      }
      if (watched[1].revents != 0) accept();
    }
  }

  static void move(Link &link, int from, int to) {
    std::array<char, 65536> buffer{};
    const ssize_t count = ::recv(from, buffer.data(), buffer.size(), 0);
    if (count > 0 && sendAll(to, buffer.data(), static_cast<std::size_t>(count))) return;
    closeLink(link);
  }

  void accept() {
    Link link;
    link.client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (link.client < 0) return;
    ++connections_;
    link.silent = accepts_silently_;
    if (!link.silent) link.server = connectToServer(server_port_);
    if (!link.silent && link.server < 0)
      closeLink(link);
    else
      links_.push_back(link);
  }

  const std::uint16_t server_port_;
  std::array<int, 2> wake_{-1, -1};
  std::uint16_t port_ = 0;
  std::mutex mutex_;  // guards the members below
  int listener_ = -1;
  bool accepts_silently_ = false;
  bool stopping_ = false;
  int generation_ = 0;
  int connections_ = 0;
  std::vector<Link> links_;
  std::thread thread_;
};

UnreliableNetwork::UnreliableNetwork(std::uint16_t server_port)
    : content_(std::make_unique<Content>(server_port)) {}
UnreliableNetwork::~UnreliableNetwork() = default;

std::uint16_t UnreliableNetwork::port() const { return content_->port(); }
int UnreliableNetwork::connections() const { return content_->connections(); }
void UnreliableNetwork::recover() { content_->recover(); }
void UnreliableNetwork::silenceConnections() { content_->silence(Content::NewConnections::work); }
void UnreliableNetwork::goSilent() { content_->silence(Content::NewConnections::accepted_silently); }
void UnreliableNetwork::loseAddress() { content_->silence(Content::NewConnections::refused); }
void UnreliableNetwork::resetConnections() { content_->reset(false); }
void UnreliableNetwork::refuse() { content_->reset(true); }

}  // namespace roots::test
