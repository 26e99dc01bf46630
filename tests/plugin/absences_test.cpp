// Absences from both lists: windows, pages, what is left out, and all or nothing.
#include "plugin/harness.h"
#include "support/text_search.h"

#include <algorithm>
#include <random>

using namespace roots;
using namespace roots::personio::tests;
using namespace roots::test;

namespace {

std::vector<AbsenceDay> july(Harness &world) {
  const auto days = world.absences("2026-07-01", "2026-07-31");
  if (!days) FAIL(days.error().message);
  return *days;
}

}  // namespace

TEST_CASE("no absences result in no records and no error", "[absences]") {
  Harness world;
  world.beConnected();
  world.script.expect(kDayBased, 200, kNoAbsences).expect(kHourBased, 200, kNoAbsences);
  CHECK(july(world).empty());
}

TEST_CASE("defect 26: the requested window is wider than the range, results are clipped to it",
          "[absences]") {
  Harness world;
  world.beConnected();
  world.script
      .expect(
          kDayBased + "?start_date=2023-06-29&end_date=2029-08-02&employees%5B%5D=4711&limit=200&offset=1",
          200,
          completeList({timeOff("1", "2026-06-29", "2026-07-02"), timeOff("2", "2026-08-01", "2026-08-02"),
                        timeOff("3", "2026-07-31", "2026-08-03")}))
      .expect(
          kHourBased + "?start_date=2026-06-30&end_date=2026-08-01&employees%5B%5D=4711&limit=200&offset=1",
          200, kNoAbsences);
  const auto days = july(world);
  REQUIRE(days.size() == 3);
  CHECK(days[0].date == Date{2026, 7, 1});
  CHECK(days[1].date == Date{2026, 7, 2});
  CHECK(days[2].date == Date{2026, 7, 31});
}

TEST_CASE("a range at the last possible day requests no impossible day", "[absences]") {
  Harness world;
  world.beConnected();
  world.script.expect(kDayBased, [](const kit::HttpRequest &request) {
    CHECK(contains(request.target, "start_date=0001-01-01&end_date=9999-12-31"));
    return kit::HttpReply{200, {}, kNoAbsences};
  });
  world.script.expect(kHourBased, 200, kNoAbsences);
  CHECK(world.absences("0001-01-01", "9999-12-31").ok());
}

TEST_CASE("defect 20: hourly absences are read too, their category from the list of types", "[absences]") {
  Harness world;
  world.beConnected();
  world.script.expect(kDayBased, 200, kNoAbsences)
      .expect(kHourBased, 200, completeList({absencePeriod("p-1", breakdowns({{"2026-07-02", 150}}))}))
      .expect(kTypes, 200, list({timeOffType("302", "Anders", "offsite_work", "hour")}));
  const auto days = july(world);
  REQUIRE(days.size() == 1);
  CHECK(days[0].extent == Extent::minutes);
  CHECK(days[0].minutes == 150);
  CHECK(days[0].label == "Ausgleich");
  CHECK(days[0].effect == Effect::work_elsewhere);
}

TEST_CASE("the list of types is requested only when an hourly absence needs it, and once", "[absences]") {
  Harness world;
  world.beConnected();
  // Outside July: no need.
  world.script.expect(kDayBased, 200, completeList({timeOff("1", "2026-07-01", "2026-07-01")}))
      .expect(kHourBased, 200, completeList({absencePeriod("p-1", breakdowns({{"2026-08-01", 150}}))}));
  CHECK(july(world).size() == 1);
  for (const bool first : {true, false}) {
    world.script.expect(kDayBased, 200, kNoAbsences)
        .expect(kHourBased, 200,
                completeList({absencePeriod("p-1", breakdowns({{"2026-07-02", 150}})),
                              absencePeriod("p-2", breakdowns({{"2026-07-03", 60}}))}));
    if (first) world.script.expect(kTypes, 200, list({timeOffType("302", "Ausgleich", "other", "hour")}));
    CHECK(july(world).size() == 2);
  }
}

TEST_CASE("defect 25: pages are numbered from one and read to the last", "[absences]") {
  Harness world;
  world.beConnected();
  const auto offset = [](const std::string &number, const std::string &body) {
    return [=](const kit::HttpRequest &request) {
      CHECK(contains(request.target, "&offset=" + number));
      CHECK(request.target.substr(request.target.size() - number.size()) == number);
      return kit::HttpReply{200, {}, body};
    };
  };
  world.script
      .expect(kDayBased, offset("1", listWithCounts({timeOff("1", "2026-07-01", "2026-07-01")}, 3, 1, 3)))
      .expect(kDayBased, offset("2", listWithCounts({timeOff("2", "2026-07-02", "2026-07-02")}, 3, 2, 3)))
      .expect(kDayBased, offset("3", listWithCounts({timeOff("3", "2026-07-03", "2026-07-03")}, 3, 3, 3)))
      .expect(kHourBased,
              offset("1", listWithCounts({absencePeriod("p-1", breakdowns({{"2026-07-06", 60}}))}, 2, 1, 2)))
      .expect(kHourBased,
              offset("2", listWithCounts({absencePeriod("p-2", breakdowns({{"2026-07-07", 60}}))}, 2, 2, 2)))
      .expect(kTypes, 200, list({}));
  CHECK(july(world).size() == 5);
}

