#include "http_server/http_server.h"

#include "support/catch.h"
#include "support/loopback_client.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

using namespace roots::host;
using roots::test::ask;
using roots::test::bytesOf;
using roots::test::LoopbackConnection;
using roots::test::LoopbackRequest;

namespace {

using Clock = std::chrono::steady_clock;

std::unique_ptr<HttpServer> serve(ServerHandler handler, ServerOptions options = {}) {
  auto server = HttpServer::start(options, std::move(handler));
  if (!server) FAIL(server.error().message);
  return std::move(server).value();
}

std::unique_ptr<HttpServer> serveReply(ServerReply reply) {
  return serve([reply](const ServerRequest &) { return reply; });
}

}  // namespace

TEST_CASE("a handler gets method, decoded path, decoded query in order, headers and body", "[http_server]") {
  ServerRequest seen;
  const auto server = serve([&](const ServerRequest &request) {
    seen = request;
    return ServerReply{};
  });
  const auto reply = ask(server->port(), {"POST",
                                          "/a%20b/c?e%5B%5D=1&e%5B%5D=2&mail=x%2By%40example.com",
                                          {{"Authorization", "Bearer t"}},
                                          "{\"k\":1}"});
  CHECK(reply.status == 200);
  CHECK(seen.method == "POST");
  CHECK(seen.path == "/a b/c");
  CHECK(seen.query == std::vector<std::pair<std::string, std::string>>{
                          {"e[]", "1"}, {"e[]", "2"}, {"mail", "x+y@example.com"}});
  CHECK(seen.parameters("e[]") == std::vector<std::string>{"1", "2"});
  CHECK(seen.header("authorization") == "Bearer t");
  CHECK_FALSE(seen.header("accept").has_value());
  CHECK(seen.body == "{\"k\":1}");
}

TEST_CASE("a reply carries its status, headers, type and body", "[http_server]") {
  ServerReply sent;
  sent.status = 429;
  sent.headers = {{"X-Page", "1"}, {"Link", "<a>; rel=\"next\""}};
  sent.content_type = "application/problem+json";
  sent.body = "{\"a\":\"ü\"}";
  const auto server = serveReply(sent);
  const auto reply = ask(server->port(), {});
  CHECK(reply.status == 429);
  CHECK(reply.header("X-Page") == "1");
  CHECK(reply.header("Link") == "<a>; rel=\"next\"");
  CHECK(reply.header("Content-Type") == "application/problem+json");
  CHECK(reply.body == sent.body);
  CHECK(reply.complete);
}

TEST_CASE("a connection is kept open for more requests", "[http_server]") {
  std::atomic<int> served{0};
  const auto server = serve([&](const ServerRequest &) {
    ServerReply reply;
    reply.body = std::to_string(++served);
    return reply;
  });
  LoopbackConnection connection(server->port());
  for (const std::string expected : {"1", "2", "3"}) {
    connection.send(bytesOf({}));
    CHECK(connection.reply().body == expected);
  }
}

TEST_CASE("requests are handled concurrently", "[http_server]") {
  std::mutex mutex;
  std::condition_variable changed;
  int inside = 0;
  const auto server = serve([&](const ServerRequest &) {
    std::unique_lock lock(mutex);
    ++inside;
    changed.notify_all();
    ServerReply reply;
    reply.body =
        changed.wait_for(lock, std::chrono::seconds(10), [&] { return inside >= 4; }) ? "met" : "alone";
    return reply;
  });
  std::vector<std::string> bodies(4);
  std::vector<std::thread> clients;
  for (auto &body : bodies) clients.emplace_back([&] { body = ask(server->port(), {}).body; });
  for (auto &client : clients) client.join();
  CHECK(bodies == std::vector<std::string>(4, "met"));
}

TEST_CASE("a body above one MiB is refused without calling the handler", "[http_server]") {
  std::atomic<int> served{0};
  const auto server = serve([&](const ServerRequest &) {
    ++served;
    return ServerReply{};
  });
  LoopbackConnection connection(server->port());
  connection.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1048577\r\n\r\n");
  CHECK(connection.reply().status == 413);
  LoopbackConnection chunked(server->port());
  chunked.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk(65536, 'x');
  for (int count = 0; count < 17; ++count) chunked.send("10000\r\n" + chunk + "\r\n");
  CHECK(chunked.reply().status == 413);
  CHECK(served == 0);
  CHECK(ask(server->port(), {"POST", "/", {}, std::string(1048576, 'x')}).status == 200);
}

