// What changes between two syncs: types, balances, lengths and hours of absences.
#include "plugin/world_v2.h"

using namespace roots;
using namespace roots::personio::tests;

namespace {

std::string typesWith(const std::string &id, const std::string &name, const std::string &category) {
  return listV2({"{'id':'7c-301','name':'Urlaub','category':'PAID_VACATION','unit':'DAY'}",
                 "{'id':'7c-302','name':'Ausgleich','category':'OTHER','unit':'HOUR'}",
                 "{'id':'" + id + "','name':'" + name + "','category':'" + category + "','unit':'DAY'}"});
}

}  // namespace

TEST_CASE("a type created after the first sync is looked up, once", "[absence-changes]") {
  WorldV2 world;
  world.tell({});
  CHECK(world.july().empty());
  const std::string row = periodV2("a", momentV2("2026-07-06"), momentV2("2026-07-06"), "7c-305");
  world.script.expect(kPeriodsV2, 200, listV2({row}))
      .expect(kTypesV2, 200, typesWith("7c-305", "Mobile Arbeit", "OFFSITE_WORK"));
  const auto days = world.july();
  REQUIRE(days.size() == 1);
  CHECK(days[0].label == "Mobile Arbeit");
  CHECK(days[0].effect == Effect::work_elsewhere);
  CHECK(world.notices.empty());

  world.script.expect(kPeriodsV2, 200, listV2({row}));
  CHECK(world.july().size() == 1);
}

TEST_CASE("a type that is missing after a refetch is requested once per sync", "[absence-changes]") {
  WorldV2 world;
  world.tell({});
  CHECK(world.july().empty());
  world.script
      .expect(kPeriodsV2, 200,
              listV2({periodV2("a", momentV2("2026-07-06"), momentV2("2026-07-06"), "7c-305"),
                      periodV2("b", momentV2("2026-07-07"), momentV2("2026-07-07"), "7c-306")}))
      .expect(kTypesV2, 200, typesV2());
  world.breakDown("a", {breakdownV2("2026-07-06", "DAY", "1")});
  world.breakDown("b", {breakdownV2("2026-07-07", "DAY", "1")});
  CHECK(world.july().size() == 2);
}

TEST_CASE("types are refetched after an hour, so that a new name is seen", "[absence-changes]") {
  WorldV2 world;
  const std::string row = periodV2("a", momentV2("2026-07-06"), momentV2("2026-07-06"), "7c-303");
  world.tell({row});
  CHECK(world.july()[0].label == "Krank");
  world.waiter.pass(std::chrono::minutes(61));
  world.script.expect(kPeriodsV2, 200, listV2({row}))
      .expect(kTypesV2, 200, typesWith("7c-303", "Krankmeldung", "SICK_LEAVE"));
  CHECK(world.july()[0].label == "Krankmeldung");
}

TEST_CASE("API v1 looks up a new type of hourly absences as well", "[absence-changes]") {
  Harness world;
  world.beConnected();
  const auto see = [&](const std::string &row) {
    world.script.expect(kDayBased, 200, kNoAbsences).expect(kHourBased, 200, completeList({row}));
  };
  see(absencePeriod("p-1", breakdowns({{"2026-07-02", 60}})));
  world.script.expect(kTypes, 200, list({timeOffType("302", "Ausgleich", "other", "hour")}));
  REQUIRE(world.absences("2026-07-01", "2026-07-31").ok());
  std::string row = absencePeriod("p-2", breakdowns({{"2026-07-03", 60}}));
  row.replace(row.find("'7c-302'"), 8, "'7c-307'");
  row.replace(row.find("'time_off_type_id':302"), 22, "'time_off_type_id':307");
  see(row);
  world.script.expect(kTypes, 200, list({timeOffType("307", "Ausgleich", "offsite_work", "hour")}));
  const auto days = world.absences("2026-07-01", "2026-07-31");
  REQUIRE(days.ok());
  CHECK(days->front().effect == Effect::work_elsewhere);
}

TEST_CASE("the balance of a type created after the first sync is shown", "[absence-changes]") {
  Harness world;
  world.beConnected();
  const std::string balance = list({"{'id':308,'name':'Neu','category':'paid_vacation','balance':2}"});
  world.script.expect(kBalance, 200, list({"{'id':301,'name':'Urlaub','category':null,'balance':1}"}))
      .expect(kTypes, 200, list({timeOffType("301", "Urlaub", "paid_vacation", "day")}));
  CHECK(world.balances()->size() == 1);
  world.script.expect(kBalance, 200, balance)
      .expect(kTypes, 200, list({timeOffType("308", "Neu", "paid_vacation", "day")}));
  const auto balances = world.balances();
  REQUIRE(balances.ok());
  CHECK(balances->size() == 1);
  CHECK(world.notices.empty());
}

