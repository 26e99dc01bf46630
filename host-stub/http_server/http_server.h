// A small HTTP(S) server on loopback: the only wrapper around Poco's HTTP server. The sandbox,
// the checker, and the page use it. A handler gets a request and returns a reply; it is called from
// several threads at the same time. For tests, a reply can simulate network failures.
#pragma once

#include <roots/result.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace roots::host {

struct ServerRequest {
  std::string method;
  std::string path;                                        // decoded, without the query
  std::vector<std::pair<std::string, std::string>> query;  // decoded, in order
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  [[nodiscard]] std::optional<std::string> header(const std::string &name) const;  // case-insensitive
  [[nodiscard]] std::vector<std::string> parameters(const std::string &name) const;
};

// Accepts the next part of a body. False: the client has disconnected; an empty part only checks.
using BodyWriter = std::function<bool(std::string_view piece)>;

struct ServerReply {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string content_type = "application/json";
  std::string body;
  std::function<void(const BodyWriter &write)> stream;  // instead of body: sent while it is produced

  // Simulated failures, for tests.
  std::chrono::milliseconds delay{0};          // before the first byte
  std::chrono::milliseconds delay_in_body{0};  // in the middle of the body
  std::optional<std::size_t> cut_after;        // close the connection after this number of body bytes
  bool reset = false;                          // close it before the first byte
  std::optional<std::string> raw;              // send exactly these bytes instead, then close
};

using ServerHandler = std::function<ServerReply(const ServerRequest &)>;

struct ServerOptions {
  std::uint16_t port = 0;        // 0: any free one
  std::string certificate_file;  // PEM; with both set the server speaks TLS
  std::string private_key_file;
  std::chrono::milliseconds request_time{
      5000};  // from connecting to the complete request; then the connection is ended
};

// Serves from construction until destruction, on 127.0.0.1 only.
class HttpServer {
 public:
  [[nodiscard]] static Result<std::unique_ptr<HttpServer>> start(const ServerOptions &options,
                                                                 ServerHandler handler);
  ~HttpServer();
  HttpServer(const HttpServer &) = delete;
  HttpServer &operator=(const HttpServer &) = delete;

  [[nodiscard]] std::uint16_t port() const;
  // The number of connections so far.
  [[nodiscard]] int connectionsSeen() const;

 private:
  struct Content;
  explicit HttpServer(std::unique_ptr<Content> content);
  std::unique_ptr<Content> content_;
};

}  // namespace roots::host
