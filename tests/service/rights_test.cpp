// Messages for missing permissions: which right, which setting, which request.
#include "service/connected_provider.h"

#include <algorithm>

using namespace roots;
using namespace roots::test;

namespace {

bool says(const Error &error, const std::string &part) {
  return error.message.find(part) != std::string::npos;
}

sandbox::Scenario with(const std::function<void(sandbox::Credentials &)> &change) {
  sandbox::Scenario scenario = sandbox::small();
  change(scenario.personio.credentials.front());
  return scenario;
}

// Each request to this endpoint fails.
sandbox::Fault failing(const std::string &endpoint, int status) {
  sandbox::Fault fault;
  fault.server = "personio";
  fault.endpoint = endpoint;
  fault.times = 0;
  fault.status = status;
  fault.body = R"({"errors":[{"title":"Not Found"}]})";
  return fault;
}

bool isLocked(ConnectedProvider &world) {
  Collected<Lock> locks;
  REQUIRE(world.provider->settingsLocks(locks).ok());
  return std::any_of(locks.records.begin(), locks.records.end(),
                     [](const Lock &lock) { return lock.setting == "absences"; });
}

}  // namespace

TEST_CASE("without the right to read employees, connecting fails and names the right", "[rights]") {
  ConnectedProvider world(with([](auto &credentials) { credentials.may_read_employees = false; }));
  const auto account = world.connect();
  REQUIRE_FALSE(account.ok());
  CHECK(account.error().status == Status::access_missing);
  CHECK(says(account.error(), "\"Employees: read\""));
  CHECK(says(account.error(), "GET /v1/company/employees answered 403"));
}

TEST_CASE("without any right to read absences, connecting succeeds and the errors name the right",
          "[rights]") {
  ConnectedProvider world(with([](auto &credentials) {
    credentials.may_read_absences = false;
    credentials.may_read_absences_v2 = false;
  }));
  REQUIRE(world.connect().ok());
  CHECK(world.schedule(kJulyDays).ok());
  for (const Error &error : {world.absences(kJulyDays).error(), world.balances().error()}) {
    CHECK(error.status == Status::access_missing);
    CHECK(says(error, "\"Absences: read\""));
    CHECK(says(error, " answered 403"));
  }
  // The user can enter what Personio does not deliver.
  Collected<Lock> locks;
  REQUIRE(world.provider->settingsLocks(locks).ok());
  REQUIRE(locks.records.size() == 1);
  CHECK(locks.records.front().setting == "weekday_hours");
}

TEST_CASE("the right for one generation of the API is enough for absences", "[rights]") {
  const bool by_v1 = GENERATE(false, true);
  const bool is_in_token = GENERATE(false, true);  // in the token reply
  const bool as_401 = GENERATE(false, true);
  CAPTURE(by_v1, is_in_token, as_401);
  sandbox::Scenario scenario = with([&](auto &credentials) {
    credentials.may_read_absences = by_v1;
    credentials.may_read_absences_v2 = !by_v1;
  });
  scenario.personio.behaviour.sends_token_lifetime = is_in_token;
  scenario.personio.behaviour.v2_missing_right_is_401 = as_401;
  ConnectedProvider world(scenario);
  REQUIRE(world.connect().ok());
  const auto days = world.absences(kJulyDays);
  REQUIRE(days.ok());
  CHECK(days->size() == 5);
}

TEST_CASE("absences that API v2 lists without days come from API v1 until the right is granted", "[rights]") {
  const int status = GENERATE(403, 404, 410);
  const bool v1_available = GENERATE(true, false);
  CAPTURE(status, v1_available);
  sandbox::Scenario scenario = with([&](auto &credentials) { credentials.may_read_absences = v1_available; });
  scenario.faults = {failing(kBreakdowns, status)};
  ConnectedProvider world(scenario);
  REQUIRE(world.connect().ok());
  const auto days = world.absences(kJulyDays);
  REQUIRE(days.ok());
  REQUIRE(world.notices.size() == 1);
  if (!v1_available) {
    CHECK(days->size() == 6);  // one day too many, as the notice says
    CHECK(world.notices.front().find("last day") != std::string::npos);
    return;
  }
  CHECK(days->size() == 5);
  CHECK(world.notices.front().find("API v1") != std::string::npos);

  world.services->forgetRequests();
  CHECK(world.absences(kJulyDays)->size() == 5);
  CHECK(world.asked("GET /v2/absence-periods") == 0);

  world.services->change([](sandbox::Scenario &changed) { changed.faults.clear(); });
  world.services->expireTokens();
  CHECK(world.absences(kJulyDays)->size() == 5);
  world.notices.clear();
  CHECK(world.absences(kJulyDays)->size() == 5);  // the call after the one that received another token
  CHECK(world.asked("GET /v2/absence-periods/{id}/breakdowns") == 1);
  CHECK(world.notices.empty());
}

TEST_CASE("a temporary failure of API v1 is reported where API v2 denies the days of absences", "[rights]") {
  sandbox::Scenario scenario = sandbox::small();
  sandbox::Fault outage = failing("GET /v1/company/time-offs", 503);
  outage.headers = {{"Retry-After", "120"}};
  scenario.faults = {failing(kBreakdowns, 403), outage};
  ConnectedProvider world(scenario);
  REQUIRE(world.connect().ok());
  const auto days = world.absences(kJulyDays);
  REQUIRE_FALSE(days.ok());
  CHECK(days.error().status == Status::try_later);
  CHECK(days.error().retry_after == std::chrono::seconds(120));
  CHECK(isLocked(world));
}

TEST_CASE("API v2 is read again if API v1, which replaced its denied days, is removed", "[rights]") {
  sandbox::Scenario scenario = sandbox::small();
  scenario.faults = {failing(kBreakdowns, 404)};
  ConnectedProvider world(scenario);
  REQUIRE(world.connect().ok());
  const auto by_v1 = world.absences(kJulyDays);
  REQUIRE(by_v1.ok());
  CHECK(by_v1->size() == 5);

  world.services->change([](sandbox::Scenario &changed) {
    changed.faults.push_back(failing("GET /v1/company/time-offs", 410));
  });
  world.notices.clear();
  const auto by_v2 = world.absences(kJulyDays);
  if (!by_v2) FAIL(by_v2.error().message);
  CHECK(by_v2->size() == 6);  // one day too many, as the notice says
  REQUIRE(world.notices.size() == 1);
  CHECK(world.notices.front().find("last day") != std::string::npos);
  CHECK(isLocked(world));
}

TEST_CASE("the error for an unreadable schedule names the setting, and everything else works", "[rights]") {
  ConnectedProvider world(with([](auto &credentials) {
    credentials.readable_attributes.erase("work_schedule");
    credentials.readable_attributes.erase("weekly_working_hours");
  }));
  REQUIRE(world.connect().ok());
  const auto schedule = world.schedule(kJulyDays);
  REQUIRE_FALSE(schedule.ok());
  CHECK(schedule.error().status == Status::access_missing);
  CHECK(says(schedule.error(), "\"Work schedule\""));
  CHECK(world.absences(kJulyDays).ok());
  CHECK(world.balances().ok());
}

TEST_CASE("the error for unreadable emails names the setting", "[rights]") {
  ConnectedProvider world(with([](auto &credentials) { credentials.readable_attributes.erase("email"); }));
  const auto account = world.connect();
  REQUIRE_FALSE(account.ok());
  CHECK(account.error().status == Status::access_missing);
  CHECK(says(account.error(), "\"Email\""));
}
