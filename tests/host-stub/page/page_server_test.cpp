// Access control of the page's server, and its replies.
#include "page/page_server.h"
#include "page/page_guard.h"
#include "support/catch.h"
#include "support/loopback_client.h"

#include <roots/kit/json.h>

#include <atomic>
#include <sstream>

using namespace roots;
using namespace roots::host;
using namespace roots::test;

namespace {

constexpr std::uint16_t kPort = 4711;

ServerRequest call() {
  ServerRequest request;
  request.method = "POST";
  request.path = "/api/run";
  request.headers = {
      {"Host", "127.0.0.1:4711"}, {"Content-Type", "application/json"}, {"X-Roots-Token", "the-token"}};
  return request;
}

int refusedWith(const ServerRequest &request) {
  const auto refusal = PageGuard{kPort, "the-token"}.refusal(request);
  return refusal ? refusal->status : 0;
}

ServerRequest with(ServerRequest request, const std::string &name, const std::string &value) {
  for (auto &[its_name, its_value] : request.headers) {
    if (its_name != name) continue;
    its_value = value;
    return request;
  }
  request.headers.emplace_back(name, value);
  return request;
}

std::vector<std::string> linesOf(const std::string &text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// A server that records its calls.
class Served {
 public:
  Served()
      : server_(*PageServer::start(0, [this](const PageCall &made, const PageWatcher &watcher) {
          ++calls_;
          last_ = made;
          watcher.on_step("Personio", "absences", false, "");
          watcher.on_progress(100, "Reading absences");
          watcher.on_step("Personio", "absences", true, "");
          watcher.on_step("Personio", "balances", true, "No \"right\".");
          is_gone_ = watcher.is_gone();
          return PageAnswer{0, R"({"days":[]})", "a note"};
        })) {
    const std::string link = server_->link();
    const auto hash = link.find('#');
    token_ = link.substr(hash + 1);
    port_ = static_cast<std::uint16_t>(std::stoi(link.substr(link.rfind(':') + 1)));
  }

  LoopbackReply post(const std::string &body, const std::string &token) const {
    return ask(port_, {"POST",
                       "/api/run",
                       {{"Host", "127.0.0.1:" + std::to_string(port_)},
                        {"Content-Type", "application/json"},
                        {"X-Roots-Token", token}},
                       body});
  }
  LoopbackReply get(const std::string &path) const {
    return ask(port_, {"GET", path, {{"Host", "localhost:" + std::to_string(port_)}}, ""});
  }

  const std::string &token() const { return token_; }
  int calls() const { return calls_; }
  const PageCall &last() const { return last_; }
  bool isGone() const { return is_gone_; }

 private:
  std::atomic<int> calls_{0};
  PageCall last_;
  std::atomic<bool> is_gone_{true};
  std::unique_ptr<PageServer> server_;
  std::string token_;
  std::uint16_t port_ = 0;
};

}  // namespace

TEST_CASE("the page can send calls, under each name of this computer", "[page]") {
  CHECK(refusedWith(call()) == 0);
  CHECK(refusedWith(with(call(), "Host", "localhost:4711")) == 0);
  CHECK(refusedWith(with(call(), "Origin", "http://127.0.0.1:4711")) == 0);
  CHECK(refusedWith(with(call(), "Sec-Fetch-Site", "same-origin")) == 0);
}

TEST_CASE("another host name, another site, a form, and a missing token are refused", "[page]") {
  CHECK(refusedWith(with(call(), "Host", "evil.example.com:4711")) == 403);
  CHECK(refusedWith(with(call(), "Host", "127.0.0.1:80")) == 403);
  CHECK(refusedWith(with(call(), "Host", "")) == 403);
  CHECK(refusedWith(with(call(), "Origin", "https://evil.example.com")) == 403);
  CHECK(refusedWith(with(call(), "Origin", "null")) == 403);
  CHECK(refusedWith(with(call(), "Origin", "http://127.0.0.1:9999")) == 403);
  CHECK(refusedWith(with(call(), "Sec-Fetch-Site", "cross-site")) == 403);
  CHECK(refusedWith(with(call(), "Content-Type", "text/plain")) == 415);
  CHECK(refusedWith(with(call(), "X-Roots-Token", "")) == 401);
  CHECK(refusedWith(with(call(), "X-Roots-Token", "the-tokem")) == 401);
  CHECK(refusedWith(with(call(), "X-Roots-Token", "the-token2")) == 401);
  ServerRequest read = call();
  read.method = "GET";
  CHECK(refusedWith(read) == 405);
  ServerRequest page = call();
  page.path = "/";
  CHECK(refusedWith(page) == 405);
  page.method = "GET";
  CHECK(refusedWith(page) == 0);
}

TEST_CASE("each start has a new token of 256 bits", "[page]") {
  CHECK(newToken().size() == 64);
  CHECK(newToken() != newToken());
}

TEST_CASE("a call reaches the host with its words and secrets, and returns the output of the host",
          "[page]") {
  const Served served;
  const auto reply = served.post(R"({"words":["connect","x"],"secrets":{"api_key":"s"}})", served.token());
  CHECK(reply.status == 200);
  CHECK(served.last().words == std::vector<std::string>{"connect", "x"});
  CHECK(served.last().secrets.at("api_key") == "s");
  CHECK(reply.header("Content-Type") == "application/x-ndjson");
  const std::vector<std::string> lines = linesOf(reply.body);
  REQUIRE(lines.size() == 5);
  CHECK(lines[0] == R"({"step":{"source":"Personio","part":"absences","state":"began","problem":""}})");
  CHECK(lines[1] == R"({"doing":"Reading absences","permille":100})");
  CHECK(lines[2] == R"({"step":{"source":"Personio","part":"absences","state":"done","problem":""}})");
  CHECK(lines[3] ==
        R"({"step":{"source":"Personio","part":"balances","state":"failed","problem":"No \"right\"."}})");
  CHECK_FALSE(served.isGone());
  const auto document = kit::JsonDocument::parse(lines[4]);
  REQUIRE(document.ok());
  CHECK(document->root()["exit_code"].asInteger() == 0);
  CHECK(document->root()["reply"]["days"].isArray());
  CHECK(document->root()["notes"].textOrEmpty() == "a note");
}

