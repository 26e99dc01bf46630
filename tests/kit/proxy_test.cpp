// Companies' proxies: which one is used, and what goes through it and what does not. Over real sockets.
#include "support/catch.h"
#include "support/proxy_server.h"
#include "support/raw_server.h"

#include <roots/kit/poco_transport.h>

#include <map>

using namespace roots;
using namespace roots::kit;
using namespace roots::test;
using namespace std::chrono_literals;

namespace {

using Variables = std::map<std::string, std::string>;

EnvironmentLookup environment(const Variables &variables) {
  return [=](const char *name) {
    const auto found = variables.find(name);
    return found == variables.end() ? std::string() : found->second;
  };
}

// "user:password@host:port", "none" or "refused".
std::string chosen(const Variables &variables, const std::string &url = "https://api.example.com") {
  const auto proxy = proxyFor(parseBaseUrl(url).value(), environment(variables));
  if (!proxy) return "refused";
  if (!*proxy) return "none";
  const std::string user = (*proxy)->user.empty() ? "" : (*proxy)->user + ":" + (*proxy)->password + "@";
  return user + (*proxy)->host + ":" + std::to_string((*proxy)->port);
}

const Authority &authority() {
  static const Authority one;
  return one;
}

RawServer::Script answering() {
  return [](Peer &peer) {
    if (!peer.shakeHands()) return;
    while (!peer.readRequest().empty()) peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
  };
}

Certificate certificateFor(const std::string &name) {
  return authority().issue({name, {name}, {}, false, false});
}

std::unique_ptr<HttpTransport> through(std::uint16_t proxy_port, std::uint16_t server_port,
                                       Proxy proxy = {}) {
  TransportOptions options;
  options.base_url = "https://localhost:" + std::to_string(server_port);
  options.ca_file = authority().file();
  proxy.host = "127.0.0.1";
  proxy.port = proxy_port;
  options.proxy = proxy;
  auto transport = makeHttpTransport(options);
  REQUIRE(transport.ok());
  return std::move(*transport);
}

CallLimits within(std::chrono::milliseconds time) { return {std::chrono::steady_clock::now() + time, {}}; }

HttpRequest secretRequest() {
  HttpRequest request;
  request.target = "/secret";
  request.headers = {{"Authorization", "Bearer canary-token"}};
  return request;
}

TransportError refused(HttpTransport &transport, const CallLimits &limits) {
  const auto reply = transport.send(secretRequest(), limits);
  REQUIRE_FALSE(reply.ok());
  return reply.error();
}

bool holds(const std::string &text, const std::string &part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the first of the proxy variables that is set counts, small letters before capitals", "[proxy]") {
  CHECK(chosen({}) == "none");
  CHECK(chosen({{"https_proxy", "http://one:3128"}, {"HTTPS_PROXY", "http://two:1"}}) == "one:3128");
  CHECK(chosen({{"https_proxy", " "}, {"HTTPS_PROXY", "http://two:1/"}}) == "two:1");
  CHECK(chosen({{"ALL_PROXY", "three:8080"}}) == "three:8080");
  CHECK(chosen({{"all_proxy", "http://four"}}) == "four:80");
  CHECK(chosen({{"http_proxy", "http://five:1"}}) == "none");
}

TEST_CASE("user and password of a proxy are decoded", "[proxy]") {
  CHECK(chosen({{"https_proxy", "http://nele:p%40ss%3Aword@proxy:3128"}}) == "nele:p@ss:word@proxy:3128");
  CHECK(chosen({{"https_proxy", "nele:secret@proxy:3128"}}) == "nele:secret@proxy:3128");
}

TEST_CASE("no_proxy lists hosts, whole domains, ports, everything", "[proxy]") {
  const auto with = [](const std::string &list) {
    return chosen({{"https_proxy", "proxy:1"}, {"no_proxy", list}});
  };
  for (const char *list : {"api.example.com", "example.com", ".example.com", "API.Example.COM", "*",
                           "other.org, example.com", "other.org example.com", "example.com:443"}) {
    CAPTURE(list);
    CHECK(with(list) == "none");
  }
  for (const char *list : {"", "ample.com", "example.org", "example.com:8443", "www.example.com", ",", "."}) {
    CAPTURE(list);
    CHECK(with(list) == "proxy:1");
  }
  CHECK(chosen({{"https_proxy", "proxy:1"}, {"NO_PROXY", "10.1.2.3"}}, "https://10.1.2.3") == "none");
  CHECK(chosen({{"https_proxy", "proxy:1"}, {"NO_PROXY", "fd00::1"}}, "https://[fd00::1]") == "none");
}

TEST_CASE("this computer is never asked through a proxy of the environment", "[proxy]") {
  for (const char *url : {"https://localhost:8443", "https://127.0.0.1", "https://[::1]", "http://127.0.0.1"})
    CHECK(chosen({{"https_proxy", "proxy:1"}, {"all_proxy", "nonsense://x"}}, url) == "none");
}

TEST_CASE("a proxy that cannot be used is refused by the name of its variable, not by its value", "[proxy]") {
  for (const char *value : {"https://proxy:1", "socks5://proxy:1", "http:///x", "http://proxy:99999",
                            "http://proxy/path", "http://proxy:1?x", "http://secret@"}) {
    CAPTURE(value);
    TransportOptions options;
    options.base_url = "https://api.example.com";
    options.environment = environment({{"HTTPS_PROXY", value}});
    const auto transport = makeHttpTransport(options);
    REQUIRE_FALSE(transport.ok());
    CHECK(transport.error().status == Status::invalid_setting);
    CHECK(holds(transport.error().message, "HTTPS_PROXY"));
    CHECK_FALSE(holds(transport.error().message, value));
  }
}

TEST_CASE("requests share one tunnel, and the proxy sees no more than host and port", "[proxy]") {
  const RawServer server(answering(), {certificateFor("localhost")});
  const ProxyServer proxy;
  const auto transport = through(proxy.port(), server.port());
  for (int request = 0; request < 3; ++request) {
    const auto reply = transport->send(secretRequest(), within(5s));
    REQUIRE(reply.ok());
    CHECK(reply->body == "{}");
  }
  const std::string authority_text = "localhost:" + std::to_string(server.port());
  CHECK(proxy.heads() == "CONNECT " + authority_text + " HTTP/1.1\r\nHost: " + authority_text + "\r\n\r\n");
  CHECK_FALSE(holds(proxy.tunnelled(), "canary-token"));
  CHECK(holds(server.received(), "GET /secret HTTP/1.1"));
  CHECK(holds(server.received(), "canary-token"));
}

TEST_CASE("the proxy gets its own credentials, the service never sees them", "[proxy]") {
  const RawServer server(answering(), {certificateFor("localhost")});
  const ProxyServer proxy({"Basic bmVsZTpzZWNyZXQ=", "", false, false});
  Proxy with_user;
  with_user.user = "nele";
  with_user.password = "secret";
  REQUIRE(through(proxy.port(), server.port(), with_user)->send(secretRequest(), within(5s)).ok());
  CHECK_FALSE(holds(server.received(), "Proxy-Authorization"));

  const auto without = refused(*through(proxy.port(), server.port()), within(5s));
  CHECK(without.fault == TransportFault::proxy_wants_sign_in);
  CHECK(without.detail == "the proxy asks for a user name and a password");
  with_user.password = "wrong-secret";
  const auto wrong = refused(*through(proxy.port(), server.port(), with_user), within(5s));
  CHECK(wrong.fault == TransportFault::proxy_wants_sign_in);
  CHECK(wrong.detail == "the proxy refuses the user name and password");
}

TEST_CASE("the certificate must be the service's, also through a tunnel", "[proxy]") {
  const RawServer server(answering(), {certificateFor("other.example.com")});
  const ProxyServer proxy;
  CHECK(refused(*through(proxy.port(), server.port()), within(5s)).fault ==
        TransportFault::certificate_refused);
  CHECK(server.received().empty());
}

TEST_CASE("trouble with the proxy is told as the proxy's", "[proxy]") {
  const RawServer server(answering(), {certificateFor("localhost")});
  const auto outcome = [&](const ProxyBehaviour &behaviour) {
    const ProxyServer proxy(behaviour);
    return refused(*through(proxy.port(), server.port()), within(5s));
  };
  const auto forbidden = outcome({"", "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", false, false});
  CHECK(forbidden.fault == TransportFault::proxy_refused);
  CHECK(forbidden.detail == "the proxy answered 403");
  CHECK(outcome({"", "HTTP/1.1 502 Bad Gateway\r\n\r\n", false, false}).detail == "the proxy answered 502");
  CHECK(outcome({"", "SSH-2.0-OpenSSH\r\n\r\n", false, false}).detail ==
        "what answers at its address is not a proxy");
  CHECK(outcome({"", "HTTP/1.1 200 OK\r\nX: " + std::string(600000, 'x'), false, false}).fault ==
        TransportFault::proxy_refused);
  CHECK(outcome({"", "HTTP/1.1 200 OK\r\n\r\nsmuggled", false, false}).fault ==
        TransportFault::proxy_refused);
  CHECK(outcome({"", "", false, true}).fault == TransportFault::proxy_unreachable);
  CHECK(refused(*through(1, server.port()), within(5s)).fault == TransportFault::proxy_unreachable);
  CHECK(server.received().empty());
}

TEST_CASE("a silent proxy does not outlast deadline or cancellation", "[proxy]") {
  const RawServer server(answering(), {certificateFor("localhost")});
  const ProxyServer proxy({"", "", true, false});
  const auto transport = through(proxy.port(), server.port());
  const auto start = std::chrono::steady_clock::now();
  CHECK(refused(*transport, within(200ms)).fault == TransportFault::timed_out);
  CallLimits limits = within(30s);
  const auto cancelled_at = std::chrono::steady_clock::now() + 100ms;
  limits.is_cancelled = [=] { return std::chrono::steady_clock::now() > cancelled_at; };
  CHECK(refused(*transport, limits).fault == TransportFault::cancelled);
  CHECK(std::chrono::steady_clock::now() - start < 200ms + 100ms + 1000ms);
}
