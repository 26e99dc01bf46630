// Absences from API v2: what its rows mean, pages, what is asked for, and when v1 takes over.
#include "plugin/harness.h"

using namespace roots;
using namespace roots::personio::tests;

namespace {

const std::string kScopeOfBoth = "employees:read absences:read personio:absences:read";

class WorldV2 : public Harness {
 public:
  explicit WorldV2(const std::string &api = "v2") {
    absence_api = api;
    beConnected();
  }

  // The first look at absences: the rows, and the types beside them.
  HttpScript &tell(const std::vector<std::string> &rows) {
    return script.expect(kPeriodsV2, 200, listV2(rows)).expect(kTypesV2, 200, typesV2());
  }
  HttpScript &breakDown(const std::string &id, const std::vector<std::string> &days) {
    return script.expect("GET /v2/absence-periods/" + id + "/breakdowns", 200, listV2(days));
  }
  std::vector<AbsenceDay> july() {
    const auto days = absences("2026-07-01", "2026-07-31");
    if (!days) FAIL(days.error().message);
    return *days;
  }
};

// "2026-07-06 whole_day" and so on, one per day.
std::vector<std::string> words(const std::vector<AbsenceDay> &days) {
  std::vector<std::string> said;
  for (const AbsenceDay &day : days) {
    const char *const extents[] = {"whole", "first half", "second half", "half", "minutes"};
    std::string text = kit::formatDate(kit::fromRecord(day.date).value()) + " ";
    text += day.extent == Extent::minutes ? std::to_string(day.minutes) + " minutes"
                                          : extents[static_cast<int>(day.extent) - ROOTS_WHOLE_DAY];
    said.push_back(text);
  }
  return said;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("the window asked for reaches far back, has no zone and no filter on the end", "[absences-v2]") {
  WorldV2 world;
  world.script
      .expect(kPeriodsV2 +
                  "?limit=100&person.id=4711&starts_from.date_time.gte=2023-06-29T00%3A00%3A00"
                  "&starts_from.date_time.lte=2026-07-31T23%3A59%3A59",
              200, listV2({}))
      .expect(kTypesV2 + "?limit=100", 200, typesV2());
  CHECK(world.july().empty());
}

TEST_CASE("kind and label come from the list of types, which is asked for once", "[absences-v2]") {
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

TEST_CASE("pages are followed by their cursor, to the own address only", "[absences-v2]") {
  WorldV2 world;
  const std::string next =
      GENERATE("/v2/absence-periods?limit=1&cursor=Y3Vy%2Bc29y",
               "https://api.personio.de/v2/absence-periods?cursor=Y3Vy%2Bc29y&limit=1",
               "https://evil.example.net/v2/absence-periods?cursor=Y3Vy%2Bc29y", "?cursor=Y3Vy%2Bc29y");
  world.script
      .expect(kPeriodsV2, 200, listV2({periodV2("a", momentV2("2026-07-06"), momentV2("2026-07-06"))}, next))
      .expect(kPeriodsV2 +
                  "?limit=100&person.id=4711&starts_from.date_time.gte=2023-06-29T00%3A00%3A00"
                  "&starts_from.date_time.lte=2026-07-31T23%3A59%3A59&cursor=Y3Vy%2Bc29y",
              200, listV2({periodV2("b", momentV2("2026-07-08"), momentV2("2026-07-08"))}))
      .expect(kTypesV2, 200, typesV2());
  CHECK(words(world.july()) == Words{"2026-07-06 whole", "2026-07-08 whole"});
}

TEST_CASE("a last page says so in any of the known ways", "[absences-v2]") {
  WorldV2 world;
  const std::string meta =
      GENERATE("", ",'_meta':{}", ",'_meta':{'links':{}}", ",'_meta':{'links':{'next':null}}",
               ",'_meta':{'links':{'next':{'href':null}}}", ",'_meta':null");
  world.script.expect(kPeriodsV2, 200, json("{'_data':[]" + meta + "}")).expect(kTypesV2, 200, typesV2());
  CHECK(world.july().empty());
}

TEST_CASE("a list that goes round in circles is refused, and a link without a cursor", "[absences-v2]") {
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

TEST_CASE("a midnight at the end is the day after, or the last day: the days of one absence tell",
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

TEST_CASE("days that do not fit the end leave the usual meaning, and are asked for again", "[absences-v2]") {
  WorldV2 world;
  world.tell({periodV2("a", momentV2("2026-07-14"), momentV2("2026-07-16"))});
  world.breakDown("a", {breakdownV2("2026-07-14", "DAY", "1")});
  CHECK(world.july().size() == 2);
  CHECK(world.said().find("do not fit its end") != std::string::npos);
  world.script.expect(kPeriodsV2, 200,
                      listV2({periodV2("a", momentV2("2026-07-14"), momentV2("2026-07-16"))}));
  world.breakDown("a", {breakdownV2("2026-07-14", "DAY", "1"), breakdownV2("2026-07-16", "DAY", "1")});
  CHECK(world.july().size() == 3);
}

TEST_CASE("nothing is asked where nothing depends on the meaning of the end", "[absences-v2]") {
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

TEST_CASE("where all absences are longer than a page of days, the last page tells", "[absences-v2]") {
  WorldV2 world;
  world.tell({periodV2("a", momentV2("2026-06-01"), momentV2("2026-07-03"))});
  const std::string path = "GET /v2/absence-periods/a/breakdowns";
  world.script.expect(path + "?limit=28", 200, listV2({breakdownV2("2026-06-28", "DAY", "0")}, "?cursor=two"))
      .expect(path + "?limit=28&cursor=two", 200, listV2({breakdownV2("2026-07-03", "DAY", "1")}));
  CHECK(words(world.july()) == Words{"2026-07-01 whole", "2026-07-02 whole", "2026-07-03 whole"});
}

TEST_CASE("P16: half a day inside an absence is Personio's own half holiday, the absence stays whole",
          "[absences-v2]") {
  WorldV2 world;
  world.tell({periodV2("a", momentV2("2026-07-14"), momentV2("2026-07-17"))});
  world.breakDown("a", {breakdownV2("2026-07-14", "DAY", "1"), breakdownV2("2026-07-15", "DAY", "0.5"),
                        breakdownV2("2026-07-16", "DAY", "1")});
  CHECK(words(world.july()) == Words{"2026-07-14 whole", "2026-07-15 whole", "2026-07-16 whole"});
}

TEST_CASE("P14, P15: hourly absences take their local days and minutes from the breakdown", "[absences-v2]") {
  WorldV2 world;
  world.tell({periodV2("h", momentV2("2026-07-02T14:00"), momentV2("2026-07-02T16:30"), "7c-302")});
  world.breakDown("h", {breakdownV2("2026-07-02", "HOUR", "1.5"), breakdownV2("2026-07-02", "HOUR", "1"),
                        breakdownV2("2026-07-03", "HOUR", "0"), breakdownV2("2026-07-06", "HOUR", "'0.33'")});
  CHECK(words(world.july()) == Words{"2026-07-02 150 minutes", "2026-07-06 20 minutes"});
}

TEST_CASE("hourly absences of more than 28 days take several pages, no further than the range",
          "[absences-v2]") {
  WorldV2 world;
  world.tell({periodV2("h", momentV2("2026-07-01T08:00"), "null", "7c-302")});
  const std::string path = "GET /v2/absence-periods/h/breakdowns";
  world.script
      .expect(path + "?limit=28", 200, listV2({breakdownV2("2026-07-28", "HOUR", "1")}, "?cursor=two"))
      .expect(path + "?limit=28&cursor=two", 200,
              listV2({breakdownV2("2026-08-25", "HOUR", "1")}, "?cursor=three"));
  CHECK(words(world.july()) == Words{"2026-07-28 60 minutes"});
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

TEST_CASE("what cannot be understood fails the whole, naming endpoint and place", "[absences-v2]") {
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

TEST_CASE("an hourly absence without its hours is refused, never taken for whole days", "[absences-v2]") {
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

TEST_CASE("breakdowns that cannot be right fail the whole", "[absences-v2]") {
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

TEST_CASE("without the right for v2 the absences come from v1, and that is remembered", "[absences-v2]") {
  WorldV2 world("auto");
  SECTION("the scope of the token tells") {
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
    if (status == 403) {
      world.script.expect(kAuth, 200, token("papi-token-2")).expect(kPeriodsV2, status, body);
    }
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

TEST_CASE("trouble with v2 is no reason to read v1", "[absences-v2]") {
  WorldV2 world("auto");
  SECTION("a reply that is not understood") { world.script.expect(kPeriodsV2, 200, "{}"); }
  SECTION("a rate limit") { world.script.expect(kPeriodsV2, 429, "", {{"Retry-After", "120"}}); }
  CHECK_FALSE(world.absences("2026-07-01", "2026-07-31").ok());
}

TEST_CASE("without the right for either, the message names the right", "[absences-v2]") {
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

TEST_CASE("who asks for v2 gets v2 or a message", "[absences-v2]") {
  WorldV2 world("v2");
  world.script.expect(kPeriodsV2, 404, kNoSuchEndpoint);
  CHECK(world.absences("2026-07-01", "2026-07-31").error().http_status == 404);
}
