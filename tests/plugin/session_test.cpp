// The life of a token: got, kept, reused, renewed, forgotten.
#include "plugin/harness.h"
#include "support/text_search.h"

using namespace roots;
using namespace roots::personio::tests;
using namespace roots::test;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

void expectNoAbsences(HttpScript &script) {
  script.expect(kDayBased, 200, kNoAbsences).expect(kHourBased, 200, kNoAbsences);
}

}  // namespace

TEST_CASE("credentials that Personio refuses fail the sign-in and point to the secret", "[session]") {
  Harness world;
  const bool by_v1 = GENERATE(false, true);
  const int status = by_v1 ? GENERATE(400, 401, 403, 422) : GENERATE(400, 401, 403);
  const std::string body = by_v1 ? GENERATE(as<std::string>{}, "", failure(0), failure(403)) : kWrongClient;
  for (int attempt = 0; attempt < (status == 401 ? 2 : 1); ++attempt) {
    if (by_v1) world.script.expect(kAuth, 404, kNoSuchEndpoint);
    world.script.expect(by_v1 ? kAuthV1 : kAuth, status, body);
  }
  const auto account = world.connect();
  REQUIRE_FALSE(account.ok());
  CHECK(account.error().status == Status::sign_in_failed);
  CHECK(account.error().setting == "client_secret");
  CHECK(account.error().http_status == status);
  CHECK(contains(account.error().message, "Authentication failed"));
  CHECK_FALSE(contains(account.error().message, "very-secret"));
  CHECK(world.store.empty());
}

TEST_CASE("if v2 cannot sign in for any reason, v1 does, and its token is used for everything", "[session]") {
  Harness world;
  const auto [status, body] = GENERATE(table<int, std::string>({{404, kNoSuchEndpoint},
                                                                {400, R"({"error":"unauthorized_client"})"},
                                                                {400, R"({"error":"invalid_scope"})"},
                                                                {403, "<html>Blocked by policy</html>"},
                                                                {500, ""},
                                                                {503, "<html>Wartung</html>"},
                                                                {200, failure(0)},
                                                                {200, "<html>Please sign in</html>"}}));
  CAPTURE(status, body);
  world.script.expect(kAuth, status, body)
      .expect(kAuthV1, 200, tokenV1("from-v1"))
      .expect(kPeople, 200, list({erika()}));
  REQUIRE(world.connect().ok());
  CHECK(headerOf(world.script.seen().back(), "Authorization") == "Bearer from-v1");
  CHECK(world.script.seen()[1].body == R"({"client_id":"papi-client","client_secret":"very-secret"})");
}

TEST_CASE("a 401 to a sign-in is retried once before the credentials are reported", "[session]") {
  Harness world;
  SECTION("API v2") { world.script.expect(kAuth, 401, kWrongClient).expect(kAuth, 200, token()); }
  SECTION("API v1") {
    world.script.expect(kAuth, 404, kNoSuchEndpoint)
        .expect(kAuthV1, 401, failure(401))
        .expect(kAuth, 404, kNoSuchEndpoint)
        .expect(kAuthV1, 200, tokenV1());
  }
  SECTION("API v1, with the code inside HTTP 200") {
    world.script.expect(kAuth, 404, kNoSuchEndpoint)
        .expect(kAuthV1, 200, failure(401))
        .expect(kAuth, 404, kNoSuchEndpoint)
        .expect(kAuthV1, 200, tokenV1());
  }
  world.script.expect(kPeople, 200, list({erika()}));
  const auto before = world.waiter.now();
  CHECK(world.connect().ok());
  CHECK(world.waiter.now() - before >= std::chrono::milliseconds(500));
}

TEST_CASE("a second 401 to a sign-in is final", "[session]") {
  Harness world;
  world.script.expect(kAuth, 401, kWrongClient).expect(kAuth, 401, kWrongClient);
  CHECK(world.connect().error().status == Status::sign_in_failed);
}

TEST_CASE("a cancelled call does not retry a refused sign-in", "[session]") {
  Harness world;
  world.script.expect(kAuth, [&](const kit::HttpRequest &) {
    world.cancelled = true;
    return kit::HttpReply{401, {}, kWrongClient};
  });
  CHECK_FALSE(world.connect().ok());
}

