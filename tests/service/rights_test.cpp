// What is said when credentials may do less than they should: which right, which tick, which request.
#include "service/connected_provider.h"

using namespace roots;
using namespace roots::test;

namespace {

constexpr Days kJuly{{2026, 7, 1}, {2026, 7, 31}};

bool says(const Error &error, const std::string &part) {
  return error.message.find(part) != std::string::npos;
}

sandbox::Scenario with(const std::function<void(sandbox::Credentials &)> &change) {
  sandbox::Scenario scenario = sandbox::small();
  change(scenario.personio.credentials.front());
  return scenario;
}

}  // namespace

TEST_CASE("without the right to employees nobody connects, and the right is named", "[rights]") {
  ConnectedProvider world(with([](auto &credentials) { credentials.may_read_employees = false; }));
  const auto account = world.connect();
  REQUIRE_FALSE(account.ok());
  CHECK(account.error().status == Status::access_missing);
  CHECK(says(account.error(), "\"Employees: read\""));
  CHECK(says(account.error(), "GET /v1/company/employees answered 403"));
}

TEST_CASE("without any right to absences one connects, absences and balances name the right", "[rights]") {
  ConnectedProvider world(with([](auto &credentials) {
    credentials.may_read_absences = false;
    credentials.may_read_absences_v2 = false;
  }));
  REQUIRE(world.connect().ok());
  CHECK(world.schedule(kJuly).ok());
  for (const Error &error : {world.absences(kJuly).error(), world.balances().error()}) {
    CHECK(error.status == Status::access_missing);
    CHECK(says(error, "\"Absences: read\""));
    CHECK(says(error, " answered 403"));
  }
  // What Personio does not tell, the user may.
  Collected<Lock> locks;
  REQUIRE(world.provider->settingsLocks(locks).ok());
  REQUIRE(locks.records.size() == 1);
  CHECK(locks.records.front().setting == "weekday_hours");
}

TEST_CASE("the right for one generation of the API is enough for absences", "[rights]") {
  const bool by_v1 = GENERATE(false, true);
  const bool told = GENERATE(false, true);  // with the token
  const bool as_401 = GENERATE(false, true);
  CAPTURE(by_v1, told, as_401);
  sandbox::Scenario scenario = with([&](auto &credentials) {
    credentials.may_read_absences = by_v1;
    credentials.may_read_absences_v2 = !by_v1;
  });
  scenario.personio.behaviour.token_lifetime_told = told;
  scenario.personio.behaviour.v2_missing_right_is_401 = as_401;
  ConnectedProvider world(scenario);
  REQUIRE(world.connect().ok());
  const auto days = world.absences(kJuly);
  REQUIRE(days.ok());
  CHECK(days->size() == 5);
}

TEST_CASE("a schedule that may not be read names its tick, and everything else works", "[rights]") {
  ConnectedProvider world(with([](auto &credentials) {
    credentials.readable_attributes.erase("work_schedule");
    credentials.readable_attributes.erase("weekly_working_hours");
  }));
  REQUIRE(world.connect().ok());
  const auto schedule = world.schedule(kJuly);
  REQUIRE_FALSE(schedule.ok());
  CHECK(schedule.error().status == Status::access_missing);
  CHECK(says(schedule.error(), "\"Work schedule\""));
  CHECK(world.absences(kJuly).ok());
  CHECK(world.balances().ok());
}

TEST_CASE("emails that may not be read name their tick", "[rights]") {
  ConnectedProvider world(with([](auto &credentials) { credentials.readable_attributes.erase("email"); }));
  const auto account = world.connect();
  REQUIRE_FALSE(account.ok());
  CHECK(account.error().status == Status::access_missing);
  CHECK(says(account.error(), "\"Email\""));
}
