// The transport over plain HTTP on loopback: framing, reuse, limits, cancellation.
#include "kit/loopback_requests.h"
#include "support/catch.h"
#include "support/raw_server.h"

#include <roots/kit/http_transport.h>

using namespace roots;
using namespace roots::kit;
using namespace roots::test;
using namespace std::chrono_literals;

namespace {

std::unique_ptr<HttpTransport> plainTransportTo(std::uint16_t port, std::size_t most = 1024 * 1024,
                                                const std::string &host = "127.0.0.1") {
  TransportOptions options;
  options.base_url = "http://" + host + ":" + std::to_string(port) + "/base";
  options.max_reply_bytes = most;
  auto transport = makeHttpTransport(options);
  REQUIRE(transport.ok());
  return std::move(*transport);
}

// A reply whose body can end with the connection.
RawServer::Script replyingOnce(const std::string &reply) {
  return [reply](Peer &peer) {
    if (!peer.readRequest().empty()) peer.send(reply);
  };
}

TransportFault faultOf(const std::string &reply, std::size_t most = 1024 * 1024) {
  const RawServer server(replyingOnce(reply));
  const auto outcome = plainTransportTo(server.port(), most)->send(HttpRequest{}, within(60s));
  REQUIRE_FALSE(outcome.ok());
  return outcome.error().fault;
}

}  // namespace

TEST_CASE("a request contains what it was given, and no secret in its first line", "[transport]") {
  const RawServer server(replyingOnce(kEmptyReply));
  HttpRequest request;
  request.method = "POST";
  request.target = "/v1/auth?a=1";
  request.headers = {{"Authorization", "Bearer token"}};
  request.body = "{\"a\":1}";
  REQUIRE(plainTransportTo(server.port())->send(request, within(60s)).ok());
  CHECK(server.received().starts_with("POST /base/v1/auth?a=1 HTTP/1.1\r\n"));
  CHECK(server.received().find("Authorization: Bearer token\r\n") != std::string::npos);
  CHECK(server.received().find("Content-Length: 7\r\n") != std::string::npos);
  CHECK(server.received().find("Host: 127.0.0.1:" + std::to_string(server.port()) + "\r\n") !=
        std::string::npos);
}

TEST_CASE("an HTTP error is a reply, and headers are found without case", "[transport]") {
  const RawServer server(replyingOnce("HTTP/1.1 429 Slow\r\nretry-after: 7\r\nContent-Length: 0\r\n\r\n"));
  const auto reply = plainTransportTo(server.port())->send(HttpRequest{}, within(60s));
  REQUIRE(reply.ok());
  CHECK(reply->status == 429);
  CHECK(reply->header("Retry-After") == "7");
}

