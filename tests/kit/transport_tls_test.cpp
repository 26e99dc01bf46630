// The transport over real TLS, against servers that do what Poco 1.11 alone would not notice.
#include "kit/loopback_requests.h"
#include "support/catch.h"
#include "support/raw_server.h"

#include <roots/kit/http_transport.h>

using namespace roots;
using namespace roots::kit;
using namespace roots::test;
using namespace std::chrono_literals;

namespace {

std::unique_ptr<HttpTransport> secureTransportTo(const RawServer &server,
                                                 const std::string &host = "localhost",
                                                 const std::string &ca_file = authority().file()) {
  TransportOptions options;
  options.base_url = "https://" + host + ":" + std::to_string(server.port());
  options.ca_file = ca_file;
  auto transport = makeHttpTransport(options);
  REQUIRE(transport.ok());
  return std::move(*transport);
}

void answer(Peer &peer, const std::string &body = "{}") {
  if (!peer.performHandshake() || peer.readRequest().empty()) return;
  peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) +
            "\r\nConnection: close\r\n\r\n" + body);
  peer.closeInOrder();
}

TransportError refusedReply(HttpTransport &transport, std::chrono::milliseconds time = 5s) {
  const auto reply = transport.send(secretRequest(), within(time));
  REQUIRE_FALSE(reply.ok());
  return reply.error();
}

RawServer::Script answeringOnce() {
  return [](Peer &peer) { answer(peer); };
}

}  // namespace

TEST_CASE("a reply over TLS is complete", "[transport][tls]") {
  const RawServer server([](Peer &peer) { answer(peer, std::string(300000, 'x')); }, {goodCertificate()});
  const auto reply = secureTransportTo(server)->send(secretRequest(), within(60s));
  REQUIRE(reply.ok());
  CHECK(reply->status == 200);
  CHECK(reply->body.size() == 300000);
}

TEST_CASE("session tickets after the handshake do not waste a connection", "[transport][tls]") {
  const RawServer server(answeringOnce(), {goodCertificate()});
  const auto transport = secureTransportTo(server);
  transport->connectAhead(within(60s));
  std::this_thread::sleep_for(100ms);  // until they have arrived
  CHECK(transport->send(secretRequest(), within(60s)).ok());
  CHECK(server.connections() == 1);
}

