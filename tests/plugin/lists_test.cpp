// A list is complete or an error, for both versions of the API and every list.
#include "plugin/world_v2.h"
#include "support/text_search.h"

#include <roots/kit/url.h>

using namespace roots;
using namespace roots::personio::tests;
using namespace roots::test;

namespace {

std::vector<std::string> timeOffs(int first, int last) {
  std::vector<std::string> rows;
  for (int id = first; id <= last; ++id)
    rows.push_back(timeOff(std::to_string(id), "2026-07-06", "2026-07-06"));
  return rows;
}

std::vector<std::string> types(int first, int last) {
  std::vector<std::string> rows;
  for (int id = first; id <= last; ++id)
    rows.push_back(timeOffType(std::to_string(id), "Type", "paid_vacation", "day"));
  return rows;
}

HttpScript::Answer atOffset(const std::string &offset, const std::string &body) {
  return [=](const kit::HttpRequest &request) {
    CHECK(kit::queryValue(request.target, "offset") == offset);
    return kit::HttpReply{200, {}, body};
  };
}

std::string balanceOf(const std::string &type) {
  return list({"{'id':" + type + ",'name':'Type','category':'paid_vacation','balance':1}"});
}

std::string withLink(const std::vector<std::string> &rows, const std::string &names,
                     const std::string &link) {
  const std::string data = names == "_data and _meta" ? "_data" : "data";
  std::string end;
  if (names == "_data and _meta") end = ",'_meta':{'links':{'next':{'href':'" + link + "'}}}";
  if (names == "data and meta") end = ",'meta':{'links':{'next':{'href':'" + link + "'}}}";
  if (names == "data and links") end = ",'links':{'next':'" + link + "'}";
  return json("{'" + data + "':[" + joined(rows) + "]" + end + "}");
}

}  // namespace

TEST_CASE("a list without counts that a server-side limit may have truncated is read to its short page",
          "[lists]") {
  Harness world;
  world.beConnected();
  world.script.expect(kDayBased, atOffset("1", list(timeOffs(1, 100))))
      .expect(kDayBased, atOffset("2", list(timeOffs(101, 150))))
      .expect(kHourBased, 200, kNoAbsences);
  const auto days = world.absences("2026-07-01", "2026-07-31");
  REQUIRE(days.ok());
  CHECK(days->size() == 150);
}

TEST_CASE("a list without counts whose last page is full ends with an empty page", "[lists]") {
  Harness world;
  world.beConnected();
  world.script.expect(kDayBased, atOffset("1", list(timeOffs(1, 100))))
      .expect(kDayBased, atOffset("2", list({})))
      .expect(kHourBased, 200, kNoAbsences);
  CHECK(world.absences("2026-07-01", "2026-07-31")->size() == 100);
}

TEST_CASE("a person beyond a server-side limit is found if the email filter is ignored", "[lists]") {
  Harness world;
  std::vector<std::string> colleagues;
  for (int id = 1; id <= 50; ++id)
    colleagues.push_back(employee(std::to_string(id), std::to_string(id) + "@example.com", kFullTime));
  world.script.expect(kAuth, 200, token())
      .expect(kPeople, atOffset("0", list(colleagues)))
      .expect(kPeople, atOffset("50", list({erika()})));
  CHECK(world.connect().ok());
}

TEST_CASE("types beyond a server-side limit are read as well", "[lists]") {
  Harness world;
  world.beConnected();
  world.script.expect(kBalance, 200, balanceOf("150"))
      .expect(kTypes, atOffset("0", list(types(1, 100))))
      .expect(kTypes, atOffset("100", list(types(101, 150))));
  const auto balances = world.balances();
  REQUIRE(balances.ok());
  CHECK(balances->size() == 1);
}

TEST_CASE("pages numbered from zero cause neither more requests nor an error", "[lists]") {
  Harness world;
  world.beConnected();
  world.script.expect(kDayBased, 200, listWithCounts(timeOffs(1, 2), 2, 0, 1))
      .expect(kHourBased, 200, kNoAbsences);
  const auto days = world.absences("2026-07-01", "2026-07-31");
  REQUIRE(days.ok());
  CHECK(days->size() == 2);
}

TEST_CASE("several pages numbered from zero are all read", "[lists]") {
  Harness world;
  world.beConnected();
  world.script.expect(kDayBased, atOffset("1", listWithCounts(timeOffs(1, 2), 3, 0, 2)))
      .expect(kDayBased, atOffset("2", listWithCounts(timeOffs(3, 3), 3, 1, 2)))
      .expect(kHourBased, 200, kNoAbsences);
  CHECK(world.absences("2026-07-01", "2026-07-31")->size() == 3);
}

