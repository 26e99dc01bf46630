#include "kit/hostile_case.h"

#include "support/catch.h"
#include "support/folders.h"
#include "support/generated_table.h"
#include "support/process.h"

#include <sstream>

namespace roots::test {
namespace {

// Reached only by a request that does not end with its deadline: the servers never end by themselves.
constexpr std::chrono::minutes kHang{5};

// Sanitizers need time and memory of their own.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kFiguresMeanSomething = false;
#else
constexpr bool kFiguresMeanSomething = true;
#endif

struct Figures {
  std::string outcome;
  long computing = 0;  // in ordinary pages of 1 MiB that could have been parsed
  long growth = 0;     // KiB
};

std::string urlOf(const RawServer &server, bool secure) {
  return (secure ? "https://localhost:" : "http://127.0.0.1:") + std::to_string(server.port());
}

RawServer::Script wellBehaved() {
  return [](Peer &peer) {
    if (peer.performHandshake() && !peer.readRequest().empty())
      peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
  };
}

// As loose as a system's administrator could make OpenSSL: what is refused, the transport itself refuses.
std::string looseConfiguration() {
  static const auto file =
      authority().folder().write("loose.cnf",
                                 "openssl_conf = whole\n[whole]\nssl_conf = ssl\n"
                                 "[ssl]\nsystem_default = loose\n[loose]\n"
                                 "MinProtocol = TLSv1\nCipherString = ALL:@SECLEVEL=0\n");
  return file.string();
}

Figures measure(const HostileCase &hostile, const RawServer &server) {
  const bool secure = hostile.server.certificate.has_value() || hostile.is_proxy;
  RawServerOptions good;
  if (secure) good.certificate = goodCertificate();
  const RawServer warm(wellBehaved(), good);
  // Behind a proxy the service itself is never reached: any port will do.
  const std::string url = hostile.is_proxy ? urlOf(warm, true) : urlOf(server, secure);
  ProcessOptions options;
  options.time_limit = kHang;
  options.environment = {{"OPENSSL_CONF", looseConfiguration()}};
  const auto ended = run({buildFolder() + "/tests/measured-request", urlOf(warm, secure), url,
                          authority().file(), hostile.is_proxy ? std::to_string(server.port()) : "0",
                          std::to_string(hostile.deadline.count()), std::to_string(hostile.largest_reply)},
                         options);
  INFO(ended.err);
  REQUIRE_FALSE(ended.timed_out);
  REQUIRE(ended.exit_code == 0);
  Figures figures;
  std::istringstream line(ended.out);
  std::getline(line, figures.outcome, '\t');
  line >> figures.computing >> figures.growth;
  return figures;
}

void check(const HostileCase &hostile) {
  const RawServer server(hostile.script, hostile.server);
  const Figures figures = measure(hostile, server);
  INFO(hostile.name << ": " << figures.outcome << ", sent " << server.sent() / kKiB << " KiB, grew by "
                    << figures.growth << " KiB, computed as for " << figures.computing << " pages");
  CHECK(figures.outcome == hostile.outcome);
  CHECK(server.connections() <= 1);
  if (!hostile.may_learn) CHECK(server.received().find("canary-token") == std::string::npos);
  if (!kFiguresMeanSomething) return;
  CHECK(server.sent() <= hostile.sent);
  CHECK(figures.growth <= static_cast<long>(hostile.memory / kKiB));
  CHECK(figures.computing <= hostile.computing);
}

std::string size(std::size_t bytes) {
  return bytes >= kMiB ? std::to_string(bytes / kMiB) + " MiB" : std::to_string(bytes / kKiB) + " KiB";
}

}  // namespace

void requireBounded(const std::string &table, const std::vector<HostileCase> &cases) {
  std::string rows = "| the server | outcome | it sent, at most | memory, at most |\n|---|---|---:|---:|\n";
  for (const HostileCase &hostile : cases) {
    check(hostile);
    rows += "| " + hostile.name + " | `" + hostile.outcome + "` | " + size(hostile.sent) + " | " +
            size(hostile.memory) + " |\n";
  }
  test::compareWithTable(table, rows);
}

HostileCase small(HostileCase hostile) {
  hostile.sent = 64 * kKiB;
  hostile.memory = 512 * kKiB;
  return hostile;
}

RawServer::Script endless(const std::string &first, const std::string &repeated) {
  std::string much;
  while (much.size() < 64 * kKiB) much += repeated;
  return [=](Peer &peer) {
    if (!peer.performHandshake() || peer.readRequest().empty() || !peer.send(first)) return;
    while (peer.send(much)) continue;
  };
}

RawServer::Script dripping(const std::string &first, const std::string &repeated,
                           std::chrono::microseconds pause) {
  return [=](Peer &peer) {
    if (!peer.performHandshake() || peer.readRequest().empty() || !peer.send(first)) return;
    for (std::size_t at = 0; peer.send(repeated.substr(at % repeated.size(), 1)); ++at)
      std::this_thread::sleep_for(pause);
  };
}

}  // namespace roots::test
