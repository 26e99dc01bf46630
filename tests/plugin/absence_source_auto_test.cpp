// Which generation of the API absences are read from, where the user leaves the choice to the plugin.
#include "plugin/world_v2.h"
#include "support/text_search.h"

using namespace roots;
using namespace roots::personio::tests;
using namespace roots::test;

namespace {

const std::string kBreakdownsOfA = breakdownsOf("a");
// API v2 lists an absence whose last day is ambiguous, and refuses its days.
HttpScript &expectDenial(WorldV2 &world, int status = 404) {
  world.tell({kAbsenceA}).expect(kBreakdownsOfA, status, kDenied);
  return world.script.expect(kPeriodsV2, 200, listV2({kAbsenceA}));  // it still exists
}

void connectWithScope(Harness &world, const std::string &scope) {
  world.absence_api = "auto";
  world.script.expect(kAuth, 200, token("papi-token-1", 86400, scope)).expect(kPeople, 200, list({erika()}));
  REQUIRE(world.connect().ok());
}

}  // namespace

TEST_CASE("without the right for v2 the absences come from v1, and that is remembered", "[absences-auto]") {
  WorldV2 world("auto");
  SECTION("the scope of the token hints at v1") {
    world.restart();
    world.store.clear();
    world.script.expect(kAuth, 200, token("papi-token-2", 86400, "employees:read absences:read"))
        .expect(kPeople, 200, list({erika()}));
    REQUIRE(world.connect().ok());
  }
  SECTION("the endpoint refuses") {
    const auto [status, body] = GENERATE(table<int, std::string>(
        {{403, R"({"errors":[{"title":"Insufficient access scope"}]})"}, {404, kNoSuchEndpoint}}));
    world.script.expect(kPeriodsV2, status, body);
    if (status == 403)
      world.script.expect(kAuth, 200, token("papi-token-2")).expect(kPeriodsV2, status, body);
    world.script.expect(kDayBased, 200, kNoAbsences).expect(kHourBased, 200, kNoAbsences);
    CHECK(world.july().empty());
  }
  SECTION("v2 answers 401 to a missing right, although the token is fine") {
    const std::string body = R"({"error":{"message":"Unauthorized Request"}})";
    world.script.expect(kPeriodsV2, 401, body)
        .expect(kAuth, 200, token("papi-token-2"))
        .expect(kPeriodsV2, 401, body)
        .expect(kAuth, 200, token("papi-token-2"))
        .expect(kDayBased, 200, kNoAbsences)
        .expect(kHourBased, 200, kNoAbsences);
    CHECK(world.july().empty());
  }
  world.script.expect(kDayBased, 200, kNoAbsences).expect(kHourBased, 200, kNoAbsences);
  CHECK(world.july().empty());

  // The next process knows it, too.
  world.restart();
  world.script.expect(kPeople, 200, list({erika()}));
  REQUIRE(world.connect().ok());
  world.script.expect(kDayBased, 200, kNoAbsences).expect(kHourBased, 200, kNoAbsences);
  CHECK(world.july().empty());
}

TEST_CASE("the scope decides nothing: each refusal makes the other API version take over",
          "[absences-auto]") {
  const std::string scope = GENERATE("employees:read absences:read", "personio:absence:read", "something:new",
                                     "absences:read personio:persons:read");
  const bool v2_refuses = GENERATE(false, true);
  CAPTURE(scope, v2_refuses);
  Harness world;
  connectWithScope(world, scope);
  // It has the word of v1 for absences, and none of v2.
  const bool v1_first =
      scope == "employees:read absences:read" || scope == "absences:read personio:persons:read";
  if (v1_first && !v2_refuses) world.script.expect(kDayBased, 404, failure(404));
  if (v2_refuses) {
    if (!v1_first) world.script.expect(kPeriodsV2, 404, kNoSuchEndpoint);
    world.script.expect(kDayBased, 200, kNoAbsences).expect(kHourBased, 200, kNoAbsences);
  } else {
    world.script.expect(kPeriodsV2, 200, listV2({})).expect(kTypesV2, 200, typesV2());
  }
  CHECK(world.absences("2026-07-01", "2026-07-31").ok());
}

TEST_CASE("a failure of v2 does not cause a fallback to v1", "[absences-auto]") {
  WorldV2 world("auto");
  SECTION("a reply that is not understood") { world.script.expect(kPeriodsV2, 200, "{}"); }
  SECTION("a rate limit") { world.script.expect(kPeriodsV2, 429, "", {{"Retry-After", "120"}}); }
  CHECK_FALSE(world.absences("2026-07-01", "2026-07-31").ok());
}

TEST_CASE("without the right for either, the message names the right", "[absences-auto]") {
  WorldV2 world("auto");
  world.script.expect(kPeriodsV2, 404, kNoSuchEndpoint)
      .expect(kDayBased, 403, failure(0))
      .expect(kAuth, 200, token("papi-token-2"))
      .expect(kDayBased, 403, failure(0));
  const auto days = world.absences("2026-07-01", "2026-07-31");
  REQUIRE_FALSE(days.ok());
  CHECK(days.error().status == Status::access_missing);
  CHECK(days.error().message.find("\"Absences: read\"") != std::string::npos);
  CHECK(days.error().message.find("GET /v1/company/time-offs") != std::string::npos);
}

TEST_CASE("with API v2 selected, its refusal is an error", "[absences-auto]") {
  WorldV2 world("v2");
  world.script.expect(kPeriodsV2, 404, kNoSuchEndpoint);
  CHECK(world.absences("2026-07-01", "2026-07-31").error().http_status == 404);
}

// ---- API v2 lists absences, but denies the days that would show what their ends mean ----

