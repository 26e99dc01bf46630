// What a midnight at the end of an absence means, and how that is found out.
#include "plugin/world_v2.h"
#include "support/text_search.h"

using namespace roots;
using namespace roots::personio::tests;
using namespace roots::test;

TEST_CASE("a token renewal during a call keeps the meaning of ends", "[period-ends]") {
  WorldV2 world;
  world.tell({periodV2("a", momentV2("2026-07-14"), momentV2("2026-07-16")), twoHours("h", "2026-07-02")});
  world.breakDown("a", {breakdownV2("2026-07-14", "DAY", "1"), breakdownV2("2026-07-15", "DAY", "1"),
                        breakdownV2("2026-07-16", "DAY", "1")});
  world.script.expect(breakdownsOf("h"), 401, R"({"error":{"message":"Unauthorized Request"}})")
      .expect(kAuth, 200, token("papi-token-2"));
  world.breakDown("h", {breakdownV2("2026-07-02", "HOUR", "2")});
  CHECK(world.july().size() == 3 + 1);

  // And for the calls after it.
  world.script.expect(kPeriodsV2, 200,
                      listV2({periodV2("b", momentV2("2026-07-20"), momentV2("2026-07-22"))}));
  CHECK(world.july().size() == 3);
}

TEST_CASE("if the days of one absence are inconclusive, those of the next are requested", "[period-ends]") {
  WorldV2 world;
  world.tell({periodV2("short", momentV2("2026-07-06"), momentV2("2026-07-07")),
              periodV2("long", momentV2("2026-07-13"), momentV2("2026-07-16"))});
  world.breakDown("short", {});
  world.breakDown("long", {breakdownV2("2026-07-13", "DAY", "1"), breakdownV2("2026-07-16", "DAY", "1")});
  CHECK(world.july().size() == 2 + 4);
  CHECK(world.notices.empty());
}

TEST_CASE("an absence deleted before its days are read is skipped, those of the next are requested",
          "[period-ends]") {
  WorldV2 world;
  const std::string long_one = periodV2("long", momentV2("2026-07-13"), momentV2("2026-07-16"));
  world.tell({periodV2("short", momentV2("2026-07-06"), momentV2("2026-07-07")), long_one});
  world.script.expect(breakdownsOf("short"), 404, R"({"errors":[{"title":"Not Found"}]})");
  world.breakDown("long", {breakdownV2("2026-07-13", "DAY", "1"), breakdownV2("2026-07-15", "DAY", "1")});
  world.script.expect(kPeriodsV2, 200, listV2({long_one}));
  CHECK(world.july().size() == 3);
}

TEST_CASE("if no absence shows what ends mean, the last day is kept, with a notice", "[period-ends]") {
  WorldV2 world;
  world.tell({periodV2("a", momentV2("2026-07-14"), momentV2("2026-07-16"))});
  world.breakDown("a", {});
  CHECK(world.july().size() == 3);
  REQUIRE(world.notices.size() == 1);
  CHECK(contains(world.notices.front(), "last day"));
}

TEST_CASE("the meaning of a relevant midnight is never assumed, however many absences there are",
          "[period-ends]") {
  WorldV2 world;
  std::vector<std::string> rows;
  for (int date = 10; date < 22; ++date) {
    const std::string first = "2026-07-" + std::to_string(date);
    rows.push_back(periodV2("a" + std::to_string(date), momentV2(first),
                            momentV2("2026-07-" + std::to_string(date + 1))));
  }
  world.tell(rows);
  // A bounded number of requests; then the safe reading with a notice.
  int asked = 0;
  for (int date = 10; date < 20; ++date) {
    world.script.expect("GET /v2/absence-periods/a" + std::to_string(date) + "/breakdowns",
                        [&](const kit::HttpRequest &) {
                          ++asked;
                          return kit::HttpReply{200, {}, listV2({})};
                        });
  }
  CHECK(world.july().size() == 12 * 2);
  CHECK(asked == 10);
  CHECK(world.notices.size() == 1);
}
