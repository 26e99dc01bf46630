// Absences from API v2: the meaning of its rows, pages, and the requests.
#include "plugin/world_v2.h"

using namespace roots;
using namespace roots::personio::tests;

TEST_CASE("the requested window reaches far back, has no zone and no filter on the end", "[absences-v2]") {
  WorldV2 world;
  world.script
      .expect(kPeriodsV2 +
                  "?limit=100&person.id=4711&starts_from.date_time.gte=2023-06-29T00%3A00%3A00"
                  "&starts_from.date_time.lte=2026-08-01T23%3A59%3A59",
              200, listV2({}))
      .expect(kTypesV2 + "?limit=100", 200, typesV2());
  CHECK(world.july().empty());
}

TEST_CASE("kind and label come from the list of types, which is requested once", "[absences-v2]") {
  WorldV2 world;
  world.tell({periodV2("a", momentV2("2026-07-06"), momentV2("2026-07-06"), "7c-303")});
  const auto days = world.july();
  REQUIRE(days.size() == 1);
  CHECK(days[0].kind == Kind::sick);
  CHECK(days[0].label == "Krank");
  CHECK(days[0].absence_id == "a");
  world.script.expect(kPeriodsV2, 200, listV2({}));
  CHECK(world.july().empty());
}

TEST_CASE("pages are followed by their cursor, at the configured address only", "[absences-v2]") {
  WorldV2 world;
  const std::string next =
      GENERATE("/v2/absence-periods?limit=1&cursor=Y3Vy%2Bc29y",
               "https://api.personio.de/v2/absence-periods?cursor=Y3Vy%2Bc29y&limit=1",
               "https://evil.example.net/v2/absence-periods?cursor=Y3Vy%2Bc29y", "?cursor=Y3Vy%2Bc29y");
  world.script
      .expect(kPeriodsV2, 200, listV2({periodV2("a", momentV2("2026-07-06"), momentV2("2026-07-06"))}, next))
      .expect(kPeriodsV2 +
                  "?limit=100&person.id=4711&starts_from.date_time.gte=2023-06-29T00%3A00%3A00"
                  "&starts_from.date_time.lte=2026-08-01T23%3A59%3A59&cursor=Y3Vy%2Bc29y",
              200, listV2({periodV2("b", momentV2("2026-07-08"), momentV2("2026-07-08"))}))
      .expect(kTypesV2, 200, typesV2());
  CHECK(words(world.july()) == Words{"2026-07-06 whole", "2026-07-08 whole"});
}

TEST_CASE("the last page is recognized in every known form", "[absences-v2]") {
  WorldV2 world;
  const std::string meta =
      GENERATE("", ",'_meta':{}", ",'_meta':{'links':{}}", ",'_meta':{'links':{'next':null}}",
               ",'_meta':{'links':{'next':{'href':null}}}", ",'_meta':null");
  world.script.expect(kPeriodsV2, 200, json("{'_data':[]" + meta + "}")).expect(kTypesV2, 200, typesV2());
  CHECK(world.july().empty());
}

TEST_CASE("a repeated cursor is an error, and so is a link without a cursor", "[absences-v2]") {
  WorldV2 world;
  const bool circle = GENERATE(true, false);
  const std::string next = circle ? "?cursor=again" : "https://api.personio.de/v2/absence-periods?page=2";
  for (int page = 0; page < (circle ? 2 : 1); ++page) world.script.expect(kPeriodsV2, 200, listV2({}, next));
  const auto days = world.absences("2026-07-01", "2026-07-31");
  REQUIRE_FALSE(days.ok());
  CHECK(days.error().status == Status::unexpected_reply);
  CHECK(days.error().message.find("GET /v2/absence-periods") != std::string::npos);
}

