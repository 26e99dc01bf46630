#include "poco_reply.h"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPResponse.h>

#include <charconv>
#include <optional>
#include <sstream>

namespace roots::kit {
namespace {

constexpr std::size_t kLargestHead = 256 * 1024;
constexpr int kMostHeaders = 200;

// What has arrived and not been used yet, and where more comes from.
class Incoming {
 public:
  Incoming(PocoConnection &connection, const CallLimits &limits) : connection_(connection), limits_(limits) {}

  // False: the peer closed.
  bool more() {
    compact();
    return connection_.readSome(bytes_, limits_);
  }

  void requireMore() {
    if (!more()) fail(TransportFault::connection_lost, "the reply was cut off");
  }

  [[nodiscard]] std::string_view available() const { return std::string_view(bytes_).substr(used_); }
  void use(std::size_t count) { used_ += count; }

  // Up to and without the next line feed; a carriage return before it is dropped.
  std::string line(std::size_t longest) {
    std::size_t end = available().find('\n');
    while (end == std::string_view::npos) {
      if (available().size() > longest) fail(TransportFault::reply_not_http, "its reply is not valid HTTP");
      requireMore();
      end = available().find('\n');
    }
    std::string text(available().substr(0, end));
    use(end + 1);
    if (!text.empty() && text.back() == '\r') text.pop_back();
    return text;
  }

 private:
  void compact() {
    bytes_.erase(0, used_);
    used_ = 0;
  }

  PocoConnection &connection_;
  const CallLimits &limits_;
  std::string bytes_;
  std::size_t used_ = 0;
};

// Length of the head with its empty line; nullopt: not complete yet.
std::optional<std::size_t> headLength(std::string_view text) {
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', end + 1)) {
    const std::string_view rest = text.substr(end + 1);
    if (!rest.empty() && rest.front() == '\n') return end + 2;
    if (rest.substr(0, 2) == "\r\n") return end + 3;
  }
  return std::nullopt;
}

std::string readHead(Incoming &incoming, bool &received_any) {
  constexpr std::string_view start = "HTTP/";
  for (;;) {
    const std::string_view text = incoming.available();
    received_any = received_any || !text.empty();
    const std::size_t comparable = std::min(text.size(), start.size());
    if (text.substr(0, comparable) != start.substr(0, comparable)) {
      fail(TransportFault::reply_not_http, "its reply is not HTTP");
    }
    if (const auto length = headLength(text)) {
      std::string head(text.substr(0, *length));
      incoming.use(*length);
      return head;
    }
    if (text.size() > kLargestHead)
      fail(TransportFault::reply_too_large, "the header of its reply is too large");
    incoming.requireMore();
  }
}

Poco::Net::HTTPResponse parseHead(const std::string &head) {
  Poco::Net::HTTPResponse response;
  response.setFieldLimit(kMostHeaders);
  std::istringstream stream(head);
  try {
    response.read(stream);
  } catch (const Poco::Exception &) {
    fail(TransportFault::reply_not_http, "the header of its reply is not valid");
  }
  return response;
}

void requireRoom(std::size_t size, std::size_t max_body_bytes) {
  if (size > max_body_bytes) fail(TransportFault::reply_too_large, "its reply is too large");
}

void readExactly(Incoming &incoming, std::size_t count, std::string &body) {
  while (count > 0) {
    if (incoming.available().empty()) incoming.requireMore();
    const std::string_view part = incoming.available().substr(0, count);
    body.append(part);
    count -= part.size();
    incoming.use(part.size());
  }
}

void readChunks(Incoming &incoming, std::size_t max_body_bytes, std::string &body) {
  constexpr std::size_t longest_line = 1024;
  for (;;) {
    const std::string line = incoming.line(longest_line);
    std::size_t size = 0;
    const auto [end, problem] = std::from_chars(line.data(), line.data() + line.size(), size, 16);
    const bool ends_well = end == line.data() + line.size() || *end == ';' || *end == ' ' || *end == '\t';
    if (problem != std::errc() || !ends_well)
      fail(TransportFault::reply_not_http, "the body of its reply is not valid");
    if (size == 0) break;
    requireRoom(size, max_body_bytes);
    requireRoom(body.size() + size, max_body_bytes);
    readExactly(incoming, size, body);
    if (!incoming.line(longest_line).empty())
      fail(TransportFault::reply_not_http, "the body of its reply is not valid");
  }
  int trailers = 0;
  while (!incoming.line(kLargestHead).empty()) {
    if (++trailers > kMostHeaders)
      fail(TransportFault::reply_too_large, "the header of its reply is too large");
  }
}

void readUntilClosed(Incoming &incoming, std::size_t max_body_bytes, std::string &body) {
  do {
    body.append(incoming.available());
    incoming.use(incoming.available().size());
    requireRoom(body.size(), max_body_bytes);
  } while (incoming.more());
}

bool isWithoutBody(int status, const std::string &method) {
  return method == "HEAD" || status == 204 || status == 304;
}

}  // namespace

int readTunnelStatus(PocoConnection &connection, const CallLimits &limits) {
  bool received_any = false;
  Incoming incoming(connection, limits);
  const int status = parseHead(readHead(incoming, received_any)).getStatus();
  const bool is_open = status >= 200 && status <= 299;
  if (is_open && !incoming.available().empty())
    fail(TransportFault::reply_not_http, "its reply is not valid HTTP");
  return status;
}

ReadReply readReply(PocoConnection &connection, const std::string &method, std::size_t max_body_bytes,
                    const CallLimits &limits, bool &received_any) {
  constexpr int most_interim_replies = 5;
  received_any = false;
  Incoming incoming(connection, limits);
  Poco::Net::HTTPResponse response = parseHead(readHead(incoming, received_any));
  for (int interim = 0; response.getStatus() < 200; ++interim) {  // 100 Continue and its like
    if (interim == most_interim_replies) fail(TransportFault::reply_not_http, "its reply is not valid HTTP");
    response = parseHead(readHead(incoming, received_any));
  }

  ReadReply read;
  read.reply.status = response.getStatus();
  for (const auto &[name, value] : response) read.reply.headers.push_back({name, value});
  bool ends_by_itself = true;
  if (isWithoutBody(read.reply.status, method)) {
    // nothing to read
  } else if (response.getChunkedTransferEncoding()) {
    readChunks(incoming, max_body_bytes, read.reply.body);
  } else if (response.hasContentLength()) {
    const auto length = static_cast<std::uint64_t>(response.getContentLength64());
    requireRoom(static_cast<std::size_t>(length), max_body_bytes);
    readExactly(incoming, static_cast<std::size_t>(length), read.reply.body);
  } else {
    readUntilClosed(incoming, max_body_bytes, read.reply.body);
    ends_by_itself = false;
  }
  read.connection_reusable = ends_by_itself && response.getKeepAlive() && incoming.available().empty();
  return read;
}

}  // namespace roots::kit
