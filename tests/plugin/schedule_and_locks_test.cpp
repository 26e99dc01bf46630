// The weekly schedule, the locks that follow from it, and balances, through the whole provider.
#include "plugin/harness.h"
#include "support/text_search.h"

using namespace roots;
using namespace roots::personio::tests;
using namespace roots::test;

namespace {

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("the schedule right after connect needs no request, once", "[schedule]") {
  Harness world;
  world.beConnected();
  REQUIRE(world.schedule().ok());
  CHECK(world.script.seen().size() == 2);
  world.script.expect(kPeople, 200, list({erika()}));
  REQUIRE(world.schedule().ok());
  CHECK(world.script.seen().size() == 3);
}

TEST_CASE("the profile read by connect is used for a minute", "[schedule]") {
  Harness world;
  world.beConnected();
  SECTION("a minute later it is still used") {
    world.waiter.pass(std::chrono::seconds(60));
    CHECK(world.schedule().ok());
  }
  SECTION("after that it is requested again") {
    world.waiter.pass(std::chrono::milliseconds(60001));
    world.script.expect(kPeople, 200, list({erika()}));
    CHECK(world.schedule().ok());
  }
}

TEST_CASE("defect 47: a changed schedule arrives with the next call", "[schedule]") {
  Harness world;
  world.beConnected();
  CHECK(world.schedule()->front().minutes[4] == 480);
  std::string changed = kFullTime;
  changed.replace(changed.find("'friday':'08:00'"), 16, "'friday':'04:15'");
  world.script.expect(kPeople, 200, list({employee("4711", kEmail, changed)}));
  CHECK(world.schedule()->front().minutes[4] == 255);
}

TEST_CASE("defect 48: a schedule has the day from which it applies", "[schedule]") {
  Harness world;
  std::string dated = kFullTime;
  dated.replace(dated.find("'valid_from':null"), 17, "'valid_from':'2026-09-01'");
  world.script.expect(kAuth, 200, token()).expect(kPeople, 200, list({employee("4711", kEmail, dated)}));
  REQUIRE(world.connect().ok());
  CHECK(world.schedule()->front().valid_from == Date{2026, 9, 1});
}

TEST_CASE("an email that has moved to another profile delivers no schedule", "[schedule]") {
  Harness world;
  world.beConnected();
  REQUIRE(world.schedule().ok());
  world.script.expect(kPeople, 200, list({employee("4712", kEmail, kFullTime)}));
  CHECK(world.schedule().error().status == Status::person_not_found);
}

TEST_CASE("an estimate from weekly hours is marked, with a notice", "[schedule]") {
  Harness world;
  world.script.expect(kAuth, 200, token()).expect(kPeople, 200, list({employee("4711", kEmail, "null")}));
  REQUIRE(world.connect().ok());
  const auto weeks = world.schedule();
  REQUIRE(weeks.ok());
  CHECK(weeks->front().is_estimate);
  REQUIRE(world.notices.size() == 1);
  CHECK(contains(world.notices[0], "estimate"));
}

TEST_CASE("before connecting nothing is locked", "[locks]") {
  Harness world;
  CHECK(world.locks().empty());
}

TEST_CASE("connecting locks absences, a delivered schedule locks the weekly hours too", "[locks]") {
  Harness world;
  world.beConnected();
  CHECK(world.locks() == Names{"absences"});
  REQUIRE(world.schedule().ok());
  CHECK(world.locks() == Names{"absences", "weekday_hours"});
}

TEST_CASE("each lock has a reason and how to lift it", "[locks]") {
  Harness world;
  world.beConnected();
  REQUIRE(world.schedule().ok());
  Collected<Lock> collected;
  REQUIRE(world.provider->settingsLocks(collected).ok());
  REQUIRE(collected.records.size() == 2);
  for (const Lock &lock : collected.records)
    CHECK(lock.reason == "Synced from Personio. Disconnect to edit manually.");
}

TEST_CASE("defect 49: without a readable schedule the weekly hours stay editable", "[locks]") {
  Harness world;
  world.script.expect(kAuth, 200, token())
      .expect(kPeople, 200,
              list({employeeWith({attribute("id", "4711"), attribute("email", "'" + kEmail + "'")})}));
  REQUIRE(world.connect().ok());
  const auto weeks = world.schedule();
  REQUIRE_FALSE(weeks.ok());
  CHECK(weeks.error().status == Status::access_missing);
  CHECK(contains(weeks.error().message, "\"Work schedule\""));
  CHECK(world.locks() == Names{"absences"});
}

TEST_CASE("a schedule that becomes unreadable lifts its lock, a failed request does not", "[locks]") {
  Harness world;
  world.beConnected();
  REQUIRE(world.schedule().ok());
  for (int attempt = 0; attempt < 4; ++attempt) world.script.expect(kPeople, 503, "");
  CHECK(world.schedule().error().status == Status::try_later);
  CHECK(world.locks() == Names{"absences", "weekday_hours"});
  world.script.expect(
      kPeople, 200, list({employeeWith({attribute("id", "4711"), attribute("email", "'" + kEmail + "'")})}));
  CHECK(world.schedule().error().status == Status::access_missing);
  CHECK(world.locks() == Names{"absences"});
}

TEST_CASE("defect 40 and 41: balances are both figures of Personio", "[balances]") {
  Harness world;
  world.beConnected();
  world.script
      .expect(
          kBalance, 200,
          json("{'success':true,'data':[{'id':301,'name':'Urlaub','category':'paid_vacation','balance':20,"
               "'available_balance':7},{'id':302,'name':'Überstundenausgleich','category':null,'balance':12."
               "5}]}"))
      .expect(kTypes, 200,
              list({timeOffType("301", "Urlaub", "paid_vacation", "day"),
                    timeOffType("302", "Überstundenausgleich", "other", "hour")}));
  const auto balances = world.balances();
  REQUIRE(balances.ok());
  REQUIRE(balances->size() == 2);
  CHECK((*balances)[0].current_hundredths == 2000);
  CHECK((*balances)[0].available_hundredths == 700);
  CHECK((*balances)[0].unit == Unit::days);
  CHECK((*balances)[1].unit == Unit::hours);
  CHECK_FALSE((*balances)[1].available_hundredths.has_value());
}

TEST_CASE("defect 38: an account without balances costs one request each time, with a notice", "[balances]") {
  Harness world;
  world.beConnected();
  world.script.expect(kBalance, 200, list({})).expect(kTypes, 200, list({}));  // the types only once
  REQUIRE(world.balances().ok());
  world.notices.clear();
  world.script.expect(kBalance, 200, list({}));
  const auto balances = world.balances();
  REQUIRE(balances.ok());
  CHECK(balances->empty());
  CHECK(world.notices == std::vector<std::string>{"Personio reports no balance for you."});
}

TEST_CASE("a balance of unknown unit is reported with its number, never as no balance", "[balances]") {
  Harness world;
  world.beConnected();
  world.script
      .expect(kBalance, 200,
              json("{'success':true,'data':[{'id':9,'name':'Neu','balance':12.5},{'id':8,'name':'Alt'}]}"))
      .expect(kTypes, 200, list({timeOffType("8", "Alt", "other", "fortnight")}));
  const auto balances = world.balances();
  REQUIRE(balances.ok());
  REQUIRE(balances->size() == 2);
  CHECK((*balances)[0].label == "Neu");
  CHECK_FALSE((*balances)[0].current_hundredths.has_value());
  CHECK(world.notices ==
        Names{"Personio reports a balance of 12.5, but not whether it counts days or hours.",
              "Personio reports a balance, but neither an amount nor whether it counts days or hours."});
}

TEST_CASE("the list of types is paged, and a service that repeats it does not cause an endless loop",
          "[balances]") {
  Harness world;
  world.beConnected();
  std::vector<std::string> types;
  for (int id = 1; id <= 200; ++id) types.push_back(timeOffType(std::to_string(id), "T", "other", "day"));
  world.script.expect(kBalance, 200, json("{'success':true,'data':[{'id':301,'name':'Urlaub','balance':1}]}"))
      .expect(kTypes + "?limit=200&offset=0", 200, list(types));
  SECTION("the second page has more") {
    world.script.expect(kTypes + "?limit=200&offset=200", 200,
                        list({timeOffType("301", "Urlaub", "paid_vacation", "day")}));
    CHECK(world.balances()->size() == 1);
  }
  SECTION("the second page is the first again") {
    world.script.expect(kTypes + "?limit=200&offset=200", 200, list(types));
    // The company may have more types than the service sends, so the list is not complete.
    const auto balances = world.balances();
    REQUIRE_FALSE(balances.ok());
    CHECK(balances.error().message.find("sent the same page of GET /v1/company/time-off-types twice") !=
          std::string::npos);
  }
}

TEST_CASE("an employee that no longer exists has a specific error", "[balances]") {
  Harness world;
  world.beConnected();
  world.script.expect(kBalance, 404, failure(404));
  CHECK(world.balances().error().status == Status::person_not_found);
}