TEST_CASE("chunks, interim replies and bodies that end with the connection are supported", "[transport]") {
  const RawServer chunked(
      replyingOnce("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                   "3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: 1\r\n\r\n"));
  CHECK(plainTransportTo(chunked.port())->send(HttpRequest{}, within(60s))->body == "abcde");
  const RawServer closing(replyingOnce("HTTP/1.0 200 OK\r\n\r\nto the end"));
  CHECK(plainTransportTo(closing.port())->send(HttpRequest{}, within(60s))->body == "to the end");
}

TEST_CASE("redirects are not followed", "[transport]") {
  const RawServer server(
      replyingOnce("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"));
  CHECK(plainTransportTo(server.port())->send(HttpRequest{}, within(60s))->status == 302);
}

TEST_CASE("non-HTTP, truncated or oversized data is an error", "[transport]") {
  CHECK(faultOf("garbage that is no HTTP at all\r\n\r\n") == TransportFault::reply_not_http);
  CHECK(faultOf("HTTP/1.1 nonsense\r\n\r\n") == TransportFault::reply_not_http);
  CHECK(faultOf("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf") == TransportFault::connection_lost);
  CHECK(faultOf("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n") ==
        TransportFault::connection_lost);
  CHECK(faultOf("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n") ==
        TransportFault::reply_not_http);
  CHECK(faultOf("HTTP/1.1 200 OK\r\nContent-Len") == TransportFault::connection_lost);
  CHECK(faultOf("HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n", 100) == TransportFault::reply_too_large);
  CHECK(faultOf("HTTP/1.1 200 OK\r\n\r\n" + std::string(101, 'x'), 100) == TransportFault::reply_too_large);
  CHECK(faultOf("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n", 100) ==
        TransportFault::reply_too_large);
  CHECK(faultOf("HTTP/1.1 200 OK\r\nX: " + std::string(400000, 'x')) == TransportFault::reply_too_large);
  std::string flood = "HTTP/1.1 200 OK\r\n";
  for (int header = 0; header < 1000; ++header) flood += "X-" + std::to_string(header) + ": 1\r\n";
  CHECK(faultOf(flood + "\r\n") == TransportFault::reply_not_http);
}

TEST_CASE("a header may be long if all headers together stay within 256 KiB", "[transport]") {
  const std::string policy(200'000, 'p');
  std::string cookies;
  for (int cookie = 0; cookie < 4; ++cookie) cookies += "Set-Cookie: " + std::string(10'000, 'c') + "\r\n";
  const RawServer server(
      replyingOnce("HTTP/1.1 200 OK\r\nX-Policy: " + policy + "\r\n" + cookies +
                   "X-Folded: one\r\n  two\r\nX-Last:last\t\r\nContent-Length: 2\r\n\r\n{}"));
  const auto reply = plainTransportTo(server.port())->send(HttpRequest{}, within(60s));
  REQUIRE(reply.ok());
  CHECK(reply->header("X-Policy") == policy);
  CHECK(reply->header("Set-Cookie")->size() == 10'000);
  CHECK(reply->header("X-Folded") == "one two");
  CHECK(reply->header("x-last") == "last");
  CHECK(reply->body == "{}");
}

TEST_CASE("an ambiguous header is refused", "[transport]") {
  for (const std::string line :
       {"Content-Length : 2", "Content Length: 2", ": 2", "Transfer-Encoding\t: chunked"}) {
    CAPTURE(line);
    CHECK(faultOf("HTTP/1.1 200 OK\r\n" + line + "\r\n\r\n{}") == TransportFault::reply_not_http);
  }
  for (const std::string status :
       {"HTTP/1.1 20x OK", "HTTP/1.1", "HTTP/1.1 ", "HTTP/1.1 2000 OK", "HTTP/1.1 -200 OK"}) {
    CAPTURE(status);
    CHECK(faultOf(status + "\r\nContent-Length: 2\r\n\r\n{}") == TransportFault::reply_not_http);
  }
}

TEST_CASE("a connection is kept alive and reused", "[transport]") {
  const RawServer server([](Peer &peer) {
    while (!peer.readRequest().empty()) peer.send(kEmptyReply);
  });
  const auto transport = plainTransportTo(server.port());
  for (int request = 0; request < 5; ++request) REQUIRE(transport->send(HttpRequest{}, within(60s)).ok());
  CHECK(server.connections() == 1);
}

TEST_CASE("a connection opened ahead serves the next request, and none is opened if one is idle",
          "[transport]") {
  const RawServer server([](Peer &peer) {
    while (!peer.readRequest().empty()) peer.send(kEmptyReply);
  });
  const auto transport = plainTransportTo(server.port());
  transport->connectAhead(within(60s));
  transport->connectAhead(within(60s));
  REQUIRE(transport->send(HttpRequest{}, within(60s)).ok());
  transport->connectAhead(within(60s));
  CHECK(server.connections() == 1);
}

TEST_CASE("a connection ahead that fails is not reported", "[transport]") {
  std::uint16_t port = 0;
  {
    const RawServer gone(replyingOnce(kEmptyReply));
    port = gone.port();
  }
  const auto transport = plainTransportTo(port);
  transport->connectAhead(within(60s));
  CHECK(transport->send(HttpRequest{}, within(60s)).error().fault == TransportFault::connection_refused);
}

TEST_CASE("a stale connection is replaced silently", "[transport]") {
  const RawServer server([](Peer &peer) {
    if (!peer.readRequest().empty()) peer.send(kEmptyReply);
    peer.readRequest();  // answers no second request
  });
  const auto transport = plainTransportTo(server.port());
  REQUIRE(transport->send(HttpRequest{}, within(60s)).ok());
  CHECK(transport->send(HttpRequest{}, within(60s)).ok());
  CHECK(server.connections() == 2);
}

TEST_CASE("all addresses of a name are tried", "[transport]") {
  // localhost is ::1 and 127.0.0.1 on most systems; the server listens on the latter only.
  const RawServer server(replyingOnce(kEmptyReply));
  CHECK(plainTransportTo(server.port(), 1000, "localhost")->send(HttpRequest{}, within(60s)).ok());
}

TEST_CASE("connection refused, and no reply", "[transport]") {
  std::uint16_t unused = 0;
  {
    const RawServer gone(replyingOnce(""));
    unused = gone.port();
  }
  const auto refused = plainTransportTo(unused)->send(HttpRequest{}, within(60s));
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().fault == TransportFault::connection_refused);

  const RawServer silent([](Peer &peer) { peer.wait(10min); });
  const auto timed_out = plainTransportTo(silent.port())->send(HttpRequest{}, within(300ms));
  REQUIRE_FALSE(timed_out.ok());
  CHECK(timed_out.error().fault == TransportFault::timed_out);
}

TEST_CASE("cancelling ends a wait for a plain reply", "[transport]") {
  const RawServer silent([](Peer &peer) { peer.wait(10min); });
  int asked = 0;
  CallLimits limits = within(10min);
  limits.is_cancelled = [&] { return ++asked > 5; };
  const auto reply = plainTransportTo(silent.port())->send(HttpRequest{}, limits);
  REQUIRE_FALSE(reply.ok());
  CHECK(reply.error().fault == TransportFault::cancelled);
  CHECK(asked == 5 + 1);
}

TEST_CASE("several threads may send requests at the same time", "[transport]") {
  const RawServer server([](Peer &peer) {
    while (!peer.readRequest().empty()) peer.send(kEmptyReply);
  });
  const auto transport = plainTransportTo(server.port());
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (int request = 0; request < 20; ++request)
        good += transport->send(HttpRequest{}, within(60s)).ok() ? 1 : 0;
    });
  }
  for (auto &thread : threads) thread.join();
  CHECK(good == 80);
}

TEST_CASE("a line break in a header is not sent", "[transport]") {
  const RawServer server(replyingOnce(kEmptyReply));
  HttpRequest request;
  request.headers = {{"Authorization", "Bearer a\r\nX-Evil: 1"}};
  CHECK_FALSE(plainTransportTo(server.port())->send(request, within(60s)).ok());
  CHECK(server.received().empty());
}
