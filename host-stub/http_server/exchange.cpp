#include "http_server/exchange.h"

#include <roots/kit/wipe.h>

#include <Poco/Exception.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/URI.h>

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <istream>
#include <ostream>

namespace roots::host {
namespace {

namespace net = Poco::Net;

constexpr std::size_t largest_body = std::size_t{1} << 20;

// Ends the connection at once with a reset, without a TLS or TCP shutdown.
void resetConnection(int descriptor) {
  sockaddr nobody{};
  nobody.sa_family = AF_UNSPEC;
  (void)::connect(descriptor, &nobody, sizeof nobody);
}

std::optional<ServerRequest> readRequest(net::HTTPServerRequest &from) {
  ServerRequest request;
  request.method = from.getMethod();
  const Poco::URI uri(from.getURI());
  request.path = uri.getPath();
  request.query = uri.getQueryParameters();
  for (const auto &[name, value] : from) request.headers.emplace_back(name, value);
  std::istream &stream = from.stream();
  if (from.hasContentLength() && from.getContentLength64() > 0)
    request.body.reserve(static_cast<std::size_t>(from.getContentLength64()));
  std::array<char, 16384> buffer{};
  while (stream && request.body.size() <= largest_body) {
    stream.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    request.body.append(buffer.data(), static_cast<std::size_t>(stream.gcount()));
  }
  const bool complete = !from.hasContentLength() || request.body.size() > largest_body ||
                        static_cast<std::uint64_t>(from.getContentLength64()) == request.body.size();
  if (!complete) return std::nullopt;
  return request;
}

ServerReply refusal(net::HTTPServerResponse &response, int status, std::string reason) {
  response.setKeepAlive(false);
  ServerReply reply;
  reply.status = status;
  reply.content_type = "text/plain";
  reply.body = std::move(reason);
  return reply;
}

bool isOpen(int descriptor) {
  char next = 0;
  return ::recv(descriptor, &next, 1, MSG_PEEK | MSG_DONTWAIT) != 0;
}

void setHead(const ServerReply &reply, net::HTTPServerResponse &response) {
  response.setStatusAndReason(static_cast<net::HTTPResponse::HTTPStatus>(reply.status));
  for (const auto &[name, value] : reply.headers) response.add(name, value);
  if (!reply.content_type.empty()) response.setContentType(reply.content_type);
}

void sendRaw(const std::string &bytes, net::StreamSocket &socket) {
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const int count = socket.sendBytes(bytes.data() + sent, static_cast<int>(bytes.size() - sent));
    if (count <= 0) return;
    sent += static_cast<std::size_t>(count);
  }
}

}  // namespace

void Exchange::handleRequest(net::HTTPServerRequest &request, net::HTTPServerResponse &response) {
  const auto reply = replyTo(request, response);
  if (reply) send(*reply, static_cast<net::HTTPServerRequestImpl &>(request), response);
  connections_.setAnswering(connection_, false);
}

std::optional<ServerReply> Exchange::replyTo(net::HTTPServerRequest &request,
                                             net::HTTPServerResponse &response) {
  // Poco would read a POST without a length until the client closes.
  const bool may_have_body =
      request.getMethod() != "GET" && request.getMethod() != "HEAD" && request.getMethod() != "DELETE";
  if (may_have_body && !request.hasContentLength() && !request.getChunkedTransferEncoding())
    return refusal(response, 411, "A body needs a Content-Length.");
  try {
    if (request.hasContentLength() && request.getContentLength64() > static_cast<Poco::Int64>(largest_body))
      return refusal(response, 413, "The body is too large.");
    auto read = readRequest(request);
    if (!read) return std::nullopt;
    connections_.setAnswering(connection_, true);
    const kit::WipedAtEnd wiped(read->body);  // it may hold secrets
    if (read->body.size() > largest_body) return refusal(response, 413, "The body is too large.");
    return handler_(*read);
  } catch (const Poco::SyntaxException &) {
    return refusal(response, 400, "The request target is not a URL.");
  } catch (const std::exception &error) {
    return refusal(response, 500, std::string("The handler failed: ") + error.what());
  }
}

void Exchange::send(const ServerReply &reply, net::HTTPServerRequestImpl &request,
                    net::HTTPServerResponse &response) {
  net::StreamSocket &socket = request.socket();
  if (reply.delay.count() > 0 && !connections_.wait(reply.delay)) return;
  if (reply.reset) {
    response.setKeepAlive(false);
    resetConnection(socket.impl()->sockfd());
  } else if (reply.raw) {
    response.setKeepAlive(false);
    sendRaw(*reply.raw, socket);
  } else if (reply.stream) {
    sendStream(reply, socket.impl()->sockfd(), response);
  } else {
    sendReply(reply, request.getMethod() == "HEAD", socket.impl()->sockfd(), response);
  }
}

void Exchange::sendReply(const ServerReply &reply, bool head_only, int descriptor,
                         net::HTTPServerResponse &response) {
  setHead(reply, response);
  const bool without_body = reply.status == 204 || reply.status == 304;
  if (!without_body) response.setContentLength64(static_cast<Poco::Int64>(reply.body.size()));
  if (reply.cut_after) response.setKeepAlive(false);

  // The reply is complete; from here on, the client's reading determines the time.
  if (reply.delay_in_body.count() == 0) connections_.setSending(connection_);
  std::ostream &out = response.send();
  if (head_only || without_body) {
    out.flush();
    return;
  }
  const std::size_t end = std::min(reply.body.size(), reply.cut_after.value_or(reply.body.size()));
  std::size_t written = 0;
  if (reply.delay_in_body.count() > 0) {
    written = std::min(end, reply.body.size() / 2);
    out.write(reply.body.data(), static_cast<std::streamsize>(written));
    out.flush();
    if (!connections_.wait(reply.delay_in_body)) return;
  }
  out.write(reply.body.data() + written, static_cast<std::streamsize>(end - written));
  out.flush();
  if (reply.cut_after) ::shutdown(descriptor, SHUT_RDWR);
}

void Exchange::sendStream(const ServerReply &reply, int descriptor, net::HTTPServerResponse &response) {
  setHead(reply, response);
  response.setChunkedTransferEncoding(true);
  std::ostream &out = response.send();
  out.flush();
  reply.stream([&](std::string_view piece) {
    if (!out || !isOpen(descriptor)) return false;
    if (!piece.empty()) out.write(piece.data(), static_cast<std::streamsize>(piece.size())).flush();
    return static_cast<bool>(out);
  });
}

}  // namespace roots::host