TEST_CASE("if a service numbers the requested pages from zero, its first page is read last", "[lists]") {
  Harness world;
  world.beConnected();
  world.script.expect(kDayBased, atOffset("1", listWithCounts(timeOffs(3, 3), 3, 1, 2)))
      .expect(kDayBased, atOffset("2", listWithCounts({}, 3, 2, 2)))
      .expect(kDayBased, atOffset("0", listWithCounts(timeOffs(1, 2), 3, 0, 2)))
      .expect(kHourBased, 200, kNoAbsences);
  const auto days = world.absences("2026-07-01", "2026-07-31");
  REQUIRE(days.ok());
  CHECK(days->size() == 3);
}

TEST_CASE("a list that ends before its own count is an error", "[lists]") {
  Harness world;
  world.beConnected();
  world.script.expect(kDayBased, 200, listWithCounts(timeOffs(1, 1), 3, 1, 1))
      .expect(kDayBased, 200, listWithCounts({}, 3, 2, 1))
      // The first page of a service that counts from 0 would be missing now.
      .expect(kDayBased, atOffset("0", listWithCounts(timeOffs(1, 1), 3, 1, 1)));
  const auto days = world.absences("2026-07-01", "2026-07-31");
  REQUIRE_FALSE(days.ok());
  CHECK(days.error().status == Status::unexpected_reply);
  CHECK(contains(days.error().message, "GET /v1/company/time-offs"));
  CHECK(contains(days.error().message, "incomplete"));
}

TEST_CASE("a repeated page is an error, with counts or without", "[lists]") {
  Harness world;
  world.beConnected();
  const bool with_counts = GENERATE(true, false);
  const std::string page = with_counts ? listWithCounts(timeOffs(1, 10), 30, 1, 3) : list(timeOffs(1, 10));
  world.script.expect(kDayBased, 200, page).expect(kDayBased, 200, page);
  const auto days = world.absences("2026-07-01", "2026-07-31");
  REQUIRE_FALSE(days.ok());
  CHECK(contains(days.error().message, "twice"));
}

TEST_CASE("the next page is found under every name that API v2 uses for its links", "[lists]") {
  WorldV2 world;
  const std::string names = GENERATE("_data and _meta", "data and meta", "data and links");
  CAPTURE(names);
  const auto row = [](const std::string &id) {
    return periodV2(id, momentV2("2026-07-06"), momentV2("2026-07-06"), "7c-304");
  };
  const std::string type = "{'id':'7c-304','name':'Kur','category':'SICK_LEAVE','unit':'DAY'}";
  world.script.expect(kPeriodsV2, 200, withLink({row("a")}, names, "/v2/absence-periods?cursor=two"))
      .expect(kPeriodsV2, 200, listV2({row("b")}))
      .expect(kTypesV2, 200, withLink({}, names, "/v2/absence-types?cursor=two"))
      .expect(kTypesV2, 200, listV2({type}));
  const auto days = world.july();
  REQUIRE(days.size() == 2);
  CHECK(days[1].label == "Kur");
}

TEST_CASE("two links to the next page that disagree are an error", "[lists]") {
  WorldV2 world;
  world.script.expect(kPeriodsV2, 200,
                      json("{'_data':[],'_meta':{'links':{'next':{'href':'?cursor=a'}}},"
                           "'meta':{'links':{'next':{'href':'?cursor=b'}}}}"));
  CHECK(world.absences("2026-07-01", "2026-07-31").error().status == Status::unexpected_reply);
}

TEST_CASE("a server that refuses filters with a cursor gets the cursor and the limit only", "[lists]") {
  WorldV2 world;
  const int status = GENERATE(400, 422);
  const auto row = [](const std::string &id) {
    return periodV2(id, momentV2("2026-07-06"), momentV2("2026-07-06"));
  };
  world.script.expect(kPeriodsV2, 200, listV2({row("a")}, "?cursor=two"))
      .expect(kPeriodsV2,
              [=](const kit::HttpRequest &request) {
                CHECK(kit::queryValue(request.target, "person.id") == "4711");
                CHECK(kit::queryValue(request.target, "cursor") == "two");
                return kit::HttpReply{status, {}, R"({"errors":[{"title":"Bad Request"}]})"};
              })
      .expect(kPeriodsV2 + "?limit=100&cursor=two", 200, listV2({row("b")}, "?cursor=three"))
      .expect(kPeriodsV2 + "?limit=100&cursor=three", 200, listV2({row("c")}))
      .expect(kTypesV2, 200, typesV2());
  CHECK(world.july().size() == 3);
}

TEST_CASE("a refused first page is not requested differently", "[lists]") {
  WorldV2 world;
  world.script.expect(kPeriodsV2, 400, R"({"errors":[{"title":"Bad Request"}]})");
  CHECK(world.absences("2026-07-01", "2026-07-31").error().http_status == 400);
}
