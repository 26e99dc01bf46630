// Names with several addresses, of which some do not answer. On addresses of this computer.
#include "kit/loopback_requests.h"
#include "support/catch.h"
#include "support/listening_socket.h"
#include "support/proxy_server.h"
#include "support/raw_server.h"

#include <roots/kit/http_transport.h>

#include <filesystem>

using namespace roots;
using namespace roots::kit;
using namespace roots::test;
using namespace std::chrono_literals;

namespace {

RawServerOptions at(const std::string &address, std::uint16_t port = 0) {
  RawServerOptions options;
  options.address = address;
  options.port = port;
  return options;
}

// A transport to localhost, as it would be with these addresses.
std::unique_ptr<HttpTransport> transportToAny(const std::vector<std::string> &addresses, std::uint16_t port) {
  TransportOptions options;
  options.base_url = "http://localhost:" + std::to_string(port);
  options.resolve = [addresses](const std::string &) { return addresses; };
  auto transport = makeHttpTransport(options);
  REQUIRE(transport.ok());
  return std::move(*transport);
}

std::ptrdiff_t openDescriptors() {
  const std::filesystem::directory_iterator entries("/proc/self/fd");
  return std::distance(begin(entries), end(entries));
}

bool hasIpV6() {
  try {
    const RawServer server(answering(), at("::1"));
    return true;
  } catch (const std::runtime_error &) {
    return false;
  }
}

}  // namespace

TEST_CASE("addresses are tried in the order of the resolver", "[transport][addresses]") {
  const RawServer third(answering(), at("127.0.0.3"));
  const RawServer second(answering(), at("127.0.0.2", third.port()));
  REQUIRE(transportToAny({"127.0.0.3", "127.0.0.2"}, third.port())->send(HttpRequest{}, within(60s)).ok());
  CHECK(third.connections() == 1);
  CHECK(second.connections() == 0);
  REQUIRE(transportToAny({"127.0.0.2", "127.0.0.3"}, third.port())->send(HttpRequest{}, within(60s)).ok());
  CHECK(third.connections() == 1);
  CHECK(second.connections() == 1);
}

TEST_CASE("the next address is tried while the first does not respond", "[transport][addresses]") {
  const SilentAddress silent("127.0.0.2");
  const SilentAddress silent_too("127.0.0.4", silent.port());
  const RawServer server(answering(), at("127.0.0.3", silent.port()));
  const auto transport = transportToAny({"127.0.0.2", "127.0.0.4", "127.0.0.3"}, silent.port());
  const auto before = openDescriptors();
  const auto reply = transport->send(HttpRequest{}, within(20s));
  REQUIRE(reply.ok());
  CHECK(reply->body == "{}");
  // The connection that is kept, and the server's side of it: attempts that lost are closed.
  CHECK(openDescriptors() == before + 2);
}

TEST_CASE("after an address that refuses, the next is tried", "[transport][addresses]") {
  const RawServer server(answering(), at("127.0.0.3"));
  CHECK(transportToAny({"127.0.0.2", "127.0.0.4", "127.0.0.3"}, server.port())
            ->send(HttpRequest{}, within(20s))
            .ok());
  const auto refused =
      transportToAny({"127.0.0.2", "127.0.0.4"}, server.port())->send(HttpRequest{}, within(20s));
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().fault == TransportFault::connection_refused);
}

TEST_CASE("an unresponsive address after others that refuse is awaited until the deadline",
          "[transport][addresses]") {
  const SilentAddress silent("127.0.0.2");
  const auto transport = transportToAny({"127.0.0.3", "127.0.0.2", "127.0.0.4"}, silent.port());
  const auto before = openDescriptors();
  const auto timed_out = transport->send(HttpRequest{}, within(700ms));
  REQUIRE_FALSE(timed_out.ok());
  CHECK(timed_out.error().fault == TransportFault::timed_out);
  CallLimits limits = within(60s);
  int questions = 0;
  limits.is_cancelled = [&] { return ++questions > 10; };
  const auto cancelled = transport->send(HttpRequest{}, limits);
  REQUIRE_FALSE(cancelled.ok());
  CHECK(cancelled.error().fault == TransportFault::cancelled);
  CHECK(openDescriptors() == before);
}

TEST_CASE("address families alternate", "[transport][addresses]") {
  if (!hasIpV6()) {
    WARN("This computer has no IPv6.");
    return;
  }
  const RawServer v6(answering(), at("::1"));
  const RawServer v4(answering(), at("127.0.0.3", v6.port()));
  // Nothing listens at the first.
  REQUIRE(
      transportToAny({"127.0.0.2", "127.0.0.3", "::1"}, v6.port())->send(HttpRequest{}, within(60s)).ok());
  CHECK(v6.connections() == 1);
  CHECK(v4.connections() == 0);
}

TEST_CASE("a name without addresses has its own error", "[transport][addresses]") {
  for (const auto &addresses : {std::vector<std::string>{}, std::vector<std::string>{"no address"}}) {
    const auto reply = transportToAny(addresses, 1)->send(HttpRequest{}, within(60s));
    REQUIRE_FALSE(reply.ok());
    CHECK(reply.error().fault ==
          (addresses.empty() ? TransportFault::name_not_found : TransportFault::connection_refused));
  }
}

TEST_CASE("a proxy's addresses are tried like a service's", "[transport][addresses][proxy]") {
  RawServerOptions secure;
  secure.certificate = goodCertificate();
  const RawServer server(answering(), secure);
  const ProxyServer proxy;
  const SilentAddress silent("127.0.0.2", proxy.port());
  TransportOptions options;
  options.base_url = "https://localhost:" + std::to_string(server.port());
  options.ca_file = authority().file();
  options.proxy = Proxy{"proxy.example.com", proxy.port(), "", ""};
  options.resolve = [](const std::string &host) {
    return host == "proxy.example.com" ? std::vector<std::string>{"127.0.0.2", "127.0.0.1"}
                                       : std::vector<std::string>{};
  };
  const auto transport = makeHttpTransport(options);
  REQUIRE(transport.ok());
  CHECK((*transport)->send(HttpRequest{}, within(20s)).ok());
}
