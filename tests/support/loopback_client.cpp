#include "support/loopback_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <stdexcept>

namespace roots::test {
namespace {

constexpr int seconds_of_silence = 20;  // the limit after which a test stops waiting

void readHead(std::string_view head, LoopbackReply &reply) {
  std::size_t at = head.find("\r\n");
  const std::string status_line(head.substr(0, at));
  if (status_line.rfind("HTTP/1.", 0) != 0 || status_line.size() < 12) return;
  reply.status = std::atoi(status_line.c_str() + 9);
  while (at != std::string_view::npos && at + 2 < head.size()) {
    const std::size_t end = std::min(head.find("\r\n", at + 2), head.size());
    const std::string_view line = head.substr(at + 2, end - at - 2);
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos) {
      std::string_view value = line.substr(colon + 1);
      while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
      reply.headers.emplace_back(line.substr(0, colon), value);
    }
    at = end;
  }
}

}  // namespace

std::optional<std::string> LoopbackReply::header(std::string_view name) const {
  for (const auto &[candidate, value] : headers)
    if (::strcasecmp(candidate.c_str(), std::string(name).c_str()) == 0) return value;
  return std::nullopt;
}

LoopbackConnection::LoopbackConnection(std::uint16_t port) {
  descriptor_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval limit{seconds_of_silence, 0};
  ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(descriptor_, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
    ::close(descriptor_);
    throw std::runtime_error("nobody listens on port " + std::to_string(port));
  }
}

LoopbackConnection::~LoopbackConnection() { ::close(descriptor_); }

void LoopbackConnection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

bool LoopbackConnection::receive() {
  std::array<char, 65536> buffer{};
  const auto count = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
  if (count < 0) reset_ = errno == ECONNRESET;
  if (count <= 0) return false;
  received_.append(buffer.data(), static_cast<std::size_t>(count));
  return true;
}

bool LoopbackConnection::takeChunk(std::string &body) {
  while (received_.find("\r\n") == std::string::npos)
    if (!receive()) return false;
  const std::size_t head = received_.find("\r\n") + 2;
  const std::size_t length = std::strtoul(received_.c_str(), nullptr, 16);
  while (received_.size() < head + length + 2)
    if (!receive()) return false;
  body += received_.substr(head, length);
  received_.erase(0, head + length + 2);
  return length > 0;
}

LoopbackReply LoopbackConnection::reply() {
  const auto start = std::chrono::steady_clock::now();
  LoopbackReply reply;
  const auto arrived = [&] {
    const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - start;
    reply.arrival_ms.push_back(time.count());
  };
  while (received_.find("\r\n\r\n") == std::string::npos) {
    if (!receive()) return reply;
    arrived();
  }
  const std::size_t head = received_.find("\r\n\r\n");
  readHead(std::string_view(received_).substr(0, head), reply);
  received_.erase(0, head + 4);
  if (reply.header("Transfer-Encoding") == "chunked") {
    while (takeChunk(reply.body)) arrived();
    reply.complete = received_.empty();
    return reply;
  }
  const std::size_t length = std::strtoul(reply.header("Content-Length").value_or("0").c_str(), nullptr, 10);
  while (received_.size() < length && receive()) arrived();
  reply.complete = received_.size() >= length;
  reply.body = received_.substr(0, length);
  received_.erase(0, length);
  return reply;
}

std::string LoopbackConnection::everything() {
  while (receive()) {
  }
  return std::move(received_);
}

std::string bytesOf(const LoopbackRequest &request) {
  std::string bytes = request.method + " " + request.target + " HTTP/1.1\r\n";
  bool has_host = false;
  for (const auto &[name, value] : request.headers) has_host = has_host || name == "Host";
  if (!has_host) bytes += "Host: 127.0.0.1\r\n";
  for (const auto &[name, value] : request.headers) bytes += name + ": " + value + "\r\n";
  if (request.method != "GET") bytes += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
  return bytes + "\r\n" + request.body;
}

LoopbackReply ask(std::uint16_t port, const LoopbackRequest &request) {
  LoopbackConnection connection(port);
  connection.send(bytesOf(request));
  return connection.reply();
}

}  // namespace roots::test