TEST_CASE("a connection that received unexpected data is not reused", "[transport][tls]") {
  const RawServer server(
      [&](Peer &peer) {
        if (!peer.performHandshake()) return;
        if (server.connections() == 1) peer.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        if (!peer.readRequest().empty())
          peer.send("HTTP/1.1 201 Created\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      },
      {goodCertificate()});
  const auto transport = secureTransportTo(server);
  transport->connectAhead(within(60s));
  std::this_thread::sleep_for(100ms);
  const auto reply = transport->send(secretRequest(), within(60s));
  REQUIRE(reply.ok());
  CHECK(reply->status == 201);
  CHECK(server.connections() == 2);
}

TEST_CASE("an IP address in the certificate matches one in the URL", "[transport][tls]") {
  const RawServer server(answeringOnce(), {goodCertificate()});
  CHECK(secureTransportTo(server, "127.0.0.1")->send(secretRequest(), within(60s)).ok());
}

TEST_CASE("a certificate for another host is refused before anything is sent", "[transport][tls]") {
  const auto other = authority().issue({"other", {"other.example.com"}, {}, false, false});
  const RawServer server(answeringOnce(), {other});
  const auto error = refusedReply(*secureTransportTo(server));
  CHECK(error.fault == TransportFault::certificate_refused);
  CHECK(error.detail == "the certificate is for another host");
  CHECK(server.received().empty());
}

TEST_CASE("a certificate without the address is refused for an address", "[transport][tls]") {
  const auto name_only = authority().issue({"name-only", {"localhost"}, {}, false, false});
  const RawServer server(answeringOnce(), {name_only});
  CHECK(refusedReply(*secureTransportTo(server, "127.0.0.1")).fault == TransportFault::certificate_refused);
  CHECK(server.received().empty());
}

TEST_CASE("a slow handshake does not cause a certificate for another host to be accepted",
          "[transport][tls]") {
  const auto other = authority().issue({"slow-other", {"other.example.com"}, {}, false, false});
  const RawServer server(
      [](Peer &peer) {
        peer.wait(1500ms);
        answer(peer);
      },
      {other});
  CHECK(refusedReply(*secureTransportTo(server)).fault == TransportFault::certificate_refused);
  CHECK(server.received().empty());
}

TEST_CASE("the error for a refused certificate names the reason", "[transport][tls]") {
  const auto expired = authority().issue({"expired", {"localhost"}, {}, true, false});
  const auto self_signed = authority().issue({"self-signed", {"localhost"}, {}, false, true});
  const RawServer expired_server(answeringOnce(), {expired});
  const RawServer self_signed_server(answeringOnce(), {self_signed});
  CHECK(refusedReply(*secureTransportTo(expired_server)).detail == "the certificate has expired");
  CHECK(refusedReply(*secureTransportTo(self_signed_server)).detail == "the certificate is self-signed");
  const RawServer unknown_server(answeringOnce(), {goodCertificate()});
  const auto error = refusedReply(*secureTransportTo(unknown_server, "localhost", ""));
  CHECK(error.fault == TransportFault::certificate_refused);
  CHECK(error.detail == "the certificate comes from an authority that is not trusted");
  CHECK(unknown_server.received().empty());
}

TEST_CASE("a server without TLS is refused", "[transport][tls]") {
  const RawServer server([](Peer &peer) {
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    peer.wait(2s);
  });
  CHECK(refusedReply(*secureTransportTo(server)).fault == TransportFault::tls_failed);
}

TEST_CASE("a handshake that stalls ends with the deadline", "[transport][tls]") {
  const RawServer server([](Peer &peer) { peer.wait(10min); }, {goodCertificate()});
  CHECK(refusedReply(*secureTransportTo(server), 400ms).fault == TransportFault::timed_out);
}

TEST_CASE("a body that arrives byte by byte ends with the deadline", "[transport][tls]") {
  const RawServer server(
      [](Peer &peer) {
        if (!peer.performHandshake() || peer.readRequest().empty()) return;
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n");
        // 10,000 bytes would take longer than any test may.
        while (peer.send("x")) peer.wait(100ms);
      },
      {goodCertificate()});
  CHECK(refusedReply(*secureTransportTo(server), 700ms).fault == TransportFault::timed_out);
}

TEST_CASE("a truncated body is an error", "[transport][tls]") {
  const bool in_order = GENERATE(true, false);
  const bool chunked = GENERATE(true, false);
  const RawServer server(
      [=](Peer &peer) {
        if (!peer.performHandshake() || peer.readRequest().empty()) return;
        const std::string framing =
            chunked ? "Transfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n" : "Content-Length: 1000\r\n\r\nbody";
        peer.send("HTTP/1.1 200 OK\r\n" + framing);
        if (in_order)
          peer.closeInOrder();
        else
          peer.cut();
      },
      {goodCertificate()});
  CHECK(refusedReply(*secureTransportTo(server)).fault == TransportFault::connection_lost);
}

TEST_CASE("a connection closed without a TLS alert does not end a body", "[transport][tls]") {
  const RawServer server(
      [](Peer &peer) {
        if (!peer.performHandshake() || peer.readRequest().empty()) return;
        peer.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"half\":");
        peer.cut();
      },
      {goodCertificate()});
  CHECK(refusedReply(*secureTransportTo(server)).fault == TransportFault::connection_lost);
}

TEST_CASE("cancelling ends a wait in every phase over TLS", "[transport][tls]") {
  const int phase = GENERATE(0, 1, 2);
  std::atomic<int> reached{-1};
  const RawServer server(
      [&reached, phase](Peer &peer) {
        if (phase > 0 && peer.performHandshake()) {
          peer.readRequest();
          if (phase > 1) peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        }
        reached = phase;
        peer.wait(10min);
      },
      {goodCertificate()});
  int asked_in_vain = 0;
  CallLimits limits = within(10min);
  limits.is_cancelled = [&] { return reached == phase && asked_in_vain++ >= 0; };
  const auto reply = secureTransportTo(server)->send(secretRequest(), limits);
  REQUIRE_FALSE(reply.ok());
  CHECK(reply.error().fault == TransportFault::cancelled);
  CHECK(asked_in_vain == 1);
}

TEST_CASE("an unusable authority file is an invalid setting", "[transport][tls]") {
  TransportOptions options;
  options.base_url = "https://localhost";
  for (const auto &file : {authority().folder().path() / "missing.pem",
                           authority().folder().write("garbage.pem", "no certificate")}) {
    options.ca_file = file.string();
    const auto transport = makeHttpTransport(options);
    REQUIRE_FALSE(transport.ok());
    CHECK(transport.error().status == Status::invalid_setting);
    CHECK(transport.error().setting == "ca_file");
  }
}