TEST_CASE("only approved absences count, and those whose cancellation is not yet granted", "[absences-v2]") {
  WorldV2 world;
  const auto [status, counts] = GENERATE(table<std::string, bool>({{"APPROVED", true},
                                                                   {"approved", true},
                                                                   {"DELETION_PENDING", true},
                                                                   {"PENDING", false},
                                                                   {"SUBSTITUTE_REQUESTED", false},
                                                                   {"REJECTED", false},
                                                                   {"SOMETHING_NEW", false}}));
  CAPTURE(status);
  world.tell({periodV2("a", momentV2("2026-07-06"), momentV2("2026-07-06"), "7c-301", status)});
  CHECK(world.july().size() == (counts ? 1 : 0));
}

TEST_CASE("an absence without an approval is not taken for approved", "[absences-v2]") {
  WorldV2 world;
  world.tell({"{'id':'a','person':{'id':4711},'absence_type':{'id':'7c-301'},'starts_from':" +
              momentV2("2026-07-06") + ",'ends_at':null}"});
  CHECK(world.july().empty());
}

TEST_CASE("colleagues' rows are left out, and counted in the log without their id", "[absences-v2]") {
  WorldV2 world;
  world.tell({periodV2("a", momentV2("2026-07-06"), momentV2("2026-07-06"), "7c-301", "APPROVED", "4712")});
  CHECK(world.july().empty());
  CHECK(world.said().find("1 of other employees left out") != std::string::npos);
  CHECK(world.said().find("4712") == std::string::npos);
}

TEST_CASE("a midnight at the end is the day after, or the last day: the days of one absence decide",
          "[absences-v2]") {
  WorldV2 world;
  const bool names_last_day = GENERATE(false, true);
  world.tell({periodV2("long", momentV2("2026-07-06"), momentV2("2026-07-11")),
              periodV2("short", momentV2("2026-07-14"), momentV2("2026-07-16"))});
  std::vector<std::string> days{breakdownV2("2026-07-14", "DAY", "1"), breakdownV2("2026-07-15", "DAY", "1")};
  if (names_last_day) days.push_back(breakdownV2("2026-07-16", "DAY", "0"));
  world.breakDown("short", days);
  CHECK(world.july().size() == (names_last_day ? 6 + 3 : 5 + 2));

  SECTION("which is asked once per connection") {
    world.script.expect(kPeriodsV2, 200,
                        listV2({periodV2("other", momentV2("2026-07-20"), momentV2("2026-07-22"))}));
    CHECK(world.july().size() == (names_last_day ? 3 : 2));
  }
  SECTION("and remembered with the token over a restart") {
    world.restart();
    world.script.expect(kPeople, 200, list({erika()}));
    REQUIRE(world.connect().ok());
    world.tell({periodV2("other", momentV2("2026-07-20"), momentV2("2026-07-22"))});
    CHECK(world.july().size() == (names_last_day ? 3 : 2));
  }
}

TEST_CASE("days that do not match the end keep the default meaning, and are requested again",
          "[absences-v2]") {
  WorldV2 world;
  world.tell({periodV2("a", momentV2("2026-07-14"), momentV2("2026-07-16"))});
  world.breakDown("a", {breakdownV2("2026-07-14", "DAY", "1")});
  CHECK(world.july().size() == 2);
  CHECK(world.said().find("do not match its end") != std::string::npos);
  world.script.expect(kPeriodsV2, 200,
                      listV2({periodV2("a", momentV2("2026-07-14"), momentV2("2026-07-16"))}));
  world.breakDown("a", {breakdownV2("2026-07-14", "DAY", "1"), breakdownV2("2026-07-16", "DAY", "1")});
  CHECK(world.july().size() == 3);
}

