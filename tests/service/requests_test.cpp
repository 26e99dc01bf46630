// The load that the provider causes: requests, connections, tokens.
#include "service/connected_provider.h"

#include <chrono>

using namespace roots;
using namespace roots::test;

namespace {

void readEverything(ConnectedProvider &world) {
  REQUIRE(world.schedule(kYearDays).ok());
  REQUIRE(world.absences(kYearDays).ok());
  REQUIRE(world.balances().ok());
}

int requests(const ConnectedProvider &world) { return static_cast<int>(world.services->requests().size()); }

// small() and an hourly absence, whose days API v2 delivers in a separate request.
sandbox::Scenario withHours() {
  sandbox::Scenario scenario = sandbox::small();
  sandbox::HourlyAbsence hours;
  hours.id = "5e1f0000-0000-4000-8000-000000000001";
  hours.employee_id = 4711;
  hours.type_id = sandbox::types::overtime_compensation;
  hours.start = "2026-07-02T12:00:00.0Z";
  hours.end = "2026-07-02T14:30:00.0Z";
  hours.days = {{std::chrono::year(2026) / 7 / 2, 150}};
  scenario.personio.hourly_absences = {hours};
  return scenario;
}

}  // namespace

TEST_CASE(
    "connecting and reading a year takes six requests with v1 and seven with v2, over one or two connections",
    "[requests]") {
  const bool hourly = GENERATE(false, true);
  const std::string api = GENERATE("v1", "v2");
  CAPTURE(api, hourly);
  ConnectedProvider world(hourly ? withHours() : sandbox::small(), {{"absence_api", api}});
  REQUIRE(world.connect().ok());
  readEverything(world);
  const int for_hours = api == "v2" && hourly ? 1 : 0;
  CHECK(requests(world) <= (api == "v1" ? 6 : 7) + for_hours);
  CHECK(world.services->personioConnections() <= 2);
  CHECK(world.services->complaints().empty());

  // A sync while connected.
  world.services->forgetRequests();
  world.waiter.pass(std::chrono::minutes(5));  // by then, the profile from connect is too old
  readEverything(world);
  CHECK(requests(world) <= 4 + for_hours);
  CHECK(world.asked("GET /v1/company/employees") == 1);
  CHECK(world.services->personioConnections() <= 2);
}

TEST_CASE("with rights for v1 only, choosing the version takes no extra request", "[requests]") {
  sandbox::Scenario scenario = sandbox::small();
  scenario.personio.credentials.front().may_read_absences_v2 = false;
  ConnectedProvider world(scenario);
  REQUIRE(world.connect().ok());
  readEverything(world);
  CHECK(requests(world) <= 6);
  CHECK(world.asked("GET /v2/absence-periods") == 0);
}

TEST_CASE("if v2 cannot sign in, one more request is sent", "[requests]") {
  sandbox::Scenario scenario = sandbox::small();
  scenario.personio.behaviour.v2_available = false;
  ConnectedProvider world(scenario);
  REQUIRE(world.connect().ok());
  readEverything(world);
  CHECK(requests(world) <= 7);
  CHECK(world.services->complaints().empty());
}

TEST_CASE("an expired token is renewed once for concurrent requests", "[requests]") {
  const std::string api = GENERATE("v1", "v2");
  ConnectedProvider world(sandbox::small(), {{"absence_api", api}});
  REQUIRE(world.connect().ok());
  world.services->expireTokens();
  world.services->forgetRequests();
  REQUIRE(world.absences(kYearDays).ok());
  REQUIRE(world.balances().ok());
  CHECK(world.asked("POST /v2/auth/token") == 1);
}

TEST_CASE("a call retries only a few requests in total against an unavailable service", "[requests]") {
  ConnectedProvider world(sandbox::small(), {{"absence_api", "v1"}});
  REQUIRE(world.connect().ok());
  world.services->forgetRequests();
  world.services->change([](sandbox::Scenario &scenario) {
    sandbox::Fault fault;
    fault.server = "personio";
    fault.endpoint = "*";
    fault.times = 0;
    fault.status = 503;
    scenario.faults.push_back(fault);
  });
  CHECK(world.absences(kYearDays).error().status == Status::try_later);
  CHECK(requests(world) <= 2 + 8);
}

TEST_CASE("many hourly absences are read without exceeding the limit of API v2", "[requests]") {
  sandbox::Scenario scenario = withHours();
  auto &personio = scenario.personio;
  personio.behaviour.v2_requests_per_second = 10;
  const sandbox::HourlyAbsence pattern = personio.hourly_absences.front();
  for (int number = 2; number <= 25; ++number) {
    sandbox::HourlyAbsence row = pattern;
    row.id = "5e1f0000-0000-4000-8000-0000000000" + std::to_string(10 + number);
    personio.hourly_absences.push_back(row);
  }
  ConnectedProvider world(scenario, {{"absence_api", "v2"}});
  world.in_real_time = true;
  world.restart();
  REQUIRE(world.connect().ok());
  REQUIRE(world.absences(kYearDays).ok());
  for (const auto &request : world.services->requests()) CHECK(request.status == 200);
}

TEST_CASE("cancelling ends a call immediately, whichever request is running", "[requests]") {
  const std::string api = GENERATE("v1", "v2");
  ConnectedProvider world(sandbox::small(), {{"absence_api", api}});
  REQUIRE(world.connect().ok());
  world.services->change([](sandbox::Scenario &scenario) {
    sandbox::Fault fault;
    fault.server = "personio";
    fault.endpoint = "*";
    fault.times = 0;
    fault.delay = std::chrono::minutes(10);  // the call must end without a reply
    scenario.faults.push_back(fault);
  });
  std::atomic<int> asked{0};
  world.is_cancelled = [&] { return ++asked > 3; };
  const auto days = world.absences(kYearDays);
  REQUIRE_FALSE(days.ok());
  CHECK(days.error().status == Status::cancelled);
  CHECK(asked < 3 + 10);  // at most one per part of the plugin while it returns
}