TEST_CASE("a body without a length is refused at once", "[http_server]") {
  const auto server = serveReply({});
  LoopbackConnection connection(server->port());
  connection.send("POST / HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(connection.reply().status == 411);
}

TEST_CASE("an exception in a handler results in 500", "[http_server]") {
  const auto server = serve([](const ServerRequest &) -> ServerReply { throw std::runtime_error("oops"); });
  CHECK(ask(server->port(), {}).status == 500);
}

TEST_CASE("a delay comes before the first byte", "[http_server]") {
  ServerReply sent;
  sent.delay = std::chrono::milliseconds(150);
  sent.body = "late";
  const auto server = serveReply(sent);
  const auto reply = ask(server->port(), {});
  CHECK(reply.body == "late");
  CHECK(reply.arrival_ms.front() >= 149);
}

TEST_CASE("a delay in the body comes after its first half", "[http_server]") {
  ServerReply sent;
  sent.delay_in_body = std::chrono::milliseconds(150);
  sent.body = std::string(1000, 'x');
  const auto server = serveReply(sent);
  // Whoever is slow to read finds both halves at once, so several try.
  auto reply = ask(server->port(), {});
  for (int again = 0; again < 50 && reply.arrival_ms.size() < 2; ++again) reply = ask(server->port(), {});
  CHECK(reply.complete);
  CHECK(reply.body.size() == 1000);
  CHECK(reply.arrival_ms.front() < reply.arrival_ms.back());
  CHECK(reply.arrival_ms.back() >= 149);
}

TEST_CASE("a cut reply announces its whole length and ends early", "[http_server]") {
  ServerReply sent;
  sent.body = std::string(1000, 'x');
  sent.cut_after = 10;
  const auto server = serveReply(sent);
  LoopbackConnection connection(server->port());
  connection.send(bytesOf({}));
  const auto reply = connection.reply();
  CHECK(reply.status == 200);
  CHECK(reply.header("Content-Length") == "1000");
  CHECK(reply.body.size() == 10);
  CHECK_FALSE(reply.complete);
  CHECK_FALSE(connection.wasReset());
}

TEST_CASE("a reset connection ends without a byte", "[http_server]") {
  ServerReply sent;
  sent.body = "never seen";
  sent.reset = true;
  const auto server = serveReply(sent);
  LoopbackConnection connection(server->port());
  connection.send(bytesOf({}));
  CHECK(connection.everything().empty());
  CHECK(connection.wasReset());
}

TEST_CASE("raw bytes are sent as they are, then the connection ends", "[http_server]") {
  ServerReply sent;
  sent.raw = std::string("\0SSH-2.0 garbage\r\n", 18);
  const auto server = serveReply(sent);
  LoopbackConnection connection(server->port());
  connection.send(bytesOf({}));
  CHECK(connection.everything() == *sent.raw);
  CHECK_FALSE(connection.wasReset());
}

TEST_CASE("a server stops at once, regardless of its connections", "[http_server]") {
  ServerReply sent;
  sent.delay = std::chrono::minutes(2);
  std::atomic<int> served{0};
  auto server = serve([&](const ServerRequest &request) {
    ++served;
    return request.path == "/slow" ? sent : ServerReply{};
  });
  LoopbackConnection idle(server->port());
  idle.send(bytesOf({}));
  CHECK(idle.reply().status == 200);
  LoopbackConnection slow(server->port());
  slow.send(bytesOf({"GET", "/slow", {}, ""}));
  LoopbackConnection silent(server->port());
  LoopbackConnection half(server->port());
  half.send("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nhal");
  while (served < 2) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  const auto start = Clock::now();
  server.reset();
  CHECK(Clock::now() - start < sent.delay / 2);  // nothing was waited for
  CHECK(slow.everything().empty());
  CHECK(idle.everything().empty());
}

TEST_CASE("a server that stopped has freed its port, and two never share one", "[http_server]") {
  auto server = serveReply({});
  ServerOptions same;
  same.port = server->port();
  const auto refused = HttpServer::start(same, [](const ServerRequest &) { return ServerReply{}; });
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("port " + std::to_string(same.port)) != std::string::npos);
  server.reset();
  CHECK_THROWS(LoopbackConnection(same.port));
  CHECK(serve([](const ServerRequest &) { return ServerReply{}; }, same)->port() == same.port);
}

TEST_CASE("a reply can be sent while it is produced", "[http_server]") {
  std::atomic<bool> first_piece_arrived{false};
  ServerReply streamed;
  streamed.content_type = "text/plain";
  streamed.stream = [&](const BodyWriter &write) {
    CHECK(write("one "));
    for (int turn = 0; turn < 500 && !first_piece_arrived; ++turn)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    CHECK(write(""));
    CHECK(write(first_piece_arrived ? "two" : "nobody read the first piece"));
  };
  const auto server = serveReply(streamed);
  LoopbackConnection connection(server->port());
  connection.send(bytesOf({"GET", "/", {}, ""}));
  std::thread reader([&] {
    const auto reply = connection.reply();
    CHECK(reply.complete);
    CHECK(reply.header("Content-Type") == "text/plain");
    CHECK(reply.body == "one two");
  });
  // The pieces travel on their own: the first is there before the second exists.
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  first_piece_arrived = true;
  reader.join();
}

