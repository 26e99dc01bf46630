#include "poco_reply.h"

#include "poco_connection.h"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/String.h>

#include <algorithm>
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
  Incoming(ByteSource &source, const CallLimits &limits) : source_(source), limits_(limits) {}

  // False: the peer closed.
  bool more() {
    compact();
    return source_.readSome(bytes_, limits_);
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
      const std::size_t searched = available().size();
      if (searched > longest) break;
      requireMore();
      end = available().find('\n', searched);
    }
    if (end > longest) fail(TransportFault::reply_not_http, "its reply is not valid HTTP");
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

  ByteSource &source_;
  const CallLimits &limits_;
  std::string bytes_;
  std::size_t used_ = 0;
};

// Length of the head with its empty line, which does not begin before this place; nullopt: not complete yet.
std::optional<std::size_t> headLength(std::string_view text, std::size_t not_before) {
  for (std::size_t end = text.find('\n', not_before); end != std::string_view::npos;
       end = text.find('\n', end + 1)) {
    const std::string_view rest = text.substr(end + 1);
    if (!rest.empty() && rest.front() == '\n') return end + 2;
    if (rest.substr(0, 2) == "\r\n") return end + 3;
  }
  return std::nullopt;
}

std::string readHead(Incoming &incoming, bool &received_any) {
  constexpr std::string_view start = "HTTP/";
  // Looked at once, whoever sends it byte by byte: the empty line and its line feed may still be incomplete.
  std::size_t searched = 0;
  for (;;) {
    const std::string_view text = incoming.available();
    received_any = received_any || !text.empty();
    const std::size_t comparable = std::min(text.size(), start.size());
    if (text.substr(0, comparable) != start.substr(0, comparable)) {
      fail(TransportFault::reply_not_http, "its reply is not HTTP");
    }
    if (const auto length = headLength(text, searched)) {
      std::string head(text.substr(0, *length));
      incoming.use(*length);
      return head;
    }
    if (text.size() > kLargestHead)
      fail(TransportFault::reply_too_large, "the header of its reply is too large");
    searched = text.size() - std::min<std::size_t>(text.size(), 2);
    incoming.requireMore();
  }
}

// The number in "HTTP/1.1 200 OK". Poco keeps it as an enumerator, which most numbers are not.
int statusIn(const std::string &head) {
  constexpr int lowest = 100;
  constexpr int highest = 599;
  const std::size_t begin = head.find_first_not_of(' ', std::min(head.find(' '), head.size()));
  int status = 0;
  if (begin != std::string::npos) std::from_chars(head.data() + begin, head.data() + head.size(), status);
  if (status < lowest || status > highest)
    fail(TransportFault::reply_not_http, "the status of its reply is not valid");
  return status;
}

struct Head {
  int status = 0;
  Poco::Net::HTTPResponse response;  // but for its status
};

void parseHead(const std::string &text, Head &head) {
  head.response.clear();
  head.response.setFieldLimit(kMostHeaders);
  std::istringstream stream(text);
  try {
    head.response.read(stream);
  } catch (const Poco::Exception &) {
    fail(TransportFault::reply_not_http, "the header of its reply is not valid");
  }
  head.status = statusIn(text);
}

void requireRoom(std::size_t size, std::size_t max_body_bytes) {
  if (size > max_body_bytes) fail(TransportFault::reply_too_large, "its reply is too large");
}

// How long the body is said to be; nullopt: it is not said.
std::optional<std::size_t> declaredLength(const Poco::Net::HTTPResponse &response) {
  std::optional<std::size_t> length;
  for (const auto &[name, value] : response) {
    if (Poco::icompare(name, Poco::Net::HTTPMessage::CONTENT_LENGTH) != 0) continue;
    std::size_t size = 0;
    const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), size);
    const bool is_number = problem == std::errc() && end == value.data() + value.size();
    if (!is_number || (length && *length != size))
      fail(TransportFault::reply_not_http, "the length of its reply is not valid");
    length = size;
  }
  return length;
}

