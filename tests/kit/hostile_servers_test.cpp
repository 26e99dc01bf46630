// Servers and proxies that are not who they should be, or lie about it, over real TLS. The table is in
// tests/tables/hostile-servers.md.
#include "kit/hostile_case.h"
#include "kit/loopback_requests.h"
#include "support/catch.h"

#include <roots/kit/http_transport.h>

#include <openssl/ssl.h>

using namespace roots;
using namespace roots::test;
using namespace std::chrono_literals;

namespace {

const std::string kConnected = "HTTP/1.1 200 Connection established\r\n\r\n";

HostileCase showing(const std::string &name, CertificateRequest request) {
  static int number = 0;
  request.name = "shown-" + std::to_string(++number);
  if (request.dns_names.empty()) request.dns_names = {"localhost"};
  HostileCase hostile = small({name, sending(kEmptyReply), "certificate_refused"});
  hostile.server.certificate = authority().issue(request);
  return hostile;
}

HostileCase showingThrough(const std::string &name, const Intermediate &intermediate) {
  CertificateRequest request;
  request.through = intermediate;
  return showing(name, request);
}

template <class Flaw>
HostileCase flawed(const std::string &name, Flaw flaw) {
  CertificateRequest request;
  flaw(request);
  return showing(name, request);
}

template <class Flaw>
HostileCase flawedBetween(const std::string &name, Flaw flaw) {
  Intermediate intermediate;
  flaw(intermediate);
  return showingThrough(name, intermediate);
}

std::vector<HostileCase> certificates() {
  using Request = CertificateRequest;
  std::vector<HostileCase> all{
      flawed("a certificate for another host", [](Request &it) { it.dns_names = {"other.example.com"}; }),
      flawed("an expired certificate", [](Request &it) { it.expired = true; }),
      flawed("a certificate of the future", [](Request &it) { it.not_yet_valid = true; }),
      flawed("a self-signed certificate", [](Request &it) { it.self_signed = true; }),
      flawed("a certificate for clients only", [](Request &it) { it.purpose = "clientAuth"; }),
      flawed("a certificate signed with SHA-1", [](Request &it) { it.digest = "SHA1"; }),
      flawed("a certificate with an RSA key of 1024 bits", [](Request &it) { it.rsa_bits = 1024; }),
      flawedBetween("an expired authority in between", [](Intermediate &it) { it.expired = true; }),
      flawedBetween("an issuer in between that is no authority",
                    [](Intermediate &it) { it.is_authority = false; }),
      flawedBetween("an authority in between that is not shown", [](Intermediate &it) { it.shown = false; }),
      flawedBetween("an authority in between that may speak for others only",
                    [](Intermediate &it) { it.extra_constraints = "permitted;DNS:example.com"; }),
      flawedBetween("an authority in between, signed with SHA-1",
                    [](Intermediate &it) { it.digest = "SHA1"; }),
  };
  // An untrusted authority: withdrawn, or never known. It has the name of the trusted one.
  static const Authority withdrawn;
  HostileCase unknown =
      small({"an authority that is not trusted (any more)", sending(kEmptyReply), "certificate_refused"});
  unknown.server.certificate = withdrawn.issue({"withdrawn", {"localhost"}, {}});
  all.push_back(unknown);
  HostileCase good = showingThrough("for comparison: an authority in between, all well", {});
  good.outcome = "reply 200, JSON";
  good.may_learn = true;
  all.push_back(good);
  return all;
}

HostileCase overTls(const std::string &name, RawServer::Script script, const std::string &outcome) {
  HostileCase hostile{name, std::move(script), outcome};
  hostile.server.certificate = goodCertificate();
  hostile.may_learn = true;
  return hostile;
}

std::vector<HostileCase> protocols() {
  const auto speaking = [](const std::string &name, int newest, const std::string &ciphers) {
    HostileCase hostile = small(overTls(name, sending(kEmptyReply), "tls_failed"));
    hostile.server.newest_tls = newest;
    hostile.server.ciphers = ciphers;
    hostile.may_learn = false;
    return hostile;
  };
  return {
      speaking("TLS 1.0 at most", TLS1_VERSION, "ALL"),
      speaking("TLS 1.1 at most", TLS1_1_VERSION, "ALL"),
      speaking("TLS 1.2 without a certificate", TLS1_2_VERSION, "aNULL"),
      speaking("TLS 1.2 without encryption", TLS1_2_VERSION, "eNULL"),
      overTls(
          "no TLS, but garbage without end",
          [](Peer &peer) {
            while (peer.send(std::string(64 * kKiB, 'x'))) continue;
          },
          "tls_failed"),
      overTls(
          "the first record of TLS, byte by byte",
          [](Peer &peer) {
            peer.send(std::string("\x16\x03\x03\x40\x00", 5));
            while (peer.send("x")) peer.wait(5ms);
          },
          "timed_out"),
  };
}

std::vector<HostileCase> repliesOverTls() {
  HostileCase body =
      overTls("a body without end, over TLS", endless(kStart + "\r\n", "x"), "reply_too_large");
  body.memory = body.sent = 4 * kMiB;
  return {
      body,
      overTls("headers without end, over TLS", endless(kStart, "X: 1\r\n"), "reply_too_large"),
      overTls("a body byte by byte, over TLS", dripping(kStart + "\r\n", "x"), "timed_out"),
  };
}

// Its reply to CONNECT, and what it does then.
HostileCase proxy(const std::string &name, const std::string &outcome, const std::string &answer,
                  RawServer::Script then) {
  HostileCase hostile{name,
                      [=](Peer &peer) {
                        if (!peer.readRequest().empty() && peer.send(answer)) then(peer);
                      },
                      outcome};
  hostile.is_proxy = true;
  return hostile;
}

std::vector<HostileCase> proxies() {
  const auto wait = [](Peer &peer) { peer.wait(10min); };
  HostileCase own = proxy("a proxy that shows a certificate of its own", "certificate_refused", kConnected,
                          [](Peer &peer) { peer.performHandshake(); });
  own.server.certificate = authority().issue({"proxy", {"proxy.example.com"}, {}});
  HostileCase forged = own;
  forged.name = "a proxy that shows a certificate for the service by its own authority";
  static const Authority of_proxy;
  forged.server.certificate = of_proxy.issue({"forged", {"localhost"}, {}});
  return {
      own,
      forged,
      proxy("a proxy that says 200 with a body", "proxy_refused", kStart + "Content-Length: 2\r\n\r\n{}",
            wait),
      proxy("a proxy that says 200, then garbage", "tls_failed", kConnected,
            [](Peer &peer) {
              peer.wait(100ms);
              peer.send("HTTP/1.1 200 OK\r\n\r\n{}");
              peer.wait(10min);
            }),
      proxy("a proxy that sends elsewhere", "proxy_refused",
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\n", wait),
      proxy("a proxy whose header does not end", "proxy_refused", kStart,
            [](Peer &peer) {
              while (peer.send(std::string(1000, 'x') + "\r\n")) continue;
            }),
      proxy("a proxy that only ever continues", "proxy_refused", "HTTP/1.1 100 Continue\r\n\r\n", wait),
      proxy("a proxy that answers byte by byte", "timed_out", kStart,
            [](Peer &peer) {
              while (peer.send("x")) peer.wait(5ms);
            }),
  };
}

}  // namespace

TEST_CASE("an untrusted server or proxy receives no data", "[transport][tls][hostile]") {
  std::vector<HostileCase> all;
  for (auto *group : {certificates, protocols, repliesOverTls, proxies}) {
    for (HostileCase &hostile : group()) {
      if (hostile.outcome == "timed_out") hostile.deadline = 500ms;
      all.push_back(std::move(hostile));
    }
  }
  requireBounded("tests/tables/hostile-servers.md", all);
}

TEST_CASE("a redirect to plain HTTP is reported, not followed", "[transport][tls]") {
  const RawServer plain(sending(kEmptyReply));
  const std::string elsewhere = "http://127.0.0.1:" + std::to_string(plain.port()) + "/secret";
  RawServerOptions secure;
  secure.certificate = goodCertificate();
  for (const std::string status : {"301 Moved", "302 Found", "307 Temporary", "308 Permanent"}) {
    const RawServer server(
        sending("HTTP/1.1 " + status + "\r\nLocation: " + elsewhere + "\r\nContent-Length: 0\r\n\r\n"),
        secure);
    kit::TransportOptions options;
    options.base_url = "https://localhost:" + std::to_string(server.port());
    options.ca_file = authority().file();
    const auto transport = kit::makeHttpTransport(options);
    REQUIRE(transport.ok());
    kit::HttpRequest request;
    request.headers = {{"Authorization", "Bearer canary-token"}};
    const auto reply = (*transport)->send(request, {std::chrono::steady_clock::now() + 5s, {}});
    REQUIRE(reply.ok());
    CHECK(std::to_string(reply->status) == status.substr(0, 3));
  }
  CHECK(plain.connections() == 0);
}