TEST_CASE("the writer of a reply is notified that the client has disconnected", "[http_server]") {
  std::mutex mutex;
  std::condition_variable changed;
  bool noticed = false;
  ServerReply streamed;
  streamed.stream = [&](const BodyWriter &write) {
    for (int turn = 0; turn < 1000 && write(""); ++turn)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    const std::lock_guard hold(mutex);
    noticed = !write("late");
    changed.notify_all();
  };
  const auto server = serveReply(streamed);
  {
    LoopbackConnection connection(server->port());
    connection.send(bytesOf({"GET", "/", {}, ""}));
  }
  std::unique_lock hold(mutex);
  CHECK(changed.wait_for(hold, std::chrono::seconds(5), [&] { return noticed; }));
}

TEST_CASE("connections without a request are closed in favor of active ones", "[http_server]") {
  ServerOptions patient;
  patient.request_time = std::chrono::hours(1);
  const auto server = serve([](const ServerRequest &) { return ServerReply{}; }, patient);
  std::vector<std::unique_ptr<LoopbackConnection>> silent;
  for (int count = 0; count < 64; ++count) {
    silent.push_back(std::make_unique<LoopbackConnection>(server->port()));
    if (count % 2 == 1) silent.back()->send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n");
  }
  while (server->connectionsSeen() < 64) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  for (int count = 0; count < 3; ++count) CHECK(ask(server->port(), {}).status == 200);
  // The oldest ones went; the others may still ask.
  CHECK(silent.front()->everything().empty());
  silent.back()->send("\r\n");
  CHECK(silent.back()->reply().status == 200);
}

TEST_CASE("connections that do not read their replies are closed in favor of active ones", "[http_server]") {
  const std::string large(std::size_t{4} << 20, 'x');
  std::atomic<int> answered{0};
  const auto server = serve([&](const ServerRequest &request) {
    ServerReply reply;
    if (request.path == "/large") reply.body = large;
    ++answered;
    return reply;
  });
  std::vector<std::unique_ptr<LoopbackConnection>> deaf;
  for (int count = 0; count < 64; ++count) {
    deaf.push_back(std::make_unique<LoopbackConnection>(server->port()));
    deaf.back()->send(bytesOf({"GET", "/large", {}, ""}));
  }
  while (answered < 64) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  std::this_thread::sleep_for(std::chrono::milliseconds(300));  // their replies are on the way, and stuck
  CHECK(ask(server->port(), {}).status == 200);
  // Who begins to read gets all of it, but for the one that had to go.
  int whole = 0;
  for (const auto &connection : deaf) whole += connection->reply().body == large ? 1 : 0;
  CHECK(whole == 63);
}

TEST_CASE("an incomplete request ends its connection after the time limit, a late reply does not",
          "[http_server]") {
  ServerOptions options;
  options.request_time = std::chrono::milliseconds(300);
  ServerReply late;
  late.body = "late";
  late.delay = std::chrono::milliseconds(900);
  const auto server = serve([late](const ServerRequest &) { return late; }, options);
  for (const char *part : {"", "GET / HT", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n",
                           "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: "
                           "application/json\r\nContent-Length: 10\r\n\r\n{"}) {
    INFO(part);
    LoopbackConnection connection(server->port());
    if (*part != '\0') connection.send(part);
    CHECK(connection.everything().empty());
  }
  const auto reply = ask(server->port(), {});
  CHECK(reply.status == 200);
  CHECK(reply.body == "late");
}

TEST_CASE("a request that arrives byte by byte does not keep its connection forever", "[http_server]") {
  ServerOptions options;
  options.request_time = std::chrono::milliseconds(300);
  const auto server = serve([](const ServerRequest &) { return ServerReply{}; }, options);
  LoopbackConnection slow(server->port());
  std::atomic<bool> ended{false};
  std::thread writer([&] {
    slow.send("GET / HTTP/1.1\r\nX-Slow: ");
    for (int count = 0; count < 2000 && !ended; ++count) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      try {
        slow.send("a");
      } catch (...) {
        return;
      }
    }
  });
  const std::string answer = slow.everything();
  const bool ended_before_the_request = !ended.exchange(true);
  writer.join();
  CHECK(answer.empty());
  CHECK(ended_before_the_request);
}
