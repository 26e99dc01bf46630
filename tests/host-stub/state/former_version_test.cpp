// Files of the previous version, and damaged files: everything readable is read.
#include "state/fetched_data_store.h"
#include "support/catch.h"
#include "support/dates.h"
#include "support/temporary_folder.h"
#include "support/text_search.h"

using namespace roots;
using namespace roots::host;
using namespace roots::test;

namespace {

// The format of version 1.
constexpr const char *kFormer =
    R"({"version":1,"providers":{"roots.personio":{"account_id":"4711","employed_from":"2019-04-01",)"
    R"("employed_until":null,"absences":{"ranges":[{"from":"2026-06-01","to":"2026-08-31"},)"
    R"({"from":"2026-12-24","to":"2026-12-24"}],"rows":[{"date":"2026-07-08","kind":"vacation",)"
    R"("extent":"whole_day","minutes":0,"effect":"time_off","id":"1","label":"Urlaub","source":"roots.personio",)"
    R"("counted":250}],"freshness":{"last_good":"2026-07-19T08:00:00Z","last_failed":true,"problem":"Later."}},)"
    R"("weeks":[{"valid_from":null,"minutes":[480,480,450,480,255,0,0],"is_estimate":false},)"
    R"({"valid_from":"2026-07-15","minutes":[360,360,360,360,360,0,0],"is_estimate":true}],)"
    R"("schedule_freshness":{"last_good":"2026-07-18T08:00:00Z","last_failed":false,"problem":""},)"
    R"("balances":[{"id":"301","label":"Urlaub","kind":"vacation","unit":"days","available_hundredths":983,)"
    R"("current_hundredths":null}],"balance_freshness":{"last_good":"2026-07-17T08:00:00Z","last_failed":false,)"
    R"("problem":""},"notices":["Look."]}},"moco":{"entries":{"ranges":[{"from":"2026-07-01","to":"2026-07-31"}],)"
    R"("rows":[{"id":"1","date":"2026-07-03","seconds":99,"customer":"a","project":"b","task":"c",)"
    R"("description":"d"}],"freshness":{"last_good":"2026-07-16T08:00:00Z","last_failed":false,"problem":""}},)"
    R"("holidays":{"ranges":[],"rows":[],"freshness":{"last_good":"","last_failed":false,"problem":""}}}})";

FetchedDataStore opened(const TemporaryFolder &home, const std::string &content) {
  home.write("context.json", content);
  auto store = FetchedDataStore::open(home.path());
  REQUIRE(store.ok());
  return std::move(*store);
}

}  // namespace

TEST_CASE("a file of the previous version is read, and its single age applies to all its days",
          "[context][version]") {
  const TemporaryFolder home;
  auto store = opened(home, kFormer);
  CHECK(store.damage().empty());
  for (int round = 0; round < 2; ++round) {
    const ProviderData &provider = store.get().providers.at("roots.personio");
    CHECK(provider.account_id == "4711");
    CHECK(provider.employed_from == kit::parseDate("2019-04-01"));
    CHECK(provider.absences.fetchedDays() ==
          std::vector<CivilDays>{days("2026-06-01", "2026-08-31"), days("2026-12-24", "2026-12-24")});
    REQUIRE(provider.absences.fetches.ranges().size() == 2);
    for (const auto &range : provider.absences.fetches.ranges())
      CHECK(range.freshness == Freshness{"2026-07-19T08:00:00Z", true, "Later."});
    REQUIRE(provider.absences.rows.size() == 1);
    CHECK(provider.absences.rows[0].counted_hundredths == 250);
    CHECK(provider.weeks.size() == 2);
    CHECK(provider.schedule_fetches.summary(days("2026-07-01", "2026-07-31")) ==
          Freshness{"2026-07-18T08:00:00Z", false, ""});
    CHECK(provider.balance_freshness.last_good == "2026-07-17T08:00:00Z");
    CHECK(provider.balances.at(0).available_hundredths == 983);
    CHECK(provider.notices == std::vector<std::string>{"Look."});
    const MocoData &moco = store.get().moco;
    CHECK(moco.entries.fetchedDays() == std::vector<CivilDays>{days("2026-07-01", "2026-07-31")});
    CHECK(moco.entries.rows.at(0).seconds == 99);
    CHECK_FALSE(moco.holidays.fetches.summary(kit::allDays()).last_failed);
    // After writing, it has the current version and the same content.
    REQUIRE(store.change([](FetchedData &) {}).ok());
    CHECK(contentOf(home.path() / "context.json").find("\"version\":2") != std::string::npos);
    auto again = FetchedDataStore::open(home.path());
    REQUIRE(again.ok());
    store = std::move(*again);
  }
}

