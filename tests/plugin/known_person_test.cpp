// A person who was found once: what still works if only the lookup fails later, and what does not.
#include "plugin/harness.h"
#include "support/text_search.h"

using namespace roots;
using namespace roots::personio::tests;
using namespace roots::test;

namespace {

using Names = std::vector<std::string>;

// A second start of a program that was connected before and had read the schedule.
class SecondStart : public Harness {
 public:
  SecondStart() {
    beConnected();
    REQUIRE(schedule().ok());
    restart();
    notices.clear();
  }

  void expectLookup(int status, const std::string &body) {
    script.expect(kPeople, status, body);
    if (status != 401 && status != 403) return;
    script.expect(kAuth, 200, token("papi-token-2")).expect(kPeople, status, body);
  }
};

}  // namespace

TEST_CASE("if only the lookup fails, absences and balances of a known person still work", "[known-person]") {
  SecondStart world;
  const auto [status, body] = GENERATE(table<int, std::string>({{400, failure(0)},
                                                                {401, failure(401)},
                                                                {403, failure(0)},
                                                                {403, "<html>Blocked by policy</html>"},
                                                                {404, failure(404)},
                                                                {404, ""},
                                                                {410, ""},
                                                                {422, failure(0)},
                                                                {200, failure(404)},
                                                                {200, failure(410)}}));
  CAPTURE(status, body);
  world.expectLookup(status, body);
  const auto account = world.connect();
  REQUIRE(account.ok());
  CHECK(account->id == "4711");
  CHECK(account->display_name == kEmail);
  CHECK(account->employed_from == Date{2019, 4, 1});
  REQUIRE(world.notices.size() == 1);
  CHECK(contains(world.notices[0], "profile"));

  // A token that was refused is not used again.
  if (status == 401) world.script.expect(kAuth, 200, token("papi-token-3"));
  world.script.expect(kDayBased, 200, list({timeOff("1", "2026-07-06", "2026-07-06")}))
      .expect(kHourBased, 200, kNoAbsences);
  const auto absences = world.absences("2026-07-01", "2026-07-31");
  REQUIRE(absences.ok());
  CHECK(absences->size() == 1);
  world.script.expect(kBalance, 200, list({})).expect(kTypes, 200, list({}));
  CHECK(world.balances().ok());
}

TEST_CASE("the schedule reports why the lookup failed, without a second request, and keeps its lock",
          "[known-person]") {
  SecondStart world;
  world.expectLookup(404, failure(404));
  REQUIRE(world.connect().ok());
  const auto schedule = world.schedule();
  REQUIRE_FALSE(schedule.ok());
  CHECK(schedule.error().http_status == 404);
  CHECK(contains(schedule.error().message, "GET /v1/company/employees"));
  CHECK(world.locks() == Names{"absences", "weekday_hours"});

  world.script.expect(kPeople, 200, list({erika()}));
  CHECK(world.schedule().ok());
}

TEST_CASE("emails that are no longer readable do not affect a known person", "[known-person]") {
  SecondStart world;
  world.script.expect(kPeople, 200, list({employeeWith({attribute("id", "4711")})}));
  REQUIRE(world.connect().ok());
  CHECK(contains(world.schedule().error().message, "\"Email\""));
}

TEST_CASE("an answer about the person, or a failure of the whole service, is not a failed lookup",
          "[known-person]") {
  SecondStart world;
  SECTION("no profile has this email any more") {
    for (int request = 0; request < 3; ++request) world.script.expect(kPeople, 200, list({}));
    world.script.expect(kPeople, 200, list({employee("1", "somebody.else@example.com", kFullTime)}));
    CHECK(world.connect().error().status == Status::person_not_found);
  }
  SECTION("several profiles have it") {
    world.script.expect(kPeople, 200, list({erika(), employee("4712", kEmail, kFullTime)}));
    CHECK(world.connect().error().status == Status::person_not_found);
  }
  SECTION("the service has a transient error") {
    for (int attempt = 0; attempt < 4; ++attempt) world.script.expect(kPeople, 503, "");
    CHECK(world.connect().error().status == Status::try_later);
  }
  SECTION("the certificate is refused") {
    world.script.expectFault(kPeople, kit::TransportFault::certificate_refused);
    CHECK(world.connect().error().setting == "ca_file");
  }
  SECTION("the credentials are refused") {
    world.script.expect(kPeople, 401, failure(401)).expect(kAuth, 400, kWrongClient);
    CHECK(world.connect().error().status == Status::sign_in_failed);
  }
  SECTION("the reply is not HTTP") {
    for (int attempt = 0; attempt < 4; ++attempt)
      world.script.expectFault(kPeople, kit::TransportFault::reply_not_http);
    CHECK(world.connect().error().status == Status::unexpected_reply);
  }
}

TEST_CASE("other settings may mean another person, so the lookup has to succeed", "[known-person]") {
  SecondStart world;
  const std::string key = GENERATE("client_id", "base_url", "email");
  CAPTURE(key);
  Settings settings = world.settings();
  settings[key] = key == "base_url" ? "https://other.example.com"
                  : key == "email"  ? "somebody@example.com"
                                    : "another";
  if (key != "email") world.script.expect(kAuth, 200, token("papi-token-2"));
  world.script.expect(kPeople, 404, failure(404));
  const auto account = world.provider->connect(settings, world.call());
  REQUIRE_FALSE(account.ok());
  CHECK(account.error().http_status == 404);
}

TEST_CASE("a damaged record of the person is ignored", "[known-person]") {
  SecondStart world;
  world.store["known_person"] =
      GENERATE("", "{", "[]", "7", "{\"id\":\"4711\"}", "{\"id\":7,\"settings\":7}");
  world.expectLookup(404, failure(404));
  CHECK_FALSE(world.connect().ok());
}

TEST_CASE("the record of the person is written once, not at each start", "[known-person]") {
  SecondStart world;
  const std::string kept = world.store["known_person"];
  CHECK(contains(kept, "4711"));
  for (const char *more_than_needed : {"very-secret", "Erika", "example.com", "papi-client"})
    CHECK_FALSE(contains(kept, more_than_needed));
  world.store["known_person"] = kept + " ";  // readable, and any write would be seen
  world.script.expect(kPeople, 200, list({erika()}));
  REQUIRE(world.connect().ok());
  REQUIRE(world.schedule().ok());
  CHECK(world.store["known_person"] == kept + " ");
}

TEST_CASE("a failed connect persists nothing about the person", "[known-person]") {
  Harness world;
  world.script.expect(kAuth, 200, token()).expect(kPeople, 404, failure(404));
  CHECK_FALSE(world.connect().ok());
  CHECK(world.store.empty());
}