TEST_CASE("an empty page ends the list", "[absences]") {
  Harness world;
  world.beConnected();
  const std::string pages = "{'success':true,'metadata':{'total_pages':3},'data':[";
  world.script.expect(kDayBased, 200, json(pages + timeOff("1", "2026-07-01", "2026-07-01") + "]}"))
      .expect(kDayBased, 200, json(pages + "]}"))
      .expect(kHourBased, 200, kNoAbsences);
  CHECK(july(world).size() == 1);
}

TEST_CASE("the same absence on two pages is one absence", "[absences]") {
  Harness world;
  world.beConnected();
  world.script.expect(kDayBased, 200, listWithCounts({timeOff("1", "2026-07-01", "2026-07-01")}, 3, 1, 2))
      .expect(
          kDayBased, 200,
          listWithCounts({timeOff("1", "2026-07-01", "2026-07-01"), timeOff("2", "2026-07-02", "2026-07-02")},
                         3, 2, 2))
      .expect(kHourBased, 200, kNoAbsences);
  CHECK(july(world).size() == 2);
}

TEST_CASE("a page that fails voids the whole list", "[absences]") {
  Harness world;
  world.beConnected();
  world.script.expect(kDayBased, 200, listWithCounts({timeOff("1", "2026-07-01", "2026-07-01")}, 3, 1, 3));
  for (int attempt = 0; attempt < 4; ++attempt) world.script.expect(kDayBased, 500, failure(500));
  const auto days = world.absences("2026-07-01", "2026-07-31");
  REQUIRE_FALSE(days.ok());
  CHECK(days.error().status == Status::try_later);
}

TEST_CASE("a service that sends the same page endlessly is detected", "[absences]") {
  Harness world;
  world.beConnected();
  world.script.expect(kDayBased, 200, listWithCounts({timeOff("1", "2026-07-01", "2026-07-01")}, 9, 1, 9))
      .expect(kDayBased, 200, listWithCounts({timeOff("1", "2026-07-01", "2026-07-01")}, 9, 1, 9));
  const auto days = world.absences("2026-07-01", "2026-07-31");
  REQUIRE_FALSE(days.ok());
  CHECK(days.error().status == Status::unexpected_reply);
}

TEST_CASE("an endless list is aborted after a hundred pages", "[absences]") {
  Harness world;
  world.beConnected();
  for (int number = 1; number <= 100; ++number) {
    world.script.expect(
        kDayBased, 200,
        listWithCounts({timeOff(std::to_string(number), "2026-07-01", "2026-07-01")}, 9999, number, 9999));
  }
  CHECK(world.absences("2026-07-01", "2026-07-31").error().status == Status::unexpected_reply);
}

TEST_CASE("defect 32: approval is recognised in any case, pending requests are left out", "[absences]") {
  Harness world;
  world.beConnected();
  world.script
      .expect(kDayBased, 200,
              completeList({timeOffWithStatus("1", "Approved"), timeOffWithStatus("2", "pending"),
                            timeOffWithStatus("3", "rejected"), timeOffWithStatus("4", "DELETION_PENDING")}))
      .expect(kHourBased, 200, kNoAbsences);
  const auto days = july(world);
  REQUIRE(days.size() == 2);
  CHECK(days[0].absence_id == "1");
  CHECK(days[1].absence_id == "4");
}

TEST_CASE("absences of other employees are dropped, counted, and logged without their ids", "[absences]") {
  Harness world;
  world.beConnected();
  std::string foreign = timeOff("99", "2026-07-01", "2026-07-01");
  foreign.replace(foreign.find("4711"), 4, "9876");
  world.script.expect(kDayBased, 200, completeList({foreign, timeOff("1", "2026-07-02", "2026-07-02")}))
      .expect(kHourBased, 200, kNoAbsences);
  const auto days = july(world);
  REQUIRE(days.size() == 1);
  CHECK(days[0].absence_id == "1");
  CHECK(contains(world.said(), "1 of other employees"));
  CHECK_FALSE(contains(world.said(), "9876"));
}