TEST_CASE("a schedule of the previous version keeps its age if no absences are readable",
          "[context][version]") {
  const TemporaryFolder home;
  const auto store =
      opened(home, R"({"version":1,"providers":{"x":{"account_id":"1","absences":{"ranges":[],)"
                   R"("rows":[],"freshness":{"last_good":"","last_failed":true,"problem":"No."}},)"
                   R"("schedule_freshness":{"last_good":"2026-07-18T08:00:00Z"}}}})");
  const ProviderData &provider = store.get().providers.at("x");
  CHECK(provider.schedule_fetches.summary(days("2026-07-01", "2026-07-31")).last_good ==
        "2026-07-18T08:00:00Z");
  CHECK(provider.absences.fetchedDays().empty());
}

TEST_CASE("an unreadable part is named and does not affect the other parts", "[context][damage]") {
  struct Case {
    const char *from;
    const char *to;
    const char *lost;
    bool absences_stay;
    std::size_t weeks;
  };
  for (const Case &each : std::vector<Case>{
           {R"("kind":"vacation","extent")", R"("kind":"?","extent")", "absences of roots.personio", false,
            2},
           {R"("to":"2026-08-31")", R"("to":"10000-01-02")", "absences of roots.personio", false, 2},
           {R"("counted":250)", R"("counted":4294967296)", "absences of roots.personio", false, 2},
           {R"("minutes":[360)", R"("minutes":[3600)", "some weekly hours of roots.personio", true, 1},
           {R"("unit":"days")", R"("unit":"weeks")", "balances of roots.personio", true, 2},
           {R"("employed_from":"2019-04-01")", R"("employed_from":"2019-04-31")", "dates of employment", true,
            2},
           {R"("seconds":99)", R"("seconds":-1)", "time entries of Moco", true, 2},
           {R"("moco":{)", R"("moco":[],"was":{)", "data of Moco", true, 2}}) {
    INFO(each.to);
    const TemporaryFolder home;
    const auto store = opened(home, replaced(kFormer, each.from, each.to));
    CHECK(store.damage().find(each.lost) != std::string::npos);
    const ProviderData &provider = store.get().providers.at("roots.personio");
    CHECK(provider.weeks.size() == each.weeks);
    CHECK(provider.absences.fetchedDays().empty() == !each.absences_stay);
    CHECK(provider.absences.rows.empty() == !each.absences_stay);
    CHECK(provider.account_id == "4711");
  }
}

TEST_CASE("a damaged file is copied before it is overwritten, once for each damaged content",
          "[context][damage]") {
  const TemporaryFolder home;
  const std::string damaged = replaced(kFormer, R"("seconds":99)", R"("seconds":-1)");
  for (int round = 0; round < 2; ++round) {
    auto store = opened(home, damaged);
    const auto report = store.setAsideDamaged();
    REQUIRE(report.ok());
    CHECK(report->find((home.path() / "context.json.damaged").string() + " ") != std::string::npos);
    CHECK(store.damage().empty());
    CHECK(store.setAsideCopies().size() == 1);
    CHECK(contentOf(home.path() / "context.json.damaged") == damaged);
    const auto again = FetchedDataStore::open(home.path());
    REQUIRE(again.ok());
    CHECK(again->damage().empty());
    CHECK(again->get().providers.at("roots.personio").weeks.size() == 2);
  }
  auto other = opened(home, "garbage");
  const auto report = other.setAsideDamaged();
  REQUIRE(report.ok());
  CHECK(report->find("context.json.damaged-2 ") != std::string::npos);
  CHECK(contentOf(home.path() / "context.json.damaged") == damaged);
  other.removeSetAside();
  CHECK(other.setAsideCopies().empty());
}
