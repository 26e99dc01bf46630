// Breakdowns that are refused, and many of them.
#include "plugin/world_v2.h"
#include "support/text_search.h"

#include <set>

using namespace roots;
using namespace roots::personio::tests;
using namespace roots::test;

TEST_CASE("an absence deleted before its breakdown is read is skipped, and API v2 stays in use",
          "[breakdowns]") {
  WorldV2 world("auto");
  const int status = GENERATE(404, 410);
  CAPTURE(status);
  world.tell({twoHours("gone", "2026-07-01"), twoHours("kept", "2026-07-02")});
  world.script.expect(breakdownsOf("gone"), status, R"({"errors":[{"title":"Not Found"}]})");
  world.breakDown("kept", {breakdownV2("2026-07-02", "HOUR", "2")});
  world.script.expect(kPeriodsV2, 200, listV2({twoHours("kept", "2026-07-02")}));
  CHECK(words(world.july()) == Words{"2026-07-02 120 minutes"});
  CHECK_FALSE(contains(world.said(), "API v1"));

  world.script.expect(kPeriodsV2, 200, listV2({}));  // of API v2 again
  CHECK(world.july().empty());
}

TEST_CASE("if the breakdown of an existing absence is refused, its hours are read from API v1 in this call",
          "[breakdowns]") {
  WorldV2 world("auto");
  const int status = GENERATE(403, 404, 410);
  CAPTURE(status);
  world.tell({twoHours("a", "2026-07-02")});
  world.script.expect(breakdownsOf("a"), status, R"({"errors":[{"title":"Not Found"}]})");
  if (status == 403) {
    world.script.expect(kAuth, 200, token("papi-token-2"))
        .expect(breakdownsOf("a"), status, R"({"errors":[{"title":"Forbidden"}]})");
  }
  world.script.expect(kPeriodsV2, 200, listV2({twoHours("a", "2026-07-02")}))
      .expect(kHourBased, 200, completeList({absencePeriod("a", breakdowns({{"2026-07-02", 120}}))}));
  CHECK(words(world.july()) == Words{"2026-07-02 120 minutes"});

  world.script.expect(kPeriodsV2, 200, listV2({}));
  CHECK(world.july().empty());
}

TEST_CASE("hours that are unavailable everywhere are an error, and API v2 stays in use", "[breakdowns]") {
  WorldV2 world("auto");
  world.tell({twoHours("a", "2026-07-02")});
  world.script.expect(breakdownsOf("a"), 404, R"({"errors":[{"title":"Not Found"}]})")
      .expect(kPeriodsV2, 200, listV2({twoHours("a", "2026-07-02")}))
      .expect(kHourBased, 404, failure(404));
  const auto days = world.absences("2026-07-01", "2026-07-31");
  REQUIRE_FALSE(days.ok());
  CHECK(contains(days.error().message, "/breakdowns"));

  world.script.expect(kPeriodsV2, 200, listV2({}));
  CHECK(world.july().empty());
}

TEST_CASE("an endpoint of API v2 that does not exist is replaced by v1, with a notice at each sync",
          "[breakdowns]") {
  WorldV2 world("auto");
  const int status = GENERATE(404, 410);
  const bool list_of_types = GENERATE(false, true);
  CAPTURE(status, list_of_types);
  if (list_of_types) world.script.expect(kPeriodsV2, 200, listV2({}));
  world.script.expect(list_of_types ? kTypesV2 : kPeriodsV2, status, kNoSuchEndpoint);
  for (int sync = 1; sync <= 2; ++sync) {
    world.script.expect(kDayBased, 200, kNoAbsences).expect(kHourBased, 200, kNoAbsences);
    CHECK(world.july().empty());
    REQUIRE(world.notices.size() == static_cast<std::size_t>(sync));
    CHECK(contains(world.notices.back(), "API v1"));
    CHECK(world.notices.back() == world.notices.front());
  }
}

TEST_CASE("more hourly absences than fit into the time limit are read in several syncs within the rate limit",
          "[breakdowns]") {
  WorldV2 world;
  std::vector<std::string> rows;
  for (int number = 1000; number < 1400; ++number)
    rows.push_back(updatedAt("2026-06-01T08:00:00Z", twoHours("h" + std::to_string(number), "2026-07-02")));
  world.tell(rows);
  world.script.expect(kHourBased, 403, failure(0));  // API v1 would have had them in two requests
  std::set<std::string> asked;
  const auto answer = [&](const kit::HttpRequest &request) {
    CHECK(asked.insert(request.target).second);
    return kit::HttpReply{200, {}, listV2({breakdownV2("2026-07-02", "HOUR", "0.02")})};
  };
  world.script.afterwards(answer);
  const auto first = world.absences("2026-07-01", "2026-07-31");
  REQUIRE_FALSE(first.ok());
  CHECK(first.error().status == Status::try_later);
  CHECK_FALSE(contains(first.error().message, "did not answer"));
  CHECK(contains(first.error().message, "400"));
  const std::size_t read = asked.size();
  CHECK(read > 250);

  // Also in another process.
  if (GENERATE(false, true)) {
    world.restart();
    world.script.expect(kPeople, 200, list({erika()}));
    REQUIRE(world.connect().ok());
    world.script.expect(kPeriodsV2, 200, listV2(rows)).expect(kTypesV2, 200, typesV2());
  } else {
    world.waiter.pass(std::chrono::seconds(10));
    world.script.expect(kPeriodsV2, 200, listV2(rows)).expect(kPeriodsV2, 200, listV2({}));
  }
  world.script.expect(kHourBased, 403, failure(0));
  const auto second = world.absences("2026-07-01", "2026-07-31");
  if (!second) FAIL(second.error().message);
  CHECK(second->size() == 400);
  CHECK(asked.size() == 400);
}
