// Days that were never fetched are unknown in every view: not 0, not empty, and not a debt.
#include "support/catch.h"
#include "support/host_user.h"
#include "support/json_output.h"
#include "support/text_search.h"

using namespace roots;
using namespace roots::test;

namespace {

void connectPersonio(const HostUser &user) {
  user.enable();
  REQUIRE(user.connect().exit_code == 0);
}

void goOffline(HostUser &user) {
  for (const char *server : {"personio", "moco"}) {
    sandbox::Fault fault;
    fault.server = server;
    fault.endpoint = "*";
    fault.times = 0;
    fault.status = 503;
    fault.headers = {{"Retry-After", "3600"}};
    user.fault(fault);
  }
}

}  // namespace

TEST_CASE("without Moco, booked time, balance and public holidays are unknown", "[end-to-end][unknown]") {
  const HostUser user;
  connectPersonio(user);
  const auto week = user.typeJson({"timeline", "--from", "2026-07-06", "--to", "2026-07-19"});
  for (std::size_t index = 0; index < week.root()["days"].size(); ++index) {
    const auto day = week.root()["days"].at(index);
    CHECK(isNull(day["booked_minutes"]));
    CHECK(isNull(day["balance_minutes"]));
    CHECK(day["holidays_known"].asFlag() == false);
    CHECK(day["absences_known"].asFlag() == true);
    CHECK(day["target_minutes"].asInteger().has_value());
  }
  CHECK(isNull(week.root()["totals"]["to_yesterday"]["balance_minutes"]));
  const std::string text = user.type({"timeline", "--from", "2026-07-13", "--to", "2026-07-19"}).out;
  CHECK(contains(text, "– of  8:00"));
  CHECK_FALSE(contains(text, "−8:00"));
  CHECK(contains(text, "to yesterday: booked –   target 16:00   balance –"));
  CHECK(contains(text, "Moco is not connected, so booked time and public holidays are not known."));
  CHECK(contains(user.type({"explain", "2026-07-14"}).err, "Moco is not connected"));
  const std::string month = user.type({"calendar", "--month", "2026-08"}).out;
  CHECK_FALSE(contains(month, "No absences and no public holidays"));
  CHECK(contains(month, "Public holidays are not known."));
}

TEST_CASE("a month that was never fetched is unknown, not free", "[end-to-end][unknown]") {
  HostUser user;
  user.connectAll();
  CHECK(contains(user.type({"calendar", "--month", "2026-08"}).out, "No absences and no public holidays"));
  goOffline(user);
  const auto month = user.type({"calendar", "--month", "2027-03"});
  CHECK(month.exit_code == 0);
  CHECK_FALSE(contains(month.out, "No absences and no public holidays"));
  CHECK(contains(month.out, "Absences are not known."));
  const auto days = user.typeJson({"timeline", "--from", "2027-03-01", "--to", "2027-03-07"});
  CHECK(isNull(days.root()["days"].at(0)["booked_minutes"]));
  CHECK(days.root()["days"].at(0)["absences_known"].asFlag() == false);
  // In a partly known range, the sums state what they exclude.
  const std::string partly = user.type({"timeline", "--from", "2026-05-25", "--to", "2026-06-07"}).out;
  CHECK(contains(partly, "left out: 7 days without booked time"));
  // No exported file claims that there are no absences.
  const auto file = user.type({"calendar", "--ics", "--month", "2027-03"});
  CHECK(file.exit_code == 1);
  CHECK(file.out.empty());
  CHECK(contains(file.err, "Absences are not known from 2027-03-01 to 2027-03-31"));
  CHECK(contains(file.err, "Personio"));
}

TEST_CASE("if Personio denies access to absences, only those entered by hand exist",
          "[end-to-end][unknown]") {
  auto scenario = sandbox::small();
  for (auto &credentials : scenario.personio.credentials)
    credentials.may_read_absences = credentials.may_read_absences_v2 = false;
  const HostUser user(std::move(scenario));
  connectPersonio(user);
  CHECK(user.type({"absences", "add", "--type", "vacation", "--from", "2026-07-14", "--to", "2026-07-14"})
            .exit_code == 0);
  const auto week = user.typeJson({"timeline", "--from", "2026-07-13", "--to", "2026-07-14"});
  for (std::size_t index = 0; index < week.root()["days"].size(); ++index)
    CHECK(week.root()["days"].at(index)["absences_known"].asFlag() == true);
  CHECK(week.root()["days"].at(1)["target_minutes"].asInteger() == 0);
}

TEST_CASE("a failed first fetch leaves the days unknown, and settings that Personio owns stay locked",
          "[end-to-end][unknown]") {
  for (const int status : {503, 500, 429, 404}) {
    INFO(status);
    HostUser user;
    for (const char *endpoint :
         {"GET /v1/company/time-offs", "GET /v1/company/absence-periods", "GET /v2/absence-periods"}) {
      sandbox::Fault fault;
      fault.server = "personio";
      fault.endpoint = endpoint;
      fault.times = 0;
      fault.status = status;
      fault.headers = {{"Retry-After", "3600"}};
      user.fault(fault);
    }
    user.enable();
    REQUIRE(user.connect().exit_code == 0);
    const auto week = user.typeJson({"timeline", "--from", "2026-07-13", "--to", "2026-07-19"});
    for (std::size_t index = 0; index < week.root()["days"].size(); ++index)
      CHECK(week.root()["days"].at(index)["absences_known"].asFlag() == false);
    CHECK(user.type({"absences", "add", "--type", "vacation", "--from", "2026-07-14", "--to", "2026-07-14"})
              .exit_code == 3);
  }
}

TEST_CASE("hours that apply from a later day are unknown until then", "[end-to-end][unknown]") {
  auto scenario = sandbox::small();
  scenario.personio.employees.front().work_schedule->valid_from = kit::parseDate("2026-09-01");
  const HostUser user(std::move(scenario));
  user.connectAll();
  const auto told = user.typeJson({"timeline", "--from", "2026-07-13", "--to", "2026-07-14"});
  REQUIRE(isNull(told.root()["days"].at(0)["target_minutes"]));
  const auto settings = user.typeJson({"settings", "show"});
  CHECK(isNull(settings.root()["weekday_minutes"]));
  const auto text = user.type({"settings", "show"}).out;
  CHECK(contains(text, "Weekly hours  unknown until 2026-09-01"));
  CHECK_FALSE(contains(text, "= 0:00"));
  CHECK(contains(user.type({"timeline", "--from", "2026-07-13", "--to", "2026-07-14"}).out, "of unknown"));
}

TEST_CASE("the future is not a debt: future hours are separate from the balance until yesterday",
          "[end-to-end][unknown]") {
  const HostUser user;
  user.connectAll();
  const auto year = user.typeJson({"timeline", "--from", "2026-07-13", "--to", "2026-07-19"});
  const auto totals = year.root()["totals"];
  CHECK(year.root()["today"].asText() == "2026-07-15");
  CHECK(totals["to_yesterday"]["days"].asInteger() == 2);
  CHECK(totals["to_yesterday"]["balance_minutes"].asInteger() == 210 - 480);
  CHECK(totals["today"]["days"].asInteger() == 1);
  CHECK(totals["today"]["balance_minutes"].asInteger() == -450);
  CHECK(totals["ahead"]["target_minutes"].asInteger() == 480 + 255);
}
