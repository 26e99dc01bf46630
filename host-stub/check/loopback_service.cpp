#include "check/loopback_service.h"

#include <roots/kit/json.h>
#include <roots/kit/url.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

namespace roots::check {

namespace {

Error unusable(const std::filesystem::path &file, const std::string &why) {
  return makeError(Status::invalid_setting,
                   file.filename().string() + " contains no valid recorded replies: " + why);
}

}  // namespace

LoopbackService::LoopbackService(host::ServerHandler handler) {
  host::ServerOptions options;
  options.request_time = std::chrono::minutes(10);  // a busy computer must not close the connection
  auto server = host::HttpServer::start(
      options, [this, handler = std::move(handler)](const host::ServerRequest &request) {
        {
          const std::lock_guard lock(mutex_);
          targets_.push_back(request.path + "?" + kit::encodedPairs(request.query));
        }
        return handler(request);
      });
  if (!server) throw std::runtime_error(server.error().message);
  server_ = std::move(*server);
}

LoopbackService::LoopbackService(const host::ServerReply &always)
    : LoopbackService([always](const host::ServerRequest &) { return always; }) {}

std::string LoopbackService::address() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }

std::vector<std::string> LoopbackService::targets() const {
  const std::lock_guard lock(mutex_);
  return targets_;
}

host::ServerReply silence() {
  host::ServerReply reply;
  reply.delay = std::chrono::hours(1);
  return reply;
}

std::string refusingAddress() {
  // Bound, so that no other program gets the port, but not listening.
  static const std::uint16_t port = [] {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool bound = socket >= 0 && ::bind(socket, reinterpret_cast<sockaddr *>(&address), size) == 0 &&
                       ::getsockname(socket, reinterpret_cast<sockaddr *>(&address), &size) == 0;
    if (!bound) throw std::runtime_error("No port is free on 127.0.0.1.");
    return ntohs(address.sin_port);
  }();
  return "http://127.0.0.1:" + std::to_string(port);
}

Result<host::ServerHandler> readReplies(const std::filesystem::path &file) {
  std::ostringstream text;
  std::ifstream stream(file, std::ios::binary);
  text << stream.rdbuf();
  if (!stream) return unusable(file, "it cannot be read.");
  const auto document = kit::JsonDocument::parse(text.str());
  if (!document) return unusable(file, document.error().message);
  const auto root = document->root();
  if (!root.isObject()) return unusable(file, "it must be one object, with a member for each request.");
  std::map<std::string, host::ServerReply> replies;
  for (std::size_t index = 0; index < root.size(); ++index) {
    const auto recorded = root.memberValue(index);
    host::ServerReply reply;
    reply.status = static_cast<int>(recorded["status"].asInteger().value_or(200));
    if (recorded["body"].exists()) reply.body = kit::JsonDocument::textOf(recorded["body"]);
    replies[std::string(root.memberName(index))] = std::move(reply);
  }
  host::ServerHandler handler = [replies = std::move(replies)](const host::ServerRequest &request) {
    const auto found = replies.find(request.method + " " + request.path);
    if (found != replies.end()) return found->second;
    host::ServerReply unknown;
    unknown.status = 404;
    unknown.body = "{}";
    return unknown;
  };
  return handler;
}

}  // namespace roots::check