TEST_CASE("if v1 has no sign-in any more, the refusal of v2 decides", "[session]") {
  Harness world;
  const int gone = GENERATE(404, 410);
  const std::string body_of_v1 = GENERATE(as<std::string>{}, "", "<html>Gone</html>", kNoSuchEndpoint);
  SECTION("the credentials are refused") {
    const std::string word = GENERATE("unauthorized_client", "access_denied", "invalid_grant");
    world.script.expect(kAuth, 400, json("{'error':'" + word + "'}")).expect(kAuthV1, gone, body_of_v1);
    const auto account = world.connect();
    REQUIRE_FALSE(account.ok());
    CHECK(account.error().status == Status::sign_in_failed);
    CHECK(account.error().setting == "client_secret");
    CHECK(account.error().http_status == 400);
    CHECK(contains(account.error().message, "Authentication failed"));
  }
  SECTION("v2 fails: the credentials are not reported") {
    world.script.expect(kAuth, 503, "").expect(kAuthV1, gone, body_of_v1);
    CHECK(world.connect().error().status == Status::try_later);
  }
  SECTION("v2 has no sign-in either: the address may be wrong") {
    world.script.expect(kAuth, 404, kNoSuchEndpoint).expect(kAuthV1, gone, body_of_v1);
    const auto account = world.connect();
    CHECK(account.error().status == Status::unexpected_reply);
    CHECK(contains(account.error().message, "API address"));
  }
}

TEST_CASE("a failure of v1 is not mistaken for a refusal, whatever v2 replied before", "[session]") {
  Harness world;
  world.script.expect(kAuth, 400, json("{'error':'unauthorized_client'}")).expect(kAuthV1, 503, "");
  CHECK(world.connect().error().status == Status::try_later);
}

TEST_CASE("an unreachable service is not tried in another way", "[session]") {
  Harness world;
  world.script.expectFault(kAuth, kit::TransportFault::connection_lost);
  CHECK(world.connect().error().status == Status::try_later);
}

TEST_CASE("defect 13: success:false with HTTP 200 is a refusal", "[session]") {
  Harness world;
  world.script.expect(kAuth, 404, kNoSuchEndpoint).expect(kAuthV1, 200, failure(0));
  CHECK(world.connect().error().status == Status::sign_in_failed);
}

TEST_CASE("success without a token is an error", "[session]") {
  Harness world;
  const std::string body = GENERATE("{'success':true,'data':{}}", "{'success':true,'data':{'token':'a b'}}",
                                    "{'success':true,'data':{'token':'a\\r\\nX-Evil: 1'}}");
  world.script.expect(kAuth, 404, kNoSuchEndpoint).expect(kAuthV1, 200, json(body));
  const auto account = world.connect();
  REQUIRE_FALSE(account.ok());
  CHECK(account.error().status == Status::unexpected_reply);
  CHECK(contains(account.error().message, "POST /v1/auth"));
}

TEST_CASE("a token that would not fit into one header line is not used", "[session]") {
  Harness world;
  const std::string body = GENERATE("{'access_token':'a b'}", "{'access_token':'a\\r\\nX-Evil: 1'}");
  world.script.expect(kAuth, 200, json(body));
  const auto account = world.connect();
  REQUIRE_FALSE(account.ok());
  CHECK(account.error().status == Status::unexpected_reply);
  CHECK(contains(account.error().message, "POST /v2/auth/token"));
}

TEST_CASE("a refusal with a web page comes from a proxy, not from Personio", "[session]") {
  Harness world;
  world.script.expect(kAuth, 403, "<html>Blocked by policy</html>")
      .expect(kAuthV1, 403, "<html>Blocked by policy</html>");
  const auto account = world.connect();
  REQUIRE_FALSE(account.ok());
  CHECK(account.error().status == Status::unexpected_reply);
  CHECK(contains(account.error().message, "proxy"));
  CHECK_FALSE(contains(account.error().message, "Blocked"));
}

TEST_CASE("defect 7: one token serves all calls of a day", "[session]") {
  Harness world;
  world.beConnected();
  for (int call = 0; call < 3; ++call) {
    expectNoAbsences(world.script);
    world.wall_time += hours(1);
    REQUIRE(world.absences("2026-07-01", "2026-07-31").ok());
  }
}

TEST_CASE("defect 8: a token is renewed five minutes before it expires", "[session]") {
  Harness world;
  world.script.expect(kAuth, 200, token("first", 3600)).expect(kPeople, 200, list({erika()}));
  REQUIRE(world.connect().ok());
  world.wall_time += minutes(54);
  expectNoAbsences(world.script);
  REQUIRE(world.absences("2026-07-01", "2026-07-31").ok());
  CHECK(headerOf(world.script.seen().back(), "Authorization") == "Bearer first");
  world.wall_time += minutes(1);
  world.script.expect(kAuth, 200, token("second", 3600));
  expectNoAbsences(world.script);
  REQUIRE(world.absences("2026-07-01", "2026-07-31").ok());
  CHECK(headerOf(world.script.seen().back(), "Authorization") == "Bearer second");
}

