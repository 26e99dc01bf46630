// Company proxies: which one is used, and for which requests. Over real sockets.
#include "kit/loopback_requests.h"
#include "support/catch.h"
#include "support/proxy_server.h"
#include "support/raw_server.h"
#include "support/text_search.h"

#include <roots/kit/http_transport.h>
#include <roots/kit/retry.h>

#include <atomic>
#include <map>
#include <thread>

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

TransportError refused(HttpTransport &transport, const CallLimits &limits) {
  const auto reply = transport.send(secretRequest(), limits);
  REQUIRE_FALSE(reply.ok());
  return reply.error();
}

}  // namespace

TEST_CASE("the first proxy variable that is set is used, lower case before upper case", "[proxy]") {
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

TEST_CASE("loopback never uses a proxy of the environment", "[proxy]") {
  for (const char *url : {"https://localhost:8443", "https://127.0.0.1", "https://[::1]", "http://127.0.0.1"})
    CHECK(chosen({{"https_proxy", "proxy:1"}, {"all_proxy", "nonsense://x"}}, url) == "none");
}

TEST_CASE("the error for an invalid proxy names its variable, not its value", "[proxy]") {
  for (const char *value : {"https://proxy:1", "socks5://proxy:1", "http:///x", "http://proxy:99999",
                            "http://proxy/path", "http://proxy:1?x", "http://secret@"}) {
    CAPTURE(value);
    TransportOptions options;
    options.base_url = "https://api.example.com";
    options.environment = environment({{"HTTPS_PROXY", value}});
    const auto transport = makeHttpTransport(options);
    REQUIRE_FALSE(transport.ok());
    CHECK(transport.error().status == Status::invalid_setting);
    CHECK(contains(transport.error().message, "HTTPS_PROXY"));
    CHECK_FALSE(contains(transport.error().message, value));
  }
}

TEST_CASE("requests share one tunnel, and the proxy sees only host and port", "[proxy]") {
  const RawServer server(answering(), {certificateFor("localhost")});
  const ProxyServer proxy;
  const auto transport = through(proxy.port(), server.port());
  for (int request = 0; request < 3; ++request) {
    const auto reply = transport->send(secretRequest(), within(60s));
    REQUIRE(reply.ok());
    CHECK(reply->body == "{}");
  }
  const std::string authority_text = "localhost:" + std::to_string(server.port());
  CHECK(proxy.heads() == "CONNECT " + authority_text + " HTTP/1.1\r\nHost: " + authority_text + "\r\n\r\n");
  CHECK_FALSE(contains(proxy.tunnelled(), "canary-token"));
  CHECK(contains(server.received(), "GET /secret HTTP/1.1"));
  CHECK(contains(server.received(), "canary-token"));
}

TEST_CASE("the proxy gets its credentials, the service never sees them", "[proxy]") {
  const RawServer server(answering(), {certificateFor("localhost")});
  const ProxyServer proxy({"Basic bmVsZTpzZWNyZXQ=", "", false, false});
  Proxy with_user;
  with_user.user = "nele";
  with_user.password = "secret";
  REQUIRE(through(proxy.port(), server.port(), with_user)->send(secretRequest(), within(60s)).ok());
  CHECK_FALSE(contains(server.received(), "Proxy-Authorization"));

  const auto without = refused(*through(proxy.port(), server.port()), within(60s));
  CHECK(without.fault == TransportFault::proxy_wants_sign_in);
  CHECK(without.detail == "the proxy asks for a user name and a password");
  with_user.password = "wrong-secret";
  const auto wrong = refused(*through(proxy.port(), server.port(), with_user), within(60s));
  CHECK(wrong.fault == TransportFault::proxy_wants_sign_in);
  CHECK(wrong.detail == "the proxy refuses the user name and password");
}

namespace {

Proxy nele(const std::string &password) {
  Proxy proxy;
  proxy.user = "nele";
  proxy.password = password;
  return proxy;
}

ProxyBehaviour wantingSignIn(const std::string &offers = "Basic realm=\"company\"") {
  ProxyBehaviour behaviour;
  behaviour.authorization = "Basic bmVsZTpzZWNyZXQ=";
  behaviour.offers = offers;
  return behaviour;
}

}  // namespace

TEST_CASE("the error for a proxy without Basic names its methods, and it never gets the password",
          "[proxy]") {
  const RawServer server(answering(), {certificateFor("localhost")});
  const std::pair<std::string, std::string> cases[] = {
      {"Negotiate\r\nProxy-Authenticate: NTLM", "the proxy offers Negotiate and NTLM, but not Basic"},
      {"Negotiate, NTLM", "the proxy offers Negotiate and NTLM, but not Basic"},
      {R"(Digest realm="a, Basic realm=b", nonce = "c\"d, Basic", qop="auth")",
       "the proxy offers Digest, but not Basic"},
      {"NTLM TlRMTVNTUAACAAAA==, Kerberos", "the proxy offers NTLM and Kerberos, but not Basic"},
      {"", "the proxy asks for a sign-in, but offers none"},
  };
  for (const auto &[offers, detail] : cases) {
    const ProxyServer proxy(wantingSignIn(offers));
    for (const std::string user : {"nele", ""}) {
      Proxy with_user = nele("secret");
      with_user.user = user;
      const auto error = refused(*through(proxy.port(), server.port(), with_user), within(60s));
      CHECK(error.fault == TransportFault::proxy_sign_in_unsupported);
      CHECK(error.detail == detail);
    }
    CHECK_FALSE(contains(proxy.heads(), "Proxy-Authorization"));
  }
  CHECK(server.received().empty());
}