// Nothing but chunks is unpacked: a few bytes that swell to gigabytes stay few, and unread.
void requireUnpacked(const Poco::Net::HTTPResponse &response) {
  for (const auto &[name, value] : response) {
    const bool is_coding = Poco::icompare(name, "Content-Encoding") == 0;
    const bool is_transfer = Poco::icompare(name, Poco::Net::HTTPMessage::TRANSFER_ENCODING) == 0;
    if (!is_coding && !is_transfer) continue;
    const bool is_plain = value.empty() || Poco::icompare(value, "identity") == 0 ||
                          (is_transfer && Poco::icompare(value, "chunked") == 0);
    if (!is_plain) fail(TransportFault::reply_not_http, "its reply is compressed, which was not asked for");
  }
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

// The lines around the pieces count like the pieces, or a body of one byte could go on for gigabytes.
void readChunks(Incoming &incoming, std::size_t max_body_bytes, std::string &body) {
  constexpr std::size_t longest_line = 1024;
  std::size_t framing = 0;
  const auto nextLine = [&](std::size_t longest) {
    std::string line = incoming.line(longest);
    framing += line.size() + 1;
    requireRoom(body.size() + framing, max_body_bytes);
    return line;
  };
  for (;;) {
    const std::string line = nextLine(longest_line);
    std::size_t size = 0;
    const auto [end, problem] = std::from_chars(line.data(), line.data() + line.size(), size, 16);
    const bool ends_well = end == line.data() + line.size() || *end == ';' || *end == ' ' || *end == '\t';
    if (problem != std::errc() || !ends_well)
      fail(TransportFault::reply_not_http, "the body of its reply is not valid");
    if (size == 0) break;
    requireRoom(size, max_body_bytes);
    requireRoom(body.size() + size, max_body_bytes);
    readExactly(incoming, size, body);
    if (!nextLine(longest_line).empty())
      fail(TransportFault::reply_not_http, "the body of its reply is not valid");
  }
  while (!nextLine(kLargestHead).empty()) continue;  // trailers
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

// False: the body ended with the connection.
bool readBody(Incoming &incoming, const Head &head, const std::string &method, std::size_t max_body_bytes,
              std::string &body) {
  if (isWithoutBody(head.status, method)) return true;
  const Poco::Net::HTTPResponse &response = head.response;
  requireUnpacked(response);
  const auto length = declaredLength(response);
  if (response.getChunkedTransferEncoding()) {
    readChunks(incoming, max_body_bytes, body);
  } else if (length) {
    requireRoom(*length, max_body_bytes);
    readExactly(incoming, *length, body);
  } else {
    readUntilClosed(incoming, max_body_bytes, body);
    return false;
  }
  return true;
}

}  // namespace

int readTunnelStatus(ByteSource &source, const CallLimits &limits) {
  bool received_any = false;
  Incoming incoming(source, limits);
  Head head;
  parseHead(readHead(incoming, received_any), head);
  const bool is_open = head.status >= 200 && head.status <= 299;
  if (is_open && !incoming.available().empty())
    fail(TransportFault::reply_not_http, "its reply is not valid HTTP");
  return head.status;
}

ReadReply readReply(ByteSource &source, const std::string &method, std::size_t max_body_bytes,
                    const CallLimits &limits, bool &received_any) {
  constexpr int most_interim_replies = 5;
  received_any = false;
  Incoming incoming(source, limits);
  Head head;
  parseHead(readHead(incoming, received_any), head);
  for (int interim = 0; head.status < 200; ++interim) {  // 100 Continue and its like
    if (interim == most_interim_replies) fail(TransportFault::reply_not_http, "its reply is not valid HTTP");
    parseHead(readHead(incoming, received_any), head);
  }

  ReadReply read;
  read.reply.status = head.status;
  for (const auto &[name, value] : head.response) read.reply.headers.push_back({name, value});
  const bool ends_by_itself = readBody(incoming, head, method, max_body_bytes, read.reply.body);
  read.connection_reusable = ends_by_itself && head.response.getKeepAlive() && incoming.available().empty();
  return read;
}

}  // namespace roots::kit
