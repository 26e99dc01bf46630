// Connections that are kept: which are used again, and what a dead one costs.
#include "kit/loopback_requests.h"
#include "support/catch.h"
#include "support/raw_server.h"

#include <roots/kit/http_transport.h>

#include <latch>

using namespace roots;
using namespace roots::kit;
using namespace roots::test;
using namespace std::chrono_literals;

namespace {

std::unique_ptr<HttpTransport> keepingTransportTo(const RawServer &server,
                                                  std::chrono::milliseconds longest_idle) {
  TransportOptions options;
  options.base_url = "http://127.0.0.1:" + std::to_string(server.port());
  options.longest_idle = longest_idle;
  auto transport = makeHttpTransport(options);
  REQUIRE(transport.ok());
  return std::move(*transport);
}

constexpr std::chrono::minutes kKeptForLong{10};

// A network that drops open connections silently when it falls asleep: they never reply, although they were
// not closed. Requests over them are read and counted.
class SleepyNetwork {
 public:
  RawServer::Script script() {
    return [this](Peer &peer) {
      const int born = sleeps_;
      while (!peer.readRequest().empty()) {
        if (born != sleeps_) {
          ++unanswered_;
          peer.wait(60s);
          return;
        }
        peer.send(kEmptyReply);
      }
    };
  }
  void sleep() { ++sleeps_; }
  [[nodiscard]] int unanswered() const { return unanswered_; }

 private:
  std::atomic<int> sleeps_{0};
  std::atomic<int> unanswered_{0};
};

// Sends so many requests at once that each needs its own connection.
void openConnections(HttpTransport &transport, const RawServer &server, int count) {
  const auto hang = std::chrono::steady_clock::now() + 60s;
  while (server.connections() < count && std::chrono::steady_clock::now() < hang) {
    std::latch together(count);
    std::vector<std::thread> threads;
    for (int thread = 0; thread < count; ++thread) {
      threads.emplace_back([&] {
        together.arrive_and_wait();
        (void)transport.send(HttpRequest{}, within(20s));
      });
    }
    for (auto &thread : threads) thread.join();
  }
}

}  // namespace

TEST_CASE("an unresponsive reused connection takes only part of the time of a call", "[transport]") {
  SleepyNetwork network;
  const RawServer server(network.script());
  const auto transport = keepingTransportTo(server, kKeptForLong);
  REQUIRE(transport->send(HttpRequest{}, within(60s)).ok());
  network.sleep();
  CHECK(transport->send(HttpRequest{}, within(20s)).ok());
  CHECK(network.unanswered() == 1);
  CHECK(server.connections() == 2);
  CHECK(transport->send(HttpRequest{}, within(20s)).ok());
  CHECK(server.connections() == 2);
}

TEST_CASE("an unresponsive reused connection leaves a short call enough time for a new one", "[transport]") {
  SleepyNetwork network;
  const RawServer server(network.script());
  const auto transport = keepingTransportTo(server, kKeptForLong);
  REQUIRE(transport->send(HttpRequest{}, within(60s)).ok());
  network.sleep();
  CHECK(transport->send(HttpRequest{}, within(6s)).ok());
}

TEST_CASE("if one reused connection is dead, no other is tried", "[transport]") {
  SleepyNetwork network;
  const RawServer server(network.script());
  const auto transport = keepingTransportTo(server, kKeptForLong);
  openConnections(*transport, server, 3);
  const int opened = server.connections();
  REQUIRE(opened >= 3);
  network.sleep();
  for (int request = 0; request < 5; ++request) CHECK(transport->send(HttpRequest{}, within(20s)).ok());
  CHECK(network.unanswered() == 1);
  CHECK(server.connections() == opened + 1);
}

