// Replies with which a malicious server may try to exhaust or confuse the transport. The table is in
// tests/tables/hostile-replies.md.
#include "kit/hostile_case.h"
#include "support/catch.h"

#include <roots/kit/http_transport.h>
#include <roots/kit/json.h>

using namespace roots::test;
using namespace std::chrono_literals;

namespace {

const std::string kChunked = kStart + "Transfer-Encoding: chunked\r\n\r\n";

std::string repeated(const std::string &text, std::size_t times) {
  std::string all;
  for (std::size_t count = 0; count < times; ++count) all += text;
  return all;
}

std::vector<HostileCase> floods() {
  return {
      {"headers without end", endless(kStart, "X: 1\r\n"), "reply_too_large"},
      {"one header line without end", endless(kStart + "X: ", "1"), "reply_too_large"},
      {"a first line without end", endless("HTTP/1.1 200 ", "O"), "reply_too_large"},
      {"100,000 small headers", sending(kStart + repeated("X: 1\r\n", 100000) + "\r\n"), "reply_too_large"},
      {"1,000 small headers", sending(kStart + repeated("X: 1\r\n", 1000) + "\r\n"), "reply_not_http"},
      {"interim replies without end", endless("", "HTTP/1.1 100 Continue\r\n\r\n"), "reply_not_http"},
      {"a stream that is no HTTP", endless("", "\x16\x03\x01"), "reply_not_http"},
      {"a body without end", endless(kStart + "\r\n", "x"), "reply_too_large", 4 * kMiB, 4 * kMiB},
      {"chunks without end", endless(kChunked, "1000\r\n" + std::string(4096, 'x') + "\r\n"),
       "reply_too_large", 4 * kMiB, 4 * kMiB},
      {"chunks of one byte without end", endless(kChunked, "1\r\nx\r\n"), "reply_too_large", 4 * kMiB},
      {"a long extension to each chunk of one byte",
       endless(kChunked, "1;" + std::string(1000, 'e') + "\r\nx\r\n"), "reply_too_large"},
      {"a chunk extension without end", endless(kChunked + "1;", "e"), "reply_not_http"},
      {"trailers without end", endless(kChunked + "0\r\n", "X: 1\r\n"), "reply_too_large"},
      {"one trailer line without end", endless(kChunked + "0\r\nX: ", "1"), "reply_not_http"},
      {"a length, and more than that without end", endless(kStart + "Content-Length: 2\r\n\r\n{}", "x"),
       "reply 200, JSON"},
      {"a compressed body without end",
       endless(kStart + "Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08", std::string(1, '\0')),
       "reply_not_http"},
  };
}

std::vector<HostileCase> contradictions() {
  const auto length = [](const std::string &value) {
    return sending(kStart + "Content-Length: " + value + "\r\n\r\n{}");
  };
  std::vector<HostileCase> cases{
      {"a status of 999", sending("HTTP/1.1 999 No\r\nContent-Length: 2\r\n\r\n{}"), "reply_not_http"},
      {"a status below zero", sending("HTTP/1.1 -20 No\r\nContent-Length: 2\r\n\r\n{}"), "reply_not_http"},
      {"a length below zero", length("-1"), "reply_not_http"},
      {"a length that is no number", length("two"), "reply_not_http"},
      {"a length of 2^64", length("18446744073709551616"), "reply_not_http"},
      {"a length of 2^62", length("4611686018427387904"), "reply_too_large"},
      {"two lengths", length("2\r\nContent-Length: 1"), "reply_not_http"},
      {"a chunk of 2^64 bytes", sending(kChunked + "10000000000000000\r\n"), "reply_not_http"},
      {"a chunk of 2^64 - 1 bytes", sending(kChunked + "ffffffffffffffff\r\n"), "reply_too_large"},
      {"a second chunk of 2^64 - 1 bytes", sending(kChunked + "1\r\n{\r\nffffffffffffffff\r\n"),
       "reply_too_large"},
      {"a chunk of less than zero bytes", sending(kChunked + "-1\r\n"), "reply_not_http"},
      {"a chunk longer than it says", sending(kChunked + "1\r\n{}\r\n0\r\n\r\n"), "reply_not_http"},
      {"chunks that are compressed", sending(kStart + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
       "reply_not_http"},
      {"a compressed body that does not say so", sending(kStart + "Content-Length: 5\r\n\r\n\x1f\x8b\x08xx"),
       "reply 200, not JSON"},
  };
  for (HostileCase &hostile : cases) hostile = small(hostile);
  return cases;
}

std::vector<HostileCase> drips() {
  std::vector<HostileCase> cases{
      {"nothing", [](Peer &peer) { peer.wait(10min); }, "timed_out"},
      {"the first line, byte by byte", dripping("HTTP/1.1 200 ", "O"), "timed_out"},
      {"headers, byte by byte", dripping(kStart, "X: 1\r\n"), "timed_out"},
      {"250 KiB of headers, then more byte by byte",
       dripping(kStart + repeated(":\n", 125 * kKiB), ":\n", 100us), "timed_out"},
      {"a chunk size, byte by byte", dripping(kChunked, "0"), "timed_out"},
      {"chunks, byte by byte", dripping(kChunked, "1\r\nx\r\n"), "timed_out"},
      {"a trailer, byte by byte", dripping(kChunked + "0\r\nX: ", "1"), "timed_out"},
      {"a body with a length, byte by byte", dripping(kStart + "Content-Length: 100000\r\n\r\n", "x"),
       "timed_out"},
      {"a body without a length, byte by byte", dripping(kStart + "\r\n", "x"), "timed_out"},
  };
  for (HostileCase &hostile : cases) {
    hostile.deadline = 500ms;
    hostile.sent = 512 * kKiB;
  }
  return cases;
}

// What the largest reply costs that the plugin and the host let through.
std::vector<HostileCase> largest() {
  const std::size_t limit = roots::kit::TransportOptions().max_reply_bytes;
  const auto sized = [](const std::string &body) {
    return sending(kStart + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  };
  const std::string values = "[" + repeated("1,", limit / 2 - 2) + "11]";
  // As many values as one document may hold, and blanks up to the limit.
  std::string most_values = "[" + repeated("1,", roots::kit::kMaxJsonValues - 2) + "1";
  most_values += std::string(limit - most_values.size() - 1, ' ') + "]";
  std::vector<HostileCase> cases{
      {"the largest reply, full of small values", sized(values), "reply 200, not JSON", limit + kMiB,
       5 * limit},
      {"the largest reply, with as many values as are read", sized(most_values), "reply 200, JSON",
       limit + kMiB, 6 * limit},
      {"the largest reply, and one byte", endless(kStart + "\r\n", "x"), "reply_too_large", limit + 4 * kMiB,
       3 * limit},
      {"the largest reply, of nothing but brackets",
       endless(kStart + "Content-Length: " + std::to_string(limit) + "\r\n\r\n", "["), "reply 200, not JSON",
       limit + 4 * kMiB, 3 * limit},
  };
  for (HostileCase &hostile : cases) {
    hostile.largest_reply = limit;
    hostile.computing = 1000;
  }
  return cases;
}

}  // namespace

TEST_CASE("a hostile reply stays within the resource limits", "[transport][hostile]") {
  std::vector<HostileCase> all;
  for (auto *group : {floods, contradictions, drips, largest}) {
    for (HostileCase &hostile : group()) {
      hostile.may_learn = true;
      all.push_back(std::move(hostile));
    }
  }
  requireBounded("tests/tables/hostile-replies.md", all);
}
