#include "poco_reply.h"

#include "header_words.h"
#include "poco_connection.h"
#include "reply_head.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace roots::kit {
namespace {

constexpr std::size_t kMaxHeadBytes = 256 * 1024;

// Received bytes that are not used yet, and the source of more.
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
  std::string line(std::size_t max_length) {
    std::size_t end = available().find('\n');
    while (end == std::string_view::npos) {
      const std::size_t searched = available().size();
      if (searched > max_length) break;
      requireMore();
      end = available().find('\n', searched);
    }
    if (end > max_length) fail(TransportFault::reply_not_http, "its reply is not valid HTTP");
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
  // Each byte is scanned once, even if sent byte by byte: the empty line may still be incomplete.
  std::size_t searched = 0;
  for (;;) {
    const std::string_view text = incoming.available();
    received_any = received_any || !text.empty();
    const std::size_t comparable = std::min(text.size(), start.size());
    if (text.substr(0, comparable) != start.substr(0, comparable))
      fail(TransportFault::reply_not_http, "its reply is not HTTP");
    if (const auto length = headLength(text, searched)) {
      std::string head(text.substr(0, *length));
      incoming.use(*length);
      return head;
    }
    if (text.size() > kMaxHeadBytes)
      fail(TransportFault::reply_too_large, "the header of its reply is too large");
    searched = text.size() - std::min<std::size_t>(text.size(), 2);
    incoming.requireMore();
  }
}

void requireRoom(std::size_t size, std::size_t max_body_bytes) {
  if (size > max_body_bytes) fail(TransportFault::reply_too_large, "its reply is too large");
}

// The declared length of the body; nullopt: none.
std::optional<std::size_t> declaredLength(const ReplyHead &head) {
  std::optional<std::size_t> length;
  for (const auto &[name, value] : head.headers) {
    if (!sameWord(name, "Content-Length")) continue;
    std::size_t size = 0;
    const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), size);
    const bool is_number = problem == std::errc() && end == value.data() + value.size();
    if (!is_number || (length && *length != size))
      fail(TransportFault::reply_not_http, "the length of its reply is not valid");
    length = size;
  }
  return length;
}

// Only chunked encoding is decoded, so that a small compressed body cannot expand to gigabytes.
void requireUnpacked(const ReplyHead &head) {
  for (const auto &[name, value] : head.headers) {
    const bool is_coding = sameWord(name, "Content-Encoding");
    const bool is_transfer = sameWord(name, "Transfer-Encoding");
    if (!is_coding && !is_transfer) continue;
    const bool is_plain =
        value.empty() || sameWord(value, "identity") || (is_transfer && sameWord(value, "chunked"));
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

// Chunk framing counts towards the limit, otherwise a body of one byte could take gigabytes.
void readChunks(Incoming &incoming, std::size_t max_body_bytes, std::string &body) {
  constexpr std::size_t max_line = 1024;
  std::size_t framing = 0;
  const auto nextLine = [&](std::size_t max_length) {
    std::string line = incoming.line(max_length);
    framing += line.size() + 1;
    requireRoom(body.size() + framing, max_body_bytes);
    return line;
  };
  for (;;) {
    const std::string line = nextLine(max_line);
    std::size_t size = 0;
    const auto [end, problem] = std::from_chars(line.data(), line.data() + line.size(), size, 16);
    const bool ends_well = end == line.data() + line.size() || *end == ';' || *end == ' ' || *end == '\t';
    if (problem != std::errc() || !ends_well)
      fail(TransportFault::reply_not_http, "the body of its reply is not valid");
    if (size == 0) break;
    requireRoom(size, max_body_bytes);
    requireRoom(body.size() + size, max_body_bytes);
    readExactly(incoming, size, body);
    if (!nextLine(max_line).empty())
      fail(TransportFault::reply_not_http, "the body of its reply is not valid");
  }
  while (!nextLine(kMaxHeadBytes).empty()) continue;  // trailers
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
bool readBody(Incoming &incoming, const ReplyHead &head, const std::string &method,
              std::size_t max_body_bytes, std::string &body) {
  if (isWithoutBody(head.status, method)) return true;
  requireUnpacked(head);
  const auto length = declaredLength(head);
  if (head.isChunked()) {
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

HttpReply readTunnelReply(ByteSource &source, const CallLimits &limits) {
  bool received_any = false;
  Incoming incoming(source, limits);
  ReplyHead head = parseReplyHead(readHead(incoming, received_any));
  const bool is_open = head.status >= 200 && head.status <= 299;
  if (is_open && !incoming.available().empty())
    fail(TransportFault::reply_not_http, "its reply is not valid HTTP");
  return {head.status, std::move(head.headers), ""};
}

ReadReply readReply(ByteSource &source, const std::string &method, std::size_t max_body_bytes,
                    const CallLimits &limits, bool &received_any) {
  constexpr int max_interim_replies = 5;
  received_any = false;
  Incoming incoming(source, limits);
  ReplyHead head = parseReplyHead(readHead(incoming, received_any));
  for (int interim = 0; head.status < 200; ++interim) {  // 100 Continue and similar
    if (interim == max_interim_replies) fail(TransportFault::reply_not_http, "its reply is not valid HTTP");
    head = parseReplyHead(readHead(incoming, received_any));
  }

  ReadReply read;
  const bool ends_by_itself = readBody(incoming, head, method, max_body_bytes, read.reply.body);
  read.connection_reusable = ends_by_itself && head.keepsConnection() && incoming.available().empty();
  read.reply.status = head.status;
  read.reply.headers = std::move(head.headers);
  return read;
}

}  // namespace roots::kit