TEST_CASE("a token with a lifetime below the early renewal is used for its call, and not persisted",
          "[session]") {
  Harness world;
  world.script.expect(kAuth, 200, token("short", 60)).expect(kPeople, 200, list({erika()}));
  REQUIRE(world.connect().ok());
  CHECK_FALSE(world.store.contains("access_token"));
  world.script.expect(kAuth, 200, token("short-again", 60));
  expectNoAbsences(world.script);
  REQUIRE(world.absences("2026-07-01", "2026-07-31").ok());
  CHECK(headerOf(world.script.seen().back(), "Authorization") == "Bearer short-again");
}

TEST_CASE("defect 10: requests with an expired token renew it once for all of them", "[session]") {
  Harness world;
  world.beConnected();
  world.wall_time += hours(25);
  world.script.expect(kAuth, 200, token("papi-token-2"));
  expectNoAbsences(world.script);
  REQUIRE(world.absences("2026-07-01", "2026-07-31").ok());
  CHECK(contains(world.store["access_token"], "papi-token-2"));
  expectNoAbsences(world.script);
  REQUIRE(world.absences("2026-07-01", "2026-07-31").ok());
}

TEST_CASE("defect 9: a refused token is renewed once and the request retried", "[session]") {
  Harness world;
  world.beConnected();
  const int status = GENERATE(401, 403);
  world.script.expect(kDayBased, status, failure(status))
      .expect(kAuth, 200, token("papi-token-2"))
      .expect(kDayBased, 200, kNoAbsences)
      .expect(kHourBased, status, failure(status))  // was under way with the old one
      .expect(kHourBased, 200, kNoAbsences);
  REQUIRE(world.absences("2026-07-01", "2026-07-31").ok());
  CHECK(headerOf(world.script.seen().back(), "Authorization") == "Bearer papi-token-2");
  CHECK(contains(world.store["access_token"], "papi-token-2"));
}

TEST_CASE("a refusal of the token inside HTTP 200 renews it like a plain 401", "[session]") {
  Harness world;
  world.beConnected();
  const int code = GENERATE(401, 403);
  world.script.expect(kDayBased, 200, failure(code))
      .expect(kAuth, 200, token("papi-token-2"))
      .expect(kDayBased, 200, kNoAbsences)
      .expect(kHourBased, 200, failure(code))  // was under way with the old one
      .expect(kHourBased, 200, kNoAbsences);
  REQUIRE(world.absences("2026-07-01", "2026-07-31").ok());
  CHECK(headerOf(world.script.seen().back(), "Authorization") == "Bearer papi-token-2");
}

TEST_CASE("a refusal inside HTTP 200 that persists after the renewal comes from the endpoint", "[session]") {
  Harness world;
  world.beConnected();
  world.script.expect(kDayBased, 200, failure(401))
      .expect(kAuth, 200, token("papi-token-2"))
      .expect(kDayBased, 200, failure(401));
  const auto absences = world.absences("2026-07-01", "2026-07-31");
  REQUIRE_FALSE(absences.ok());
  CHECK(absences.error().status == Status::access_missing);
  CHECK(absences.error().http_status == 401);
  CHECK_FALSE(world.store.contains("access_token"));
}

TEST_CASE("another failure inside HTTP 200 does not cause a sign-in", "[session]") {
  Harness world;
  world.beConnected();
  world.script.expect(kDayBased, 200, failure(GENERATE(0, 404, 500)));
  CHECK_FALSE(world.absences("2026-07-01", "2026-07-31").ok());
}

TEST_CASE("a token that is refused right after its renewal means a missing right, and is forgotten",
          "[session]") {
  Harness world;
  world.beConnected();
  REQUIRE(world.store.contains("access_token"));
  world.script.expect(kDayBased, 401, failure(401))
      .expect(kAuth, 200, token("papi-token-2"))
      .expect(kDayBased, 401, failure(401));
  const auto absences = world.absences("2026-07-01", "2026-07-31");
  REQUIRE_FALSE(absences.ok());
  CHECK(absences.error().status == Status::access_missing);
  CHECK(absences.error().http_status == 401);
  CHECK(contains(absences.error().message, "\"Absences: read\""));
  CHECK_FALSE(world.store.contains("access_token"));
}