TEST_CASE("Basic is used at any position among the methods that a proxy offers", "[proxy]") {
  const RawServer server(answering(), {certificateFor("localhost")});
  for (const std::string offers :
       {"Negotiate, basic realm=\"x, y\"", "Digest realm=\"a\", nonce=\"b\", BASIC",
        "NTLM\r\nproxy-authenticate: Basic realm=\"x\""}) {
    CAPTURE(offers);
    const ProxyServer proxy(wantingSignIn(offers));
    CHECK(through(proxy.port(), server.port(), nele("secret"))->send(secretRequest(), within(60s)).ok());
  }
}

TEST_CASE("a proxy that requires no authentication does not get the password", "[proxy]") {
  const RawServer server(answering(), {certificateFor("localhost")});
  const ProxyServer proxy;
  REQUIRE(through(proxy.port(), server.port(), nele("secret"))->send(secretRequest(), within(60s)).ok());
  CHECK_FALSE(contains(proxy.heads(), "Proxy-Authorization"));
}

TEST_CASE("once a proxy has accepted the password, each tunnel sends it from the start", "[proxy]") {
  const RawServer server(
      [](Peer &peer) {
        if (peer.performHandshake() && !peer.readRequest().empty())
          peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
      },
      {certificateFor("localhost")});
  const ProxyServer proxy(wantingSignIn());
  const auto transport = through(proxy.port(), server.port(), nele("secret"));
  for (int request = 0; request < 3; ++request) REQUIRE(transport->send(secretRequest(), within(60s)).ok());
  CHECK(countOf(proxy.heads(), "CONNECT ") == 1 + 3);
  CHECK(countOf(proxy.heads(), "Proxy-Authorization: ") == 3);
}

TEST_CASE("a wrong proxy password is sent once, even with many later or concurrent requests", "[proxy]") {
  const RawServer server(answering(), {certificateFor("localhost")});
  const ProxyServer proxy(wantingSignIn());
  const auto transport = through(proxy.port(), server.port(), nele("wrong-secret"));
  std::atomic<int> refusals{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      transport->connectAhead(within(60s));
      for (int request = 0; request < 2; ++request) {
        const auto reply =
            sendWithRetry(*transport, secretRequest(), within(60s), {4, 1ms, 1ms}, realWaiter());
        const bool is_refused = !reply.ok() && reply.error().fault == TransportFault::proxy_wants_sign_in &&
                                reply.error().detail == "the proxy refuses the user name and password";
        refusals += is_refused ? 1 : 0;
      }
    });
  }
  for (auto &thread : threads) thread.join();
  CHECK(refusals == 8);
  CHECK(countOf(proxy.heads(), "Proxy-Authorization: ") == 1);
  CHECK(server.received().empty());
}