TEST_CASE("an invalid call runs nothing", "[page]") {
  const Served served;
  for (const char *body :
       {"", "{", "[]", "{}", R"({"words":[]})", R"({"words":[1]})", R"({"words":"sync"})",
        R"({"words":["connect"],"secrets":{"a":"b\nc=d"}})", R"({"words":["x"],"secrets":{"a":1}})",
        R"({"words":["x"],"secrets":{"a\nb":"c"}})", R"({"words":["x"],"secrets":{"a=b":"c"}})",
        R"({"words":["x"],"secrets":{"":"c"}})", R"({"words":["x"],"secrets":{"a":"b\r"}})"}) {
    INFO(body);
    CHECK(served.post(body, served.token()).status == 400);
  }
  CHECK(served.post(R"({"words":["status"]})", "another").status == 401);
  CHECK(served.calls() == 0);
}

TEST_CASE("the server has only the files of the page, and the page runs no external scripts", "[page]") {
  const Served served;
  for (const char *path : {"/", "/page.css", "/page.js", "/icon.svg", "/nothing", "/../etc/passwd"}) {
    INFO(path);
    const auto reply = served.get(path);
    CHECK(reply.status == (std::string(path) == "/nothing" || std::string(path).size() > 10 ? 404 : 200));
    CHECK(reply.header("Content-Security-Policy")
              .value_or("")
              .rfind("default-src 'none'; script-src 'self';", 0) == 0);
    CHECK(reply.header("X-Content-Type-Options") == "nosniff");
    CHECK(reply.header("Cache-Control") == "no-store");
    CHECK(reply.body.find(served.token()) == std::string::npos);
  }
  // No inline script: the policy would not run it.
  const std::string html = served.get("/").body;
  CHECK(html.find("<script>") == std::string::npos);
  CHECK(html.find("onclick") == std::string::npos);
  CHECK(served.get("/page.js").body.find("innerHTML") == std::string::npos);
}