TEST_CASE("one call renews the token once, not once per request", "[session]") {
  Harness world;
  world.beConnected();
  world.script.expect(kDayBased, 401, failure(401))
      .expect(kAuth, 200, token("papi-token-2"))
      .expect(kDayBased, 200, kNoAbsences)
      .expect(kHourBased, 401, failure(401))
      .expect(kHourBased, 401, failure(401));
  CHECK(world.absences("2026-07-01", "2026-07-31").error().status == Status::access_missing);
}

TEST_CASE("403 to a token of this very call is a missing right without another sign-in", "[session]") {
  Harness world;
  world.script.expect(kAuth, 200, token()).expect(kPeople, 403, failure(0));
  const auto account = world.connect();
  REQUIRE_FALSE(account.ok());
  CHECK(account.error().status == Status::access_missing);
  CHECK(contains(account.error().message, "\"Employees: read\""));
}

TEST_CASE("revoked credentials fail the sign-in and delete the stored token", "[session]") {
  Harness world;
  world.beConnected();
  world.restart();
  world.script.expect(kPeople, 401, failure(401)).expect(kAuth, 400, kWrongClient);
  const auto account = world.connect();
  REQUIRE_FALSE(account.ok());
  CHECK(account.error().status == Status::sign_in_failed);
  CHECK_FALSE(world.store.contains("access_token"));
}

TEST_CASE("defect 14: a failed connect persists no token", "[session]") {
  Harness world;
  world.script.expect(kAuth, 200, token()).expect(kPeople, 500, failure(500));
  for (int repeat = 0; repeat < 3; ++repeat) world.script.expect(kPeople, 500, failure(500));
  REQUIRE_FALSE(world.connect().ok());
  CHECK(world.store.empty());
}

TEST_CASE("defect 15: a cancelled call persists no token", "[session]") {
  Harness world;
  world.script.expect(kAuth, 200, token()).expect(kPeople, [&](const kit::HttpRequest &) {
    world.cancelled = true;
    return kit::HttpReply{200, {}, list({erika()})};
  });
  const auto account = world.connect();
  REQUIRE_FALSE(account.ok());
  CHECK(account.error().status == Status::cancelled);
  CHECK(world.store.empty());
}

TEST_CASE("a stored token is not used for other settings", "[session]") {
  Harness world;
  world.beConnected();
  world.restart();
  const std::string key = GENERATE("client_id", "client_secret", "base_url");
  Settings settings = world.settings();
  settings[key] = key == "base_url" ? "https://other.example.com" : "another";
  world.script.expect(kAuth, 400, kWrongClient);
  CHECK(world.provider->connect(settings, world.call()).error().status == Status::sign_in_failed);
  CHECK(world.store.contains("access_token"));  // the other settings may still be right
}

TEST_CASE("a stored token that is too old is not used", "[session]") {
  Harness world;
  world.beConnected();
  world.restart();
  world.wall_time += hours(24) - minutes(5);
  world.script.expect(kAuth, 200, token("papi-token-2")).expect(kPeople, 200, list({erika()}));
  REQUIRE(world.connect().ok());
  CHECK(contains(world.store["access_token"], "papi-token-2"));
}

TEST_CASE("a clock that was set back invalidates a stored token instead of extending it", "[session]") {
  Harness world;
  world.beConnected();
  world.restart();
  world.wall_time -= hours(48);
  world.script.expect(kAuth, 200, token()).expect(kPeople, 200, list({erika()}));
  REQUIRE(world.connect().ok());
}

TEST_CASE("a damaged record in the secret store is ignored", "[session]") {
  Harness world;
  world.beConnected();
  world.restart();
  world.store["access_token"] = GENERATE("", "papi-token-1", "{", "[]", "{\"token\":\"x\"}");
  world.script.expect(kAuth, 200, token()).expect(kPeople, 200, list({erika()}));
  CHECK(world.connect().ok());
}

TEST_CASE("too many sign-ins require a wait of a minute, or as long as Personio specifies", "[session]") {
  Harness world;
  std::vector<kit::HttpHeader> headers;
  const bool says = GENERATE(true, false);
  if (says) headers.push_back({"Retry-After", "90"});
  for (int attempt = 0; attempt < (says ? 1 : 4); ++attempt)
    world.script.expect(kAuth, 429, failure(429), headers);
  const auto account = world.connect();
  REQUIRE_FALSE(account.ok());
  CHECK(account.error().status == Status::try_later);
  REQUIRE(account.error().retry_after.has_value());
  CHECK(*account.error().retry_after == std::chrono::seconds(says ? 90 : 60));
}