TEST_CASE("if API v2 denies breakdowns and an end is ambiguous, absences are read from API v1",
          "[absences-auto]") {
  WorldV2 world("auto");
  const int status = GENERATE(403, 404, 410);
  CAPTURE(status);
  world.tell({kAbsenceA}).expect(kBreakdownsOfA, status, kDenied);
  if (status == 403)
    world.script.expect(kAuth, 200, token("papi-token-2")).expect(kBreakdownsOfA, status, kDenied);
  world.script.expect(kPeriodsV2, 200, listV2({kAbsenceA}));
  expectV1(world.script);
  CHECK(words(world.july()) == kAsInV1);
  REQUIRE(world.notices.size() == 1);
  CHECK(contains(world.notices.front(), "API v1"));

  SECTION("which is remembered") {
    expectV1(world.script);
    CHECK(words(world.july()) == kAsInV1);
  }
  SECTION("also by the next process") {
    world.restart();
    world.script.expect(kPeople, 200, list({erika()}));
    REQUIRE(world.connect().ok());
    expectV1(world.script);
    CHECK(words(world.july()) == kAsInV1);
  }
  SECTION("until there is another token, which may have more rights") {
    world.wall_time += std::chrono::hours(24);
    world.script.expect(kAuth, 200, token("papi-token-3")).expect(kPeriodsV2, 200, listV2({kAbsenceA}));
    world.breakDown("a", {breakdownV2("2026-07-14", "DAY", "1"), breakdownV2("2026-07-15", "DAY", "1")});
    CHECK(words(world.july()) == kAsInV1);
    CHECK(world.notices.size() == 1);
  }
}

TEST_CASE("if API v1 is denied as well, API v2 is used with a notice, and v1 is not requested again",
          "[absences-auto]") {
  WorldV2 world("auto");
  expectDenial(world).expect(kDayBased, 404, failure(404));
  CHECK(words(world.july()) == kInDoubt);
  REQUIRE(world.notices.size() == 1);
  CHECK(contains(world.notices.front(), "last day"));

  const auto expectDenialOfV2 = [&] {
    world.script.expect(kPeriodsV2, 200, listV2({kAbsenceA}))
        .expect(kBreakdownsOfA, 404, kDenied)
        .expect(kPeriodsV2, 200, listV2({kAbsenceA}));
  };
  SECTION("in this process") {
    expectDenialOfV2();
    CHECK(words(world.july()) == kInDoubt);
    CHECK(world.notices.size() == 2);
  }
  SECTION("in the next process") {
    world.restart();
    world.script.expect(kPeople, 200, list({erika()}));
    REQUIRE(world.connect().ok());
    expectDenial(world);
    CHECK(words(world.july()) == kInDoubt);
    CHECK(world.notices.size() == 2);
  }
  SECTION("until there is another token") {
    world.wall_time += std::chrono::hours(24);
    world.script.expect(kAuth, 200, token("papi-token-2"));
    expectDenialOfV2();
    expectV1(world.script);
    CHECK(words(world.july()) == kAsInV1);
  }
}

TEST_CASE("a call cancelled while API v1 is read after a denial of API v2 is cancelled", "[absences-auto]") {
  WorldV2 world("auto");
  expectDenial(world).expect(kDayBased, [&](const kit::HttpRequest &) {
    world.cancelled = true;
    return kit::TransportError{kit::TransportFault::cancelled, ""};
  });
  CHECK(world.absences("2026-07-01", "2026-07-31").error().status == Status::cancelled);
  CHECK(world.notices.empty());
}

TEST_CASE("API v1, refused after a hint of the scope, is not requested twice in a call", "[absences-auto]") {
  Harness world;
  connectWithScope(world, "absences:read");
  world.script.expect(kDayBased, 404, failure(404))
      .expect(kPeriodsV2, 200, listV2({kAbsenceA}))
      .expect(kTypesV2, 200, typesV2())
      .expect(kBreakdownsOfA, 404, kDenied)
      .expect(kPeriodsV2, 200, listV2({kAbsenceA}));
  const auto days = world.absences("2026-07-01", "2026-07-31");
  REQUIRE(days.ok());
  CHECK(words(*days) == kInDoubt);
  CHECK(world.notices.size() == 1);
}

TEST_CASE("an ambiguous end alone does not make API v1 take over: its breakdowns answered",
          "[absences-auto]") {
  WorldV2 world("auto");
  const std::string deleted = periodV2("b", momentV2("2026-07-20"), momentV2("2026-07-21"));
  world.tell({kAbsenceA, deleted}).expect(breakdownsOf("b"), 404, kDenied);
  world.breakDown("a", {});
  world.script.expect(kPeriodsV2, 200, listV2({kAbsenceA}));
  CHECK(words(world.july()) == kInDoubt);
  REQUIRE(world.notices.size() == 1);
  CHECK(contains(world.notices.front(), "last day"));
}

TEST_CASE("with API v2 selected, ambiguous ends cause the notice, not a fallback to API v1",
          "[absences-auto]") {
  WorldV2 world("v2");
  expectDenial(world);
  CHECK(words(world.july()) == kInDoubt);
  REQUIRE(world.notices.size() == 1);
  CHECK(contains(world.notices.front(), "last day"));
}

TEST_CASE("the notice about API v1 is true where only the scope of the token led there", "[absences-auto]") {
  Harness world;
  connectWithScope(world, "absences:read");
  expectV1(world.script);
  REQUIRE(world.absences("2026-07-01", "2026-07-31").ok());
  CHECK(
      world.notices ==
      std::vector<std::string>{
          "Absences are read from Personio's API v1, because API v2 does not appear to be fully available to "
          "these credentials. API v1 does not report which half of a single day is off."});
}