TEST_CASE("a connection that was idle for too long is neither used nor counted as available", "[transport]") {
  SleepyNetwork network;
  const RawServer server(network.script());
  const auto transport = keepingTransportTo(server, 50ms);
  REQUIRE(transport->send(HttpRequest{}, within(60s)).ok());
  std::this_thread::sleep_for(100ms);
  REQUIRE(transport->send(HttpRequest{}, within(60s)).ok());
  CHECK(server.connections() == 2);
  std::this_thread::sleep_for(100ms);
  transport->connectAhead(within(60s));
  REQUIRE(transport->send(HttpRequest{}, within(60s)).ok());
  CHECK(server.connections() == 3);
}

TEST_CASE("a non-idempotent request uses a new connection", "[transport]") {
  SleepyNetwork network;
  const RawServer server(network.script());
  const auto transport = keepingTransportTo(server, kKeptForLong);
  REQUIRE(transport->send(HttpRequest{}, within(60s)).ok());
  HttpRequest post;
  post.method = "POST";
  REQUIRE(transport->send(post, within(60s)).ok());
  CHECK(server.connections() == 2);
  network.sleep();
  REQUIRE(transport->send(post, within(60s)).ok());
  CHECK(network.unanswered() == 0);
}

TEST_CASE("a slow service is not mistaken for a dead connection", "[transport]") {
  std::atomic<int> requests{0};
  const RawServer server([&](Peer &peer) {
    while (!peer.readRequest().empty()) {
      ++requests;
      peer.wait(requests == 1 ? 1500ms : 2500ms);
      peer.send(kEmptyReply);
    }
  });
  const auto transport = keepingTransportTo(server, kKeptForLong);
  REQUIRE(transport->send(HttpRequest{}, within(60s)).ok());
  REQUIRE(transport->send(HttpRequest{}, within(60s)).ok());
  CHECK(requests == 2);
  CHECK(server.connections() == 1);
}

TEST_CASE("requests to a very slow service use new connections", "[transport]") {
  std::atomic<int> requests{0};
  const RawServer server([&](Peer &peer) {
    while (!peer.readRequest().empty()) {
      ++requests;
      peer.wait(3s);
      peer.send(kEmptyReply);
    }
  });
  const auto transport = keepingTransportTo(server, kKeptForLong);
  REQUIRE(transport->send(HttpRequest{}, within(60s)).ok());
  REQUIRE(transport->send(HttpRequest{}, within(60s)).ok());
  CHECK(requests == 2);
  CHECK(server.connections() == 2);
}

TEST_CASE("over TLS, session tickets do not count as a reply", "[transport]") {
  const Authority authority;
  RawServerOptions secure;
  secure.certificate = authority.issue({"server", {"localhost"}, {"127.0.0.1"}, false, false});
  std::atomic<int> requests{0};
  const RawServer server(
      [&](Peer &peer) {
        if (!peer.performHandshake()) return;
        while (!peer.readRequest().empty()) {
          ++requests;
          peer.wait(3s);
          peer.send(kEmptyReply);
        }
      },
      secure);
  TransportOptions options;
  options.base_url = "https://127.0.0.1:" + std::to_string(server.port());
  options.ca_file = authority.file();
  options.longest_idle = kKeptForLong;
  const auto transport = makeHttpTransport(options);
  REQUIRE(transport.ok());
  REQUIRE((*transport)->send(HttpRequest{}, within(60s)).ok());
  REQUIRE((*transport)->send(HttpRequest{}, within(60s)).ok());
  CHECK(requests == 2);
  CHECK(server.connections() == 2);
}

TEST_CASE("cancellation ends the wait on a reused connection", "[transport]") {
  SleepyNetwork network;
  const RawServer server(network.script());
  const auto transport = keepingTransportTo(server, kKeptForLong);
  REQUIRE(transport->send(HttpRequest{}, within(60s)).ok());
  network.sleep();
  CallLimits limits = within(60s);
  limits.is_cancelled = [&] { return network.unanswered() > 0; };
  const auto reply = transport->send(HttpRequest{}, limits);
  REQUIRE_FALSE(reply.ok());
  CHECK(reply.error().fault == TransportFault::cancelled);
}
