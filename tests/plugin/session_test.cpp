// The life of a token: got, kept, reused, renewed, forgotten.
#include "plugin/harness.h"

using namespace roots;
using namespace roots::personio::tests;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

bool contains(const std::string &text, const std::string &part) {
  return text.find(part) != std::string::npos;
}

void expectNoAbsences(HttpScript &script) {
  script.expect(kDayBased, 200, kNoAbsences).expect(kHourBased, 200, kNoAbsences);
}

}  // namespace

TEST_CASE("credentials that Personio refuses fail the sign-in and point to the secret", "[session]") {
  Harness world;
  const bool by_v1 = GENERATE(false, true);
  const int status = by_v1 ? GENERATE(400, 401, 403, 422) : GENERATE(400, 401, 403);
  if (by_v1) {
    const std::string body = GENERATE(as<std::string>{}, "", failure(0), failure(403));
    world.script.expect(kAuth, 404, kNoSuchEndpoint).expect(kAuthV1, status, body);
  } else {
    world.script.expect(kAuth, status, kWrongClient);
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

TEST_CASE("where v2 cannot sign in, whatever the reason, v1 does, and its token serves everything",
          "[session]") {
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

TEST_CASE("an unreachable service is not asked another way", "[session]") {
  Harness world;
  world.script.expectFault(kAuth, kit::TransportFault::connection_lost);
  CHECK(world.connect().error().status == Status::try_later);
}

TEST_CASE("defect 13: success:false with HTTP 200 is a refusal", "[session]") {
  Harness world;
  world.script.expect(kAuth, 404, kNoSuchEndpoint).expect(kAuthV1, 200, failure(0));
  CHECK(world.connect().error().status == Status::sign_in_failed);
}

TEST_CASE("success without a token is not understood", "[session]") {
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

TEST_CASE("a refusal with a web page in it is a proxy's, not Personio's", "[session]") {
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

TEST_CASE("defect 8: a token is renewed five minutes before the end of the life it was given", "[session]") {
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

TEST_CASE("a token that lives shorter than the early renewal serves the call that got it, and is not kept",
          "[session]") {
  Harness world;
  world.script.expect(kAuth, 200, token("short", 60)).expect(kPeople, 200, list({erika()}));
  REQUIRE(world.connect().ok());
  CHECK(world.store.empty());
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
  CHECK(contains(world.store.begin()->second, "papi-token-2"));
  expectNoAbsences(world.script);
  REQUIRE(world.absences("2026-07-01", "2026-07-31").ok());
}

TEST_CASE("defect 9: a refused token is renewed once and the request repeated", "[session]") {
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
  CHECK(contains(world.store.begin()->second, "papi-token-2"));
}

TEST_CASE("a token that is refused right after its renewal means a missing right, and is forgotten",
          "[session]") {
  Harness world;
  world.beConnected();
  REQUIRE(world.store.size() == 1);
  world.script.expect(kDayBased, 401, failure(401))
      .expect(kAuth, 200, token("papi-token-2"))
      .expect(kDayBased, 401, failure(401));
  const auto absences = world.absences("2026-07-01", "2026-07-31");
  REQUIRE_FALSE(absences.ok());
  CHECK(absences.error().status == Status::access_missing);
  CHECK(absences.error().http_status == 401);
  CHECK(contains(absences.error().message, "\"Absences: read\""));
  CHECK(world.store.empty());
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

TEST_CASE("revoked credentials fail the sign-in and the kept token is forgotten", "[session]") {
  Harness world;
  world.beConnected();
  world.restart();
  world.script.expect(kPeople, 401, failure(401)).expect(kAuth, 400, kWrongClient);
  const auto account = world.connect();
  REQUIRE_FALSE(account.ok());
  CHECK(account.error().status == Status::sign_in_failed);
  CHECK(world.store.empty());
}

TEST_CASE("defect 14: a connect that fails keeps no token", "[session]") {
  Harness world;
  world.script.expect(kAuth, 200, token()).expect(kPeople, 500, failure(500));
  for (int repeat = 0; repeat < 3; ++repeat) world.script.expect(kPeople, 500, failure(500));
  REQUIRE_FALSE(world.connect().ok());
  CHECK(world.store.empty());
}

TEST_CASE("defect 15: a cancelled call keeps no token", "[session]") {
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

TEST_CASE("a kept token is not used for other settings", "[session]") {
  Harness world;
  world.beConnected();
  world.restart();
  const std::string key = GENERATE("client_id", "client_secret", "base_url");
  Settings settings = world.settings();
  settings[key] = key == "base_url" ? "https://other.example.com" : "another";
  world.script.expect(kAuth, 400, kWrongClient);
  CHECK(world.provider->connect(settings, world.call()).error().status == Status::sign_in_failed);
  CHECK(world.store.size() == 1);  // the other settings may still be right
}

TEST_CASE("a kept token that is too old is not tried", "[session]") {
  Harness world;
  world.beConnected();
  world.restart();
  world.wall_time += hours(24) - minutes(5);
  world.script.expect(kAuth, 200, token("papi-token-2")).expect(kPeople, 200, list({erika()}));
  REQUIRE(world.connect().ok());
  CHECK(contains(world.store.begin()->second, "papi-token-2"));
}

TEST_CASE("a clock that was set back makes a kept token worthless, not eternal", "[session]") {
  Harness world;
  world.beConnected();
  world.restart();
  world.wall_time -= hours(48);
  world.script.expect(kAuth, 200, token()).expect(kPeople, 200, list({erika()}));
  REQUIRE(world.connect().ok());
}

TEST_CASE("a damaged record in the secret store is as good as none", "[session]") {
  Harness world;
  world.beConnected();
  world.restart();
  world.store.begin()->second = GENERATE("", "papi-token-1", "{", "[]", "{\"token\":\"x\"}");
  world.script.expect(kAuth, 200, token()).expect(kPeople, 200, list({erika()}));
  CHECK(world.connect().ok());
}

TEST_CASE("too many sign-ins mean waiting a minute, or as long as Personio says", "[session]") {
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
