#include "support/proxy_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace roots::test {
namespace {

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

void sendAll(int socket, const std::string &bytes) {
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t count = ::send(socket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (count <= 0) return;
    sent += static_cast<std::size_t>(count);
  }
}

// The port in "CONNECT localhost:8443 HTTP/1.1".
int portIn(const std::string &head) { return std::stoi(head.substr(head.find(':') + 1)); }

}  // namespace

ProxyServer::ProxyServer(ProxyBehaviour behaviour) : behaviour_(std::move(behaviour)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t length = sizeof address;
  if (::bind(listener_, reinterpret_cast<sockaddr *>(&address), length) != 0 || ::listen(listener_, 16) != 0)
    throw std::runtime_error("cannot listen on loopback");
  ::getsockname(listener_, reinterpret_cast<sockaddr *>(&address), &length);
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { acceptAll(); });
}

ProxyServer::~ProxyServer() {
  stopping_ = true;
  acceptor_.join();
  for (auto &thread : threads_) thread.join();
  ::close(listener_);
}

std::string ProxyServer::heads() const {
  const std::lock_guard lock(mutex_);
  return heads_;
}

std::string ProxyServer::tunnelled() const {
  const std::lock_guard lock(mutex_);
  return tunnelled_;
}

bool ProxyServer::waitReadable(int socket) const {
  while (!stopping_) {
    pollfd waiting{socket, POLLIN, 0};
    if (::poll(&waiting, 1, 10) > 0) return true;
  }
  return false;
}

void ProxyServer::acceptAll() {
  while (waitReadable(listener_)) {
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) continue;
    threads_.emplace_back([this, client] {
      serve(client);
      ::close(client);
    });
  }
}

void ProxyServer::serve(int client) {
  std::string head;
  while (head.find("\r\n\r\n") == std::string::npos) {
    std::array<char, 4096> buffer{};
    const ssize_t count = waitReadable(client) ? ::recv(client, buffer.data(), buffer.size(), 0) : 0;
    if (count <= 0) return;
    head.append(buffer.data(), static_cast<std::size_t>(count));
  }
  {
    const std::lock_guard lock(mutex_);
    heads_ += head;
  }
  if (behaviour_.close) return;
  if (behaviour_.silent) {
    (void)waitReadable(client);
    return;
  }
  if (!behaviour_.answer.empty() && (behaviour_.answers == 0 || ++answered_ <= behaviour_.answers)) {
    sendAll(client, behaviour_.answer);
    (void)waitReadable(client);
    return;
  }
  const std::string wanted = "Proxy-Authorization: " + behaviour_.authorization + "\r\n";
  if (!behaviour_.authorization.empty() && head.find(wanted) == std::string::npos) {
    sendAll(client, "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: " + behaviour_.offers +
                        "\r\n\r\n");
    return;
  }
  const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(portIn(head));
  if (::connect(server, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0) {
    sendAll(client, "HTTP/1.1 200 Connection established\r\n\r\n");
    forward(client, server);
  } else {
    sendAll(client, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
  }
  ::close(server);
}

void ProxyServer::forward(int client, int server) {
  while (!stopping_) {
    std::array<pollfd, 2> waiting{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
    if (::poll(waiting.data(), waiting.size(), 10) <= 0) continue;
    for (const auto &side : waiting) {
      if (side.revents == 0) continue;
      std::array<char, 16384> buffer{};
      const ssize_t count = ::recv(side.fd, buffer.data(), buffer.size(), 0);
      if (count <= 0) return;
      const std::string bytes(buffer.data(), static_cast<std::size_t>(count));
      if (side.fd == client) {
        const std::lock_guard lock(mutex_);
        tunnelled_ += bytes;
      }
      sendAll(side.fd == client ? server : client, bytes);
    }
  }
}

}  // namespace roots::test
