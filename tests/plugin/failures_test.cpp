// The messages if the service or the connection to it fails, and what they must not contain.
#include "api/reply_decisions.h"
#include "errors/personio_errors.h"
#include "plugin/harness.h"
#include "support/text_search.h"

#include <set>

using namespace roots;
using namespace roots::personio;
using namespace roots::personio::tests;
using namespace roots::test;
using kit::TransportFault;

namespace {

using Told = std::vector<std::string>;

struct Expected {
  TransportFault fault;
  Status status;
  const char *setting;
};

}  // namespace

TEST_CASE("each transport fault has a specific status and message", "[failures]") {
  std::set<std::string> sentences;
  const std::vector<Expected> faults{
      {TransportFault::timed_out, Status::try_later, ""},
      {TransportFault::name_not_found, Status::try_later, ""},
      {TransportFault::connection_refused, Status::try_later, ""},
      {TransportFault::connection_lost, Status::try_later, ""},
      {TransportFault::proxy_unreachable, Status::try_later, ""},
      {TransportFault::proxy_failed, Status::try_later, ""},
      {TransportFault::proxy_wants_sign_in, Status::try_later, ""},
      {TransportFault::proxy_sign_in_unsupported, Status::try_later, ""},
      {TransportFault::proxy_refused, Status::try_later, ""},
      {TransportFault::certificate_refused, Status::invalid_setting, "ca_file"},
      {TransportFault::tls_failed, Status::try_later, ""},
      {TransportFault::reply_not_http, Status::unexpected_reply, ""},
      {TransportFault::reply_too_large, Status::unexpected_reply, ""}};
  for (const Expected &expected : faults) {
    const Error error = transportFailed({expected.fault, "the reason"});
    CAPTURE(error.message);
    CHECK(error.status == expected.status);
    CHECK(error.setting == expected.setting);
    CHECK(error.message.size() < 512);
    CHECK(sentences.insert(error.message).second);
  }
  CHECK(transportFailed({TransportFault::cancelled, ""}).status == Status::cancelled);
}

TEST_CASE("defect 11: a sign-in that times out ends the call", "[failures]") {
  Harness world;
  world.script.expectFault(kAuth, TransportFault::timed_out);
  const auto account = world.connect();
  REQUIRE_FALSE(account.ok());
  CHECK(account.error().status == Status::try_later);
  CHECK(contains(account.error().message, "time limit"));
}

TEST_CASE("defect 12: a timeout, an unreachable service and a cancelled call are distinguished",
          "[failures]") {
  const auto outcome = [](TransportFault fault) {
    Harness world;
    world.script.expectFault(kAuth, fault);
    if (fault == TransportFault::connection_refused)
      for (int repeat = 0; repeat < 3; ++repeat) world.script.expectFault(kAuth, fault);
    return world.connect().error();
  };
  CHECK(contains(outcome(TransportFault::timed_out).message, "did not answer"));
  CHECK(contains(outcome(TransportFault::connection_refused).message, "cannot be reached"));
  CHECK(outcome(TransportFault::cancelled).status == Status::cancelled);
}

TEST_CASE("defect 9: reading is retried on transient errors", "[failures]") {
  Harness world;
  world.beConnected();
  world.script.expect(kDayBased, 503, "")
      .expect(kDayBased, 429, failure(429))
      .expectFault(kDayBased, TransportFault::connection_lost)
      .expect(kDayBased, 200, kNoAbsences)
      .expect(kHourBased, 200, kNoAbsences);
  CHECK(world.absences("2026-07-01", "2026-07-31").ok());
}

TEST_CASE("a rate limit is reported with the time to wait", "[failures]") {
  Harness world;
  world.beConnected();
  world.script.expect(kDayBased, 429, failure(429), {{"Retry-After", "120"}});
  const auto days = world.absences("2026-07-01", "2026-07-31");
  REQUIRE_FALSE(days.ok());
  CHECK(days.error().status == Status::try_later);
  CHECK(days.error().http_status == 429);
  CHECK(days.error().retry_after == std::chrono::seconds(120));
  CHECK(contains(days.error().message, "120 seconds"));
}

