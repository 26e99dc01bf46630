#include "reply_head.h"

#include "header_words.h"
#include "poco_connection.h"

#include <algorithm>
#include <charconv>

namespace roots::kit {
namespace {

constexpr std::size_t kMaxHeaders = 200;

// Up to and without the next line feed, removed from the text; a carriage return before it is dropped.
std::string_view takeLine(std::string_view &text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

// "HTTP/1.1 200 OK"
void readStatusLine(std::string_view line, ReplyHead &head) {
  constexpr int lowest = 100;
  constexpr int highest = 599;
  const std::size_t blank = std::min(line.find(' '), line.size());
  const std::string_view version = line.substr(0, blank);
  head.is_http_1_1 = version != "HTTP/1.0" && version != "HTTP/0.9";
  const std::string_view rest = withoutBlanks(line.substr(blank));
  const auto [end, problem] = std::from_chars(rest.data(), rest.data() + rest.size(), head.status);
  const bool ends_there = end == rest.data() + rest.size() || *end == ' ' || *end == '\t';
  if (problem != std::errc() || !ends_there || head.status < lowest || head.status > highest)
    fail(TransportFault::reply_not_http, "the status of its reply is not valid");
}

// A control character in a value is treated as a blank.
std::string valueOf(std::string_view text) {
  std::string value(withoutBlanks(text));
  std::replace_if(
      value.begin(), value.end(),
      [](char character) { return static_cast<unsigned char>(character) < 0x20 || character == 0x7F; }, ' ');
  return value;
}

void readHeaderLine(std::string_view line, ReplyHead &head) {
  if (line.front() == ' ' || line.front() == '\t') {
    if (!head.headers.empty()) head.headers.back().value += " " + valueOf(line);
    return;
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  if (!isToken(line.substr(0, colon)) || head.headers.size() == kMaxHeaders)
    fail(TransportFault::reply_not_http, "the header of its reply is not valid");
  head.headers.push_back({std::string(line.substr(0, colon)), valueOf(line.substr(colon + 1))});
}

// Whether one of the headers of this name lists the word.
bool lists(const ReplyHead &head, std::string_view name, std::string_view word) {
  for (const auto &header : head.headers) {
    if (!sameWord(header.name, name)) continue;
    std::string_view left = header.value;
    while (!left.empty()) {
      const std::size_t comma = std::min(left.find(','), left.size());
      if (sameWord(withoutBlanks(left.substr(0, comma)), word)) return true;
      left.remove_prefix(std::min(comma + 1, left.size()));
    }
  }
  return false;
}

}  // namespace

bool ReplyHead::keepsConnection() const {
  if (lists(*this, "Connection", "close")) return false;
  return is_http_1_1 || lists(*this, "Connection", "keep-alive");
}

bool ReplyHead::isChunked() const { return lists(*this, "Transfer-Encoding", "chunked"); }

ReplyHead parseReplyHead(std::string_view text) {
  ReplyHead head;
  readStatusLine(takeLine(text), head);
  while (!text.empty())
    if (const std::string_view line = takeLine(text); !line.empty()) readHeaderLine(line, head);
  return head;
}

}  // namespace roots::kit
