// A minimal HTTP client: sends the given bytes to 127.0.0.1 and reports the received bytes and how the
// connection ended. For tests of servers, especially of malformed replies.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace roots::test {

struct LoopbackReply {
  int status = 0;  // 0: no HTTP reply
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  bool complete = false;           // as many body bytes as announced
  std::vector<double> arrival_ms;  // when parts arrived, since the request

  [[nodiscard]] std::optional<std::string> header(std::string_view name) const;  // case-insensitive
};

class LoopbackConnection {
 public:
  explicit LoopbackConnection(std::uint16_t port);
  ~LoopbackConnection();
  LoopbackConnection(const LoopbackConnection &) = delete;
  LoopbackConnection &operator=(const LoopbackConnection &) = delete;

  void send(std::string_view bytes);
  [[nodiscard]] LoopbackReply reply();     // one, up to its announced length or its last chunk
  [[nodiscard]] std::string everything();  // until the connection is closed
  [[nodiscard]] bool wasReset() const { return reset_; }

 private:
  bool receive();                     // more bytes; false: the connection was closed
  bool takeChunk(std::string &body);  // false: there is none, or it was the last one
  int descriptor_ = -1;
  bool reset_ = false;
  std::string received_;
};

struct LoopbackRequest {
  std::string method = "GET";
  std::string target = "/";
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;  // sent with its length if the method is not GET
};
[[nodiscard]] std::string bytesOf(const LoopbackRequest &request);

// One request on a new connection.
[[nodiscard]] LoopbackReply ask(std::uint16_t port, const LoopbackRequest &request);

}  // namespace roots::test