TEST_CASE("a wait is reported in a suitable unit, rounded up, never as zero", "[failures]") {
  const auto told = [](const std::string &retry_after) {
    Harness world;
    world.beConnected();
    world.script.expect(kDayBased, 429, failure(429), {{"Retry-After", retry_after}});
    return world.absences("2026-07-01", "2026-07-31").error();
  };
  CHECK(contains(told("86400").message, "in 24 hours."));
  CHECK(told("86400").retry_after == std::chrono::hours(24));
  CHECK(contains(told("1200").message, "in 20 minutes."));
  CHECK(contains(told("10801").message, "in 4 hours."));
  const auto repeated = [](const std::string &retry_after) {
    Harness world;
    world.beConnected();
    for (int attempt = 0; attempt < 4; ++attempt)
      world.script.expect(kDayBased, 429, failure(429), {{"Retry-After", retry_after}});
    return world.absences("2026-07-01", "2026-07-31").error();
  };
  CHECK(contains(repeated("0").message, "in 1 second."));
  CHECK(repeated("0").retry_after == std::chrono::seconds(1));
  CHECK(contains(repeated("Wed, 21 Oct 2015 07:28:00 GMT").message, "in 5 seconds."));
}

TEST_CASE("the Retry-After of a failing service is reported", "[failures]") {
  Harness world;
  world.beConnected();
  world.script.expect(kDayBased, 503, "", {{"Retry-After", "1800"}});
  const Error error = world.absences("2026-07-01", "2026-07-31").error();
  CHECK(error.status == Status::try_later);
  CHECK(error.retry_after == std::chrono::minutes(30));
  CHECK(contains(error.message, "Try again in 30 minutes."));
}

TEST_CASE("HTTP 408 is retried, then reported as try later", "[failures]") {
  Harness world;
  world.beConnected();
  for (int attempt = 0; attempt < 4; ++attempt) world.script.expect(kDayBased, 408, "");
  const Error error = world.absences("2026-07-01", "2026-07-31").error();
  CHECK(error.status == Status::try_later);
  CHECK(contains(error.message, "408"));
  CHECK_FALSE(error.retry_after.has_value());
}

TEST_CASE("the user's own time limit bounds a call below the host's", "[failures]") {
  Harness world;
  Settings settings = world.settings();
  settings["timeout_seconds"] = "1";
  world.script.expect(kAuth, 200, token()).expect(kPeople, 503, "").expect(kPeople, 503, "");
  // Half a second, then a second: the third attempt would come too late.
  const auto account = world.provider->connect(settings, world.call());
  REQUIRE_FALSE(account.ok());
  CHECK(account.error().status == Status::try_later);
}

TEST_CASE("a call that is cancelled between two requests sends no further one", "[failures]") {
  Harness world;
  world.beConnected();
  world.script.expect(kDayBased, [&](const kit::HttpRequest &) {
    world.cancelled = true;
    return kit::HttpReply{200, {}, kNoAbsences};
  });
  CHECK(world.absences("2026-07-01", "2026-07-31").error().status == Status::cancelled);
}

TEST_CASE("each call reports its progress", "[failures]") {
  Harness world;
  world.beConnected();
  CHECK(world.progress == Told{"Connecting to Personio", "Signing in", "Looking for your profile"});
  world.progress.clear();
  world.script.expect(kDayBased, 200, kNoAbsences).expect(kHourBased, 200, kNoAbsences);
  REQUIRE(world.absences("2026-07-01", "2026-07-31").ok());
  CHECK(world.progress == Told{"Reading absences", "Reading hourly absences"});
}

TEST_CASE("the last progress of a failed call is the stage that failed", "[failures]") {
  SECTION("no reply") {
    Harness world;
    world.script.expectFault(kAuth, TransportFault::timed_out);
    REQUIRE_FALSE(world.provider->connect(world.settings(), world.call()).ok());
    CHECK(world.progress == Told{"Connecting to Personio"});
  }
  SECTION("the credentials are refused") {
    Harness world;
    world.script.expect(kAuth, 400, R"({"error":"invalid_client"})");
    REQUIRE_FALSE(world.provider->connect(world.settings(), world.call()).ok());
    CHECK(world.progress == Told{"Connecting to Personio", "Signing in"});
  }
  SECTION("the list of absences of days is not understood") {
    Harness world;
    world.beConnected();
    world.progress.clear();
    world.script.expect(kDayBased, 200, "no JSON");
    REQUIRE_FALSE(world.absences("2026-07-01", "2026-07-31").ok());
    CHECK(world.progress == Told{"Reading absences"});
  }
  SECTION("the list of hourly absences is not understood") {
    Harness world;
    world.beConnected();
    world.progress.clear();
    world.script.expect(kDayBased, 200, kNoAbsences).expect(kHourBased, 200, "no JSON");
    REQUIRE_FALSE(world.absences("2026-07-01", "2026-07-31").ok());
    CHECK(world.progress.back() == "Reading hourly absences");
  }
}

