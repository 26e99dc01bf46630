// The requests for API v2's list of absences from the second sync on.
#include "plugin/world_v2.h"

using namespace roots;
using namespace roots::personio::tests;

namespace {

const std::string kChanged = "2026-06-20T08:00:00Z";

std::string vacation(const std::string &id, const std::string &first, const std::string &end,
                     const std::string &updated = kChanged) {
  return updatedAt(updated, periodV2(id, momentV2(first), momentV2(end)));
}

const std::string kPerson = "?limit=100&person.id=4711";
const std::string kAll = kPeriodsV2 + kPerson +
                         "&starts_from.date_time.gte=2023-06-29T00%3A00%3A00"
                         "&starts_from.date_time.lte=2026-08-01T23%3A59%3A59";
const std::string kInJuly = kPeriodsV2 + kPerson +
                            "&starts_from.date_time.gte=2026-06-30T00%3A00%3A00"
                            "&starts_from.date_time.lte=2026-08-01T23%3A59%3A59";
const std::string kChangedBefore = kPeriodsV2 + kPerson +
                                   "&starts_from.date_time.lte=2026-06-30T23%3A59%3A59"
                                   "&updated_at.gte=2026-06-19T00%3A00%3A00";
const std::string kReachingIn = kPeriodsV2 + kPerson + "&id=over";

// A first sync has read everything: an absence that reaches into July, and one in July.
class Synced : public WorldV2 {
 public:
  Synced() {
    script.expect(kAll, 200, listV2({over, inside})).expect(kTypesV2, 200, typesV2());
    breakDown("inside", {breakdownV2("2026-07-14", "DAY", "1"), breakdownV2("2026-07-15", "DAY", "1")});
    CHECK(words(july()) ==
          Words{"2026-07-01 whole", "2026-07-02 whole", "2026-07-14 whole", "2026-07-15 whole"});
  }
  const std::string over = vacation("over", "2026-06-25", "2026-07-03");
  const std::string inside = vacation("inside", "2026-07-14", "2026-07-16");
};

}  // namespace

TEST_CASE("a second sync requests what starts in the range, what has changed, and what reached into it",
          "[period-list]") {
  Synced world;
  const bool in_a_new_process = GENERATE(false, true);
  if (in_a_new_process) {
    world.restart();
    world.script.expect(kPeople, 200, list({erika()}));
    REQUIRE(world.connect().ok());
  }
  const bool overlap_filter = GENERATE(false, true);  // as documented: absences that overlap the period
  world.script
      .expect(kInJuly, 200, overlap_filter ? listV2({world.over, world.inside}) : listV2({world.inside}))
      .expect(kChangedBefore, 200, listV2({}));
  if (!overlap_filter) world.script.expect(kReachingIn, 200, listV2({world.over}));
  if (in_a_new_process) world.script.expect(kTypesV2, 200, typesV2());
  CHECK(world.july().size() == 4);
}

TEST_CASE("an absence that reached into the range and was deleted is gone with the next sync",
          "[period-list]") {
  Synced world;
  world.script.expect(kInJuly, 200, listV2({world.inside}))
      .expect(kChangedBefore, 200, listV2({}))
      .expect(kReachingIn, 200, listV2({}));
  CHECK(words(world.july()) == Words{"2026-07-14 whole", "2026-07-15 whole"});
}

TEST_CASE("an absence before the range that is new or was made longer reaches into it", "[period-list]") {
  Synced world;
  world.script.expect(kInJuly, 200, listV2({}))
      .expect(kChangedBefore, 200,
              listV2({vacation("over", "2026-06-25", "2026-07-05", "2026-06-28T08:00:00Z"),
                      vacation("new", "2026-05-04", "2026-07-02", "2026-06-28T09:00:00Z")}));
  CHECK(world.july().size() == 4 + 1);
}

TEST_CASE("everything is refetched after a day, and for a range that reaches further back", "[period-list]") {
  Synced world;
  SECTION("after a day") {
    world.wall_time += std::chrono::hours(25);
    world.script.expect(kAuth, 200, token("papi-token-2")).expect(kAll, 200, listV2({world.inside}));
    CHECK(world.july().size() == 2);
  }
  SECTION("with a clock that was set back") {
    world.wall_time -= std::chrono::hours(1);
    world.script.expect(kAuth, 200, token("papi-token-2")).expect(kAll, 200, listV2({world.inside}));
    CHECK(world.july().size() == 2);
  }
  SECTION("further back") {
    world.script.expect(kPeriodsV2, [](const kit::HttpRequest &request) {
      CHECK(request.target.find("gte=2023-05-30") != std::string::npos);
      return kit::HttpReply{200, {}, listV2({})};
    });
    CHECK(world.absences("2026-06-01", "2026-06-30").ok());
  }
  SECTION("far ahead, beyond what was read") {
    world.script.expect(kPeriodsV2, [](const kit::HttpRequest &request) {
      CHECK(request.target.find("gte=2023-10-29") != std::string::npos);
      return kit::HttpReply{200, {}, listV2({})};
    });
    CHECK(world.absences("2026-10-31", "2026-11-30").ok());
  }
}

TEST_CASE("if a service refuses these filters, everything is requested", "[period-list]") {
  Synced world;
  world.script.expect(kInJuly, 200, listV2({world.inside}))
      .expect(kChangedBefore, 400, R"({"errors":[{"title":"Bad Request"}]})")
      .expect(kAll, 200, listV2({world.over, world.inside}));
  CHECK(world.july().size() == 4);
  world.script.expect(kAll, 200, listV2({world.over, world.inside}));
  CHECK(world.july().size() == 4);
}

TEST_CASE("the saved list is ignored if it is damaged or of other settings", "[period-list]") {
  Synced world;
  std::string &kept = world.store.at("v2_absences");
  SECTION("damaged") { kept = kept.substr(0, kept.size() / 2); }
  SECTION("other settings") { kept.replace(kept.find("settings\":\"") + 11, 4, "0000"); }
  SECTION("no real day") { kept.replace(kept.find("2026-06-25"), 10, "2026-06-31"); }
  world.restart();
  world.script.expect(kPeople, 200, list({erika()}));
  REQUIRE(world.connect().ok());
  world.script.expect(kAll, 200, listV2({world.inside})).expect(kTypesV2, 200, typesV2());
  CHECK(world.july().size() == 2);
}