TEST_CASE("no breakdown is requested if nothing depends on the meaning of the end", "[absences-v2]") {
  WorldV2 world;
  SECTION("one day, start and end alike") {
    world.tell({periodV2("a", momentV2("2026-07-15"), momentV2("2026-07-15"))});
    CHECK(world.july().size() == 1);
  }
  SECTION("an end with a time of day is that day") {
    world.tell({periodV2("a", momentV2("2026-07-15"), momentV2("2026-07-16T23:59"))});
    CHECK(world.july().size() == 2);
  }
  SECTION("an open end reaches to the edge of the range") {
    world.tell({periodV2("a", momentV2("2026-07-29"), "null")});
    CHECK(words(world.july()) == Words{"2026-07-29 whole", "2026-07-30 whole", "2026-07-31 whole"});
  }
  SECTION("an absence outside the range") {
    world.tell({periodV2("a", momentV2("2026-05-15"), momentV2("2026-05-20"))});
    CHECK(world.july().empty());
  }
  SECTION("an absence that goes on after the range") {
    world.tell({periodV2("a", momentV2("2026-07-31"), momentV2("2026-08-10"))});
    CHECK(words(world.july()) == Words{"2026-07-31 whole"});
  }
}

TEST_CASE("if all absences are longer than a page of days, the last page decides", "[absences-v2]") {
  WorldV2 world;
  world.tell({periodV2("a", momentV2("2026-06-01"), momentV2("2026-07-03"))});
  const std::string path = "GET /v2/absence-periods/a/breakdowns";
  world.script.expect(path + "?limit=28", 200, listV2({breakdownV2("2026-06-28", "DAY", "0")}, "?cursor=two"))
      .expect(path + "?limit=28&cursor=two", 200, listV2({breakdownV2("2026-07-03", "DAY", "1")}));
  CHECK(words(world.july()) == Words{"2026-07-01 whole", "2026-07-02 whole", "2026-07-03 whole"});
}

TEST_CASE("half a day inside an absence is a half holiday in Personio, the absence stays whole",
          "[absences-v2]") {
  WorldV2 world;
  world.tell({periodV2("a", momentV2("2026-07-14"), momentV2("2026-07-17"))});
  world.breakDown("a", {breakdownV2("2026-07-14", "DAY", "1"), breakdownV2("2026-07-15", "DAY", "0.5"),
                        breakdownV2("2026-07-16", "DAY", "1")});
  CHECK(words(world.july()) == Words{"2026-07-14 whole", "2026-07-15 whole", "2026-07-16 whole"});
}

TEST_CASE("a type that the credentials may not read shows its days as other, with a notice",
          "[absences-v2]") {
  WorldV2 world;
  SECTION("counted in days") {
    world.tell({periodV2("a", momentV2("2026-07-06"), momentV2("2026-07-08", "FIRST_HALF"), "7c-999")});
    world.breakDown("a", {breakdownV2("2026-07-06", "DAY", "1"), breakdownV2("2026-07-07", "DAY", "0.5")});
    const auto days = world.july();
    CHECK(words(days) == Words{"2026-07-06 whole", "2026-07-07 first half"});
    CHECK(days[0].kind == Kind::other);
  }
  SECTION("counted in hours") {
    world.tell({periodV2("a", momentV2("2026-07-06T08:00"), momentV2("2026-07-06T10:00"), "7c-999")});
    world.breakDown("a", {breakdownV2("2026-07-06", "HOUR", "2")});
    CHECK(words(world.july()) == Words{"2026-07-06 120 minutes"});
  }
  CHECK(world.notices.size() == 1);
}