TEST_CASE("a reply is classified by endpoint and content, not by its status alone", "[failures]") {
  const auto statusOf = [](const Endpoint &endpoint, int status, const std::string &body) {
    const auto page = readList(endpoint, {status, {}, body},
                               [](std::string text) { return readTimeOffs(std::move(text), "4711"); });
    return page.ok() ? Status::ok : page.error().status;
  };
  CHECK(statusOf(kTimeOffs, 200, kNoAbsences) == Status::ok);
  CHECK(statusOf(kTimeOffs, 200, "") == Status::unexpected_reply);
  CHECK(statusOf(kTimeOffs, 200, "<html>Wartung</html>") == Status::unexpected_reply);
  CHECK(statusOf(kTimeOffs, 200, "[]") == Status::unexpected_reply);
  CHECK(statusOf(kTimeOffs, 200, failure(403)) == Status::access_missing);
  CHECK(statusOf(kTimeOffs, 200, failure(0)) == Status::unexpected_reply);
  CHECK(statusOf(kTimeOffs, 200, failure(500)) == Status::try_later);
  CHECK(statusOf(kTimeOffs, 403, "") == Status::access_missing);
  CHECK(statusOf(kTimeOffs, 403, "<html>Firewall</html>") == Status::unexpected_reply);
  CHECK(statusOf(kTimeOffs, 404, failure(404)) == Status::unexpected_reply);
  CHECK(statusOf(kBalanceOfEmployee, 404, failure(404)) == Status::person_not_found);
  CHECK(statusOf(kTimeOffs, 400, failure(0)) == Status::unexpected_reply);
  CHECK(statusOf(kEmployees, 400, failure(0)) == Status::invalid_setting);
  CHECK(statusOf(kTimeOffs, 302, "") == Status::unexpected_reply);
  CHECK(statusOf(kTimeOffs, 502, "<html>Bad gateway</html>") == Status::try_later);
  CHECK(statusOf(kTimeOffs, 429, "") == Status::try_later);
}

TEST_CASE("no secret, token, email or server text reaches log, notice, progress or message", "[failures]") {
  Harness world;
  std::string messages;
  world.script.expect(kAuth, 200, token("papi-token-1")).expect(kPeople, 200, list({erika()}));
  REQUIRE(world.connect().ok());
  world.script.expect(kDayBased, 401, failure(401))
      .expect(kAuth, 200, token("papi-token-2"))
      .expect(kDayBased, 401, failure(401));
  messages += world.absences("2026-07-01", "2026-07-31").error().message;
  world.script.expect(kAuth, 400, kWrongClient);
  messages += world.balances().error().message;
  const std::string all = world.said() + messages;
  for (const char *secret : {"very-secret", "papi-token", "Erika", "Es ist ein Problem"}) {
    CAPTURE(secret);
    CHECK_FALSE(contains(all, secret));
  }
  for (const kit::HttpRequest &request : world.script.seen()) {
    CHECK_FALSE(contains(request.target, "secret"));
    CHECK_FALSE(contains(request.target, "papi-"));
  }
}

TEST_CASE("defect 5: only the user's own profile and absences are requested", "[failures]") {
  Harness world;
  world.beConnected();
  world.script.expect(kDayBased, 200, kNoAbsences).expect(kHourBased, 200, kNoAbsences);
  REQUIRE(world.absences("2026-07-01", "2026-07-31").ok());
  for (const kit::HttpRequest &request : world.script.seen()) {
    if (request.method != "GET") continue;
    CAPTURE(request.target);
    const bool own = contains(request.target, "email=Erika.Beispiel%40example.com") ||
                     contains(request.target, "employees%5B%5D=4711");
    CHECK(own);
  }
}