TEST_CASE("a missing right to absences fails the call, also for hourly absences only", "[absences]") {
  Harness world;
  world.beConnected();
  const bool hourly_only = GENERATE(true, false);
  if (hourly_only)
    world.script.expect(kDayBased, 200, completeList({timeOff("1", "2026-07-01", "2026-07-01")}));
  const std::string refused = hourly_only ? kHourBased : kDayBased;
  // Requested in parallel with the other list, and once more with permission to renew the token.
  if (hourly_only) world.script.expect(refused, 403, failure(0));
  world.script.expect(refused, 403, failure(0))
      .expect(kAuth, 200, token("papi-token-2"))
      .expect(refused, 403, failure(0));
  const auto days = world.absences("2026-07-01", "2026-07-31");
  REQUIRE_FALSE(days.ok());
  CHECK(days.error().status == Status::access_missing);
  CHECK(days.error().http_status == 403);
  CHECK(contains(days.error().message, "\"Absences: read\""));
}

TEST_CASE("defect 18: two half-days on one day are both delivered", "[absences]") {
  Harness world;
  world.beConnected();
  world.script
      .expect(
          kDayBased, 200,
          completeList({timeOff("1", "2026-07-15", "2026-07-15", ",'half_day_start':1,'days_count':0.5"),
                        timeOff("2", "2026-07-15", "2026-07-15", ",'half_day_end':true,'days_count':0.5")}))
      .expect(kHourBased, 200, kNoAbsences);
  const auto days = july(world);
  REQUIRE(days.size() == 2);
  CHECK(days[0].extent == Extent::half_day);
  CHECK(days[1].extent == Extent::half_day);
  CHECK(days[0].absence_id != days[1].absence_id);
}

TEST_CASE("the order of rows does not matter", "[absences]") {
  std::vector<std::string> rows;
  for (int id = 1; id <= 20; ++id) {
    const std::string date = "2026-07-" + std::string(id < 10 ? "0" : "") + std::to_string(id);
    rows.push_back(timeOff(std::to_string(id), date, "2026-07-25", id % 2 ? ",'half_day_start':1" : ""));
  }
  const auto delivered = [&] {
    Harness world;
    world.beConnected();
    world.script.expect(kDayBased, 200, completeList(rows)).expect(kHourBased, 200, kNoAbsences);
    std::vector<std::string> lines;
    for (const AbsenceDay &record : july(world)) {
      lines.push_back(record.absence_id + " " + std::to_string(record.date.day) + " " +
                      std::to_string(static_cast<int>(record.extent)));
    }
    std::sort(lines.begin(), lines.end());
    return lines;
  };
  const auto in_order = delivered();
  std::mt19937 shuffle(7);
  std::shuffle(rows.begin(), rows.end(), shuffle);
  CHECK(delivered() == in_order);
}

TEST_CASE("a type outside the table causes one notice, also across restarts, without its name",
          "[absences]") {
  Harness world;
  world.beConnected();
  const auto see = [&](const std::string &type_name) {
    std::string row = timeOff("1", "2026-07-01", "2026-07-01");
    row.replace(row.find(kVacationType), kVacationType.size(),
                "'time_off_type':{'attributes':{'id':9,'name':'" + type_name + "','category':'other'}}");
    world.script.expect(kDayBased, 200, completeList({row})).expect(kHourBased, 200, kNoAbsences);
    CHECK(july(world).size() == 1);
    return world.notices.size();
  };
  CHECK(see("Sternzeit") == 1);
  CHECK(see("Sternzeit") == 1);
  world.restart();
  world.script.expect(kPeople, 200, list({erika()}));
  REQUIRE(world.connect().ok());
  CHECK(see("Sternzeit") == 1);
  CHECK(see("Mondzeit") == 2);
  CHECK_FALSE(contains(world.said(), "zeit"));
}

TEST_CASE("a receiver that refuses a record ends the call with its error", "[absences]") {
  Harness world;
  world.beConnected();
  world.script.expect(kDayBased, 200, completeList({timeOff("1", "2026-07-01", "2026-07-03")}))
      .expect(kHourBased, 200, kNoAbsences);
  struct Full : Receiver<AbsenceDay> {
    int accepted = 0;
    Result<void> accept(const AbsenceDay &) override {
      ++accepted;
      return makeError(Status::cancelled, "");
    }
  } full;
  const auto done = world.provider->fetchAbsences({day("2026-07-01"), day("2026-07-31")}, world.call(), full);
  REQUIRE_FALSE(done.ok());
  CHECK(done.error().status == Status::cancelled);
  CHECK(full.accepted == 1);
}

TEST_CASE("an invalid range is a bug of the host, not a request", "[absences]") {
  Harness world;
  world.beConnected();
  CHECK(world.absences("2026-07-31", "2026-07-01").error().status == Status::internal);
  Collected<AbsenceDay> collected;
  CHECK_FALSE(
      world.provider->fetchAbsences({Date{2026, 2, 30}, Date{2026, 3, 1}}, world.call(), collected).ok());
}