TEST_CASE("a malformed row fails the call, naming endpoint and place", "[absences-v2]") {
  const auto [row, place] = GENERATE(table<std::string, std::string>({
      {periodV2("a", "null", "null"), "/_data/0/starts_from"},
      {periodV2("a", "{'date_time':'2026-02-30T00:00:00'}", "null"), "/_data/0/starts_from/date_time"},
      {periodV2("a", momentV2("2026-07-06", "THIRD_HALF"), "null"), "/_data/0/starts_from/type"},
      {periodV2("a", momentV2("2026-07-06"), momentV2("2026-07-05")), "/_data/0/ends_at"},
      {periodV2("a", momentV2("2026-07-06"), "'soon'"), "/_data/0/ends_at"},
      {periodV2("a", momentV2("2026-07-06", "SECOND_HALF"), momentV2("2026-07-06", "FIRST_HALF")),
       "/_data/0/ends_at/type"},
      {"{'id':'a'}", "/_data/0/person"},
      {"{'person':{'id':4711}}", "/_data/0/id"},
      {"7", "/_data/0"},
  }));
  CAPTURE(row);
  WorldV2 world;
  world.script.expect(kPeriodsV2, 200, listV2({row}));
  if (place == "/_data/0/ends_at/type") world.script.expect(kTypesV2, 200, typesV2());
  const auto days = world.absences("2026-07-01", "2026-07-31");
  REQUIRE_FALSE(days.ok());
  CHECK(days.error().status == Status::unexpected_reply);
  CHECK(days.error().message.find("GET /v2/absence-periods") != std::string::npos);
  CHECK(days.error().message.find(place) != std::string::npos);
}

TEST_CASE("moments of universal time become local days by the time zone of the absence", "[absences-v2]") {
  WorldV2 world;
  const auto period = [](const std::string &start, const std::string &end, const std::string &zone) {
    std::string row = periodV2("a", "{'date_time':'" + start + "','type':null}",
                               end.empty() ? "null" : "{'date_time':'" + end + "','type':null}");
    row.insert(row.size() - 1, ",'timezone_id':" + zone);
    return row;
  };
  SECTION("a whole day in Berlin's summer") {
    world.tell({period("2026-07-05T22:00:00Z", "2026-07-06T22:00:00Z", "'Europe/Berlin'")});
    world.breakDown("a", {breakdownV2("2026-07-06", "DAY", "1")});
    CHECK(words(world.july()) == Words{"2026-07-06 whole"});
  }
  SECTION("the end is a minute before midnight") {
    world.tell({period("2026-07-05T22:00:00.000Z", "2026-07-07T21:59:59Z", "'Europe/Berlin'")});
    CHECK(words(world.july()) == Words{"2026-07-06 whole", "2026-07-07 whole"});
  }
  SECTION("west of Greenwich the local day is the earlier one") {
    world.tell({period("2026-07-07T03:59:59Z", "2026-07-07T03:59:59Z", "'America/New_York'")});
    CHECK(words(world.july()) == Words{"2026-07-06 whole"});
  }
  SECTION("a midnight of universal time is the date itself, as before") {
    world.tell({period("2026-07-06T00:00:00Z", "2026-07-06T00:00:00Z", "'America/New_York'")});
    CHECK(words(world.july()) == Words{"2026-07-06 whole"});
  }
  SECTION("an offset that is not the one of the zone is converted, too") {
    world.tell({period("2026-07-05T23:00:00+01:00", "2026-07-05T23:30:00+0100", "'Europe/Berlin'")});
    CHECK(words(world.july()) == Words{"2026-07-06 whole"});
  }
  SECTION("local time needs no zone") {
    world.tell({period("2026-07-05T22:00:00", "2026-07-05T23:00:00", "null")});
    CHECK(words(world.july()) == Words{"2026-07-05 whole"});
  }
}

TEST_CASE("a moment of universal time without a known zone is an error, never a wrong day", "[absences-v2]") {
  WorldV2 world;
  const std::string zone =
      GENERATE("null", "''", "'Nowhere/Atall'", "'../../../etc/passwd'", "'/etc/passwd'", "7", "'Europe'");
  CAPTURE(zone);
  std::string row = periodV2("a", "{'date_time':'2026-07-05T22:00:00Z','type':null}", "null");
  row.insert(row.size() - 1, ",'timezone_id':" + zone);
  world.script.expect(kPeriodsV2, 200, listV2({row}));
  const auto days = world.absences("2026-07-01", "2026-07-31");
  REQUIRE_FALSE(days.ok());
  CHECK(days.error().status == Status::unexpected_reply);
  CHECK(days.error().message.find("/starts_from/date_time is a time with an unknown time zone") !=
        std::string::npos);
}