TEST_CASE("an absence that was shortened loses the count of its former days", "[absence-changes]") {
  WorldV2 world;
  const bool dated = GENERATE(true, false);
  const auto row = [&](const std::string &end, const std::string &updated) {
    const std::string text = periodV2("a", momentV2("2026-07-13"), momentV2(end));
    return dated ? updatedAt(updated, text) : text;
  };
  world.tell({row("2026-07-18", "2026-06-01T08:00:00Z")});
  std::vector<std::string> days;
  for (int date = 13; date <= 17; ++date)
    days.push_back(breakdownV2("2026-07-" + std::to_string(date), "DAY", "1"));
  world.breakDown("a", days);
  CHECK(world.july().front().counted_hundredths == 500);

  world.script.expect(kPeriodsV2, 200, listV2({row("2026-07-15", "2026-06-02T08:00:00Z")}));
  if (dated) world.script.expect(kPeriodsV2, 200, listV2({}));  // changed before the range
  const auto shorter = world.july();
  REQUIRE(shorter.size() == 2);
  CHECK(shorter.front().counted_hundredths == 0);
}

TEST_CASE("hours are refetched when their absence has changed, and only then", "[absence-changes]") {
  WorldV2 world;
  const auto row = [](const std::string &updated) { return updatedAt(updated, twoHours("h", "2026-07-02")); };
  world.tell({row("2026-06-01T08:00:00Z")});
  world.breakDown("h", {breakdownV2("2026-07-02", "HOUR", "2")});
  CHECK(words(world.july()) == Words{"2026-07-02 120 minutes"});
  world.script.expect(kPeriodsV2, 200, listV2({row("2026-06-01T08:00:00Z")}))
      .expect(kPeriodsV2, 200, listV2({}));
  CHECK(words(world.july()) == Words{"2026-07-02 120 minutes"});
  world.script.expect(kPeriodsV2, 200, listV2({row("2026-06-02T08:00:00Z")}))
      .expect(kPeriodsV2, 200, listV2({}));
  world.breakDown("h", {breakdownV2("2026-07-02", "HOUR", "1")});
  CHECK(words(world.july()) == Words{"2026-07-02 60 minutes"});
}

TEST_CASE("cached hours survive a restart, unless the cache is invalid", "[absence-changes]") {
  WorldV2 world;
  const std::string row = updatedAt("2026-06-01T08:00:00Z", twoHours("h", "2026-07-02"));
  world.tell({row});
  world.breakDown("h", {breakdownV2("2026-07-02", "HOUR", "2.5")});
  CHECK(words(world.july()) == Words{"2026-07-02 150 minutes"});
  std::string &kept = world.store.at("v2_breakdowns");
  bool is_usable = false;
  SECTION("as it was kept") { is_usable = true; }
  SECTION("damaged") { kept = kept.substr(0, kept.size() - 3); }
  SECTION("of other settings") { kept.replace(kept.find("settings\":\"") + 11, 4, "0000"); }
  SECTION("with a day that does not exist") { kept.replace(kept.rfind("2026-07-02"), 10, "2026-02-30"); }
  SECTION("with a negative amount") { kept.replace(kept.rfind(",250"), 4, ",-25"); }
  world.restart();
  world.script.expect(kPeople, 200, list({erika()}));
  REQUIRE(world.connect().ok());
  world.tell({row});
  world.store.erase("v2_absences");
  if (!is_usable) world.breakDown("h", {breakdownV2("2026-07-02", "HOUR", "2.5")});
  CHECK(words(world.july()) == Words{"2026-07-02 150 minutes"});
}

TEST_CASE("hours of an absence without an end are refetched at each sync", "[absence-changes]") {
  WorldV2 world;
  const std::string row =
      updatedAt("2026-06-01T08:00:00Z", periodV2("h", momentV2("2026-07-01T08:00"), "null", "7c-302"));
  world.tell({row});
  world.breakDown("h", {breakdownV2("2026-07-01", "HOUR", "1")});
  CHECK(words(world.july()) == Words{"2026-07-01 60 minutes"});
  world.script.expect(kPeriodsV2, 200, listV2({row})).expect(kPeriodsV2, 200, listV2({}));
  world.breakDown("h", {breakdownV2("2026-07-01", "HOUR", "1"), breakdownV2("2026-07-02", "HOUR", "2")});
  CHECK(words(world.july()) == Words{"2026-07-01 60 minutes", "2026-07-02 120 minutes"});
}

TEST_CASE("hours beyond an earlier range are read", "[absence-changes]") {
  WorldV2 world;
  const std::string row =
      updatedAt("2026-06-01T08:00:00Z", periodV2("h", momentV2("2026-07-01T08:00"), "null", "7c-302"));
  world.tell({row});
  world.script.expect(breakdownsOf("h"), 200,
                      listV2({breakdownV2("2026-07-01", "HOUR", "1"), breakdownV2("2026-08-01", "HOUR", "1")},
                             "?cursor=two"));
  CHECK(world.july().size() == 1);
  world.script.expect(kPeriodsV2, 200, listV2({row}))
      .expect(kPeriodsV2, 200, listV2({}))
      .expect(breakdownsOf("h"), 200,
              listV2({breakdownV2("2026-07-01", "HOUR", "1"), breakdownV2("2026-08-01", "HOUR", "1"),
                      breakdownV2("2026-08-20", "HOUR", "1")}));
  const auto days = world.absences("2026-07-01", "2026-08-31");
  REQUIRE(days.ok());
  CHECK(days->size() == 3);
}