TEST_CASE("a temporary failure of a proxy to reach the service is retried", "[proxy]") {
  const RawServer server(answering(), {certificateFor("localhost")});
  ProxyBehaviour behaviour;
  behaviour.answer =
      "HTTP/1.1 " + std::string(GENERATE("502", "503", "504")) + " No\r\nContent-Length: 0\r\n\r\n";
  behaviour.answers = 2;
  const ProxyServer proxy(behaviour);
  HttpRequest request = secretRequest();
  request.method = GENERATE("GET", "POST");  // the service has not seen it, whatever it is
  const auto reply =
      sendWithRetry(*through(proxy.port(), server.port()), request, within(60s), {4, 1ms, 1ms}, realWaiter());
  REQUIRE(reply.ok());
  CHECK(countOf(proxy.heads(), "CONNECT ") == 3);
}

TEST_CASE("a proxy's password that has to be percent-encoded is refused with a hint", "[proxy]") {
  for (const char *value :
       {"http://nele:p@ss@proxy:3128", "nele:p@ss@proxy:3128", "http://nele@corp:pass@proxy",
        "http://nele:pa/ss@proxy:1", "http://nele:pa#ss@proxy:1", "http://nele:p%ss@proxy:1"}) {
    CAPTURE(value);
    const auto proxy =
        proxyFor(parseBaseUrl("https://api.example.com").value(), environment({{"https_proxy", value}}));
    REQUIRE_FALSE(proxy.ok());
    CHECK(proxy.error().status == Status::invalid_setting);
    CHECK(contains(proxy.error().message, "https_proxy"));
    CHECK(contains(proxy.error().message, "@ as %40"));
    CHECK_FALSE(contains(proxy.error().message, "ss@"));
    CHECK_FALSE(contains(proxy.error().message, "nele"));
  }
  CHECK(chosen({{"https_proxy", "http://nele%40corp:p%40ss%25@proxy:1"}}) == "nele@corp:p@ss%@proxy:1");
}

TEST_CASE("the certificate must be the service's, also through a tunnel", "[proxy]") {
  const RawServer server(answering(), {certificateFor("other.example.com")});
  const ProxyServer proxy;
  CHECK(refused(*through(proxy.port(), server.port()), within(60s)).fault ==
        TransportFault::certificate_refused);
  CHECK(server.received().empty());
}

TEST_CASE("failures of the proxy are reported as such", "[proxy]") {
  const RawServer server(answering(), {certificateFor("localhost")});
  const auto outcome = [&](const ProxyBehaviour &behaviour) {
    const ProxyServer proxy(behaviour);
    return refused(*through(proxy.port(), server.port()), within(60s));
  };
  const auto forbidden = outcome({"", "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", false, false});
  CHECK(forbidden.fault == TransportFault::proxy_refused);
  CHECK(forbidden.detail == "the proxy answered 403");
  for (const std::string status : {"502", "503", "504"}) {
    const auto failed = outcome({"", "HTTP/1.1 " + status + " No\r\n\r\n", false, false});
    CHECK(failed.fault == TransportFault::proxy_failed);
    CHECK(failed.detail == "the proxy answered " + status);
  }
  CHECK(outcome({"", "SSH-2.0-OpenSSH\r\n\r\n", false, false}).detail ==
        "what answers at its address is not a proxy");
  CHECK(outcome({"", "HTTP/1.1 200 OK\r\nX: " + std::string(600000, 'x'), false, false}).fault ==
        TransportFault::proxy_refused);
  CHECK(outcome({"", "HTTP/1.1 200 OK\r\n\r\nsmuggled", false, false}).fault ==
        TransportFault::proxy_refused);
  CHECK(outcome({"", "", false, true}).fault == TransportFault::proxy_unreachable);
  CHECK(refused(*through(1, server.port()), within(60s)).fault == TransportFault::proxy_unreachable);
  CHECK(server.received().empty());
}

TEST_CASE("an unresponsive proxy does not outlast deadline or cancellation", "[proxy]") {
  const RawServer server(answering(), {certificateFor("localhost")});
  const ProxyServer proxy({"", "", true, false});
  const auto transport = through(proxy.port(), server.port());
  // It never replies: the deadline, then the cancellation ends the call.
  CHECK(refused(*transport, within(200ms)).fault == TransportFault::timed_out);
  CallLimits limits = within(10min);
  int asked = 0;
  limits.is_cancelled = [&] { return ++asked > 5; };
  CHECK(refused(*transport, limits).fault == TransportFault::cancelled);
  CHECK(asked == 5 + 1);
}
