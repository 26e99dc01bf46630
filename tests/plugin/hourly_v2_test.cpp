// Hourly absences from API v2: their days and minutes come from breakdowns.
#include "plugin/world_v2.h"

using namespace roots;
using namespace roots::personio::tests;

TEST_CASE("hourly absences take their local days and minutes from the breakdown", "[hourly-v2]") {
  WorldV2 world;
  world.tell({periodV2("h", momentV2("2026-07-02T14:00"), momentV2("2026-07-02T16:30"), "7c-302")});
  world.breakDown("h", {breakdownV2("2026-07-02", "HOUR", "1.5"), breakdownV2("2026-07-02", "HOUR", "1"),
                        breakdownV2("2026-07-03", "HOUR", "0"), breakdownV2("2026-07-06", "HOUR", "'0.33'")});
  CHECK(words(world.july()) == Words{"2026-07-02 150 minutes", "2026-07-06 20 minutes"});
}

TEST_CASE("the hours of a day are summed first and rounded once", "[hourly-v2]") {
  const auto minutesOfThree = [](const std::string &value) {
    WorldV2 world;
    world.tell({periodV2("h", momentV2("2026-07-02T14:00"), momentV2("2026-07-02T16:30"), "7c-302")});
    world.breakDown("h", std::vector<std::string>(3, breakdownV2("2026-07-02", "HOUR", value)));
    return words(world.july());
  };
  // 5 minutes, by services that send many decimals and by those that round.
  for (const char *value : {"0.0833333333", "0.0833", "'0,08333'", "0.08"}) {
    CAPTURE(value);
    CHECK(minutesOfThree(value) == Words{"2026-07-02 15 minutes"});
  }
  CHECK(minutesOfThree("0.125") == Words{"2026-07-02 23 minutes"});  // 3 times 7:30
  CHECK(minutesOfThree("1.333333") == Words{"2026-07-02 240 minutes"});
  CHECK(minutesOfThree("8") == Words{"2026-07-02 1440 minutes"});
}

TEST_CASE("hourly absences of more than 28 days take several pages, no further than the range",
          "[hourly-v2]") {
  WorldV2 world;
  world.tell({periodV2("h", momentV2("2026-07-01T08:00"), "null", "7c-302")});
  const std::string path = "GET /v2/absence-periods/h/breakdowns";
  world.script
      .expect(path + "?limit=28", 200, listV2({breakdownV2("2026-07-28", "HOUR", "1")}, "?cursor=two"))
      .expect(path + "?limit=28&cursor=two", 200,
              listV2({breakdownV2("2026-08-25", "HOUR", "1")}, "?cursor=three"));
  CHECK(words(world.july()) == Words{"2026-07-28 60 minutes"});
}

TEST_CASE("an hourly absence without its hours is an error, never treated as whole days", "[hourly-v2]") {
  const std::vector<std::string> days =
      GENERATE(std::vector<std::string>{}, std::vector<std::string>{breakdownV2("2026-07-02", "DAY", "1")});
  const std::string type = days.empty() ? GENERATE("7c-302", "7c-999") : "7c-302";
  CAPTURE(days, type);
  WorldV2 world;
  world.tell({periodV2("h", momentV2("2026-07-02T14:00"), momentV2("2026-07-02T16:30"), type)});
  world.breakDown("h", days);
  const auto told = world.absences("2026-07-01", "2026-07-31");
  REQUIRE_FALSE(told.ok());
  CHECK(told.error().status == Status::unexpected_reply);
  CHECK(told.error().message.find("without the hours") != std::string::npos);
}

TEST_CASE("impossible breakdowns fail the call", "[hourly-v2]") {
  const std::string day =
      GENERATE(breakdownV2("2026-07-02", "WEEK", "1"), breakdownV2("2026-07-02", "HOUR", "-1"),
               breakdownV2("2026-07-02", "HOUR", "'much'"), breakdownV2("soon", "HOUR", "1"),
               breakdownV2("2026-07-02", "HOUR", "24.5"),
               breakdownV2("2026-07-02", "HOUR", "1") + "," + breakdownV2("2026-07-03", "DAY", "1"));
  CAPTURE(day);
  WorldV2 world;
  world.tell({periodV2("h", momentV2("2026-07-02T14:00"), momentV2("2026-07-02T16:30"), "7c-302")});
  world.breakDown("h", {day});
  const auto days = world.absences("2026-07-01", "2026-07-31");
  REQUIRE_FALSE(days.ok());
  CHECK(days.error().status == Status::unexpected_reply);
  CHECK(days.error().message.find("/breakdowns") != std::string::npos);
}
