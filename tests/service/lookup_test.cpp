// A single failing endpoint or reply, over real sockets: what still works, and what is reported.
#include "service/connected_provider.h"

using namespace roots;
using namespace roots::test;

namespace {

sandbox::Fault faultOf(const std::string &endpoint, int status, const std::string &body, int times) {
  sandbox::Fault fault;
  fault.server = "personio";
  fault.endpoint = endpoint;
  fault.status = status;
  fault.body = body;
  fault.times = times;
  return fault;
}

std::string refusalWith(int code) {
  return R"({"success":false,"error":{"code":)" + std::to_string(code) + R"(,"message":"?"}})";
}

}  // namespace

TEST_CASE("absences and balances of a known person work while the lookup fails", "[lookup]") {
  const auto [status, body] = GENERATE(table<int, std::string>({{400, refusalWith(0)},
                                                                {403, refusalWith(0)},
                                                                {404, refusalWith(404)},
                                                                {410, ""},
                                                                {200, refusalWith(403)}}));
  CAPTURE(status, body);
  ConnectedProvider world(sandbox::small());
  const auto account = world.connect();
  REQUIRE(account.ok());
  REQUIRE(world.schedule(kJulyDays).ok());
  const auto absences = world.absences(kJulyDays);
  const auto balances = world.balances();
  REQUIRE(absences.ok());
  REQUIRE_FALSE(absences->empty());
  REQUIRE(balances.ok());

  world.restart();
  world.services->change([status = status, body = body](sandbox::Scenario &changed) {
    changed.faults.push_back(faultOf("GET /v1/company/employees", status, body, 0));
  });
  const auto again = world.connect();
  REQUIRE(again.ok());
  CHECK(again->id == account->id);
  CHECK(again->display_name == "Nele.Muster@example.com");
  CHECK(again->employed_from == account->employed_from);
  CHECK(world.absences(kJulyDays)->size() == absences->size());
  CHECK(world.balances()->size() == balances->size());
  CHECK_FALSE(world.schedule(kJulyDays).ok());

  world.services->change([](sandbox::Scenario &changed) { changed.faults.clear(); });
  CHECK(world.schedule(kJulyDays).ok());
}

TEST_CASE("a failed lookup does not connect a person who was never found", "[lookup]") {
  sandbox::Scenario scenario = sandbox::small();
  scenario.faults.push_back(faultOf("GET /v1/company/employees", 404, refusalWith(404), 0));
  ConnectedProvider world(scenario);
  CHECK_FALSE(world.connect().ok());
  CHECK(world.store.empty());
}

TEST_CASE("a token that is refused inside HTTP 200 leads to one sign-in, whichever list reports it",
          "[lookup]") {
  // The second list is requested with an unchanged token, and then again with one that can be renewed.
  const auto [endpoint, times] = GENERATE(
      table<std::string, int>({{"GET /v1/company/time-offs", 1}, {"GET /v1/company/absence-periods", 2}}));
  CAPTURE(endpoint);
  ConnectedProvider world(sandbox::small(), {{"absence_api", "v1"}});
  REQUIRE(world.connect().ok());
  world.services->change([endpoint = endpoint, times = times](sandbox::Scenario &changed) {
    changed.faults.push_back(faultOf(endpoint, 200, refusalWith(401), times));
  });
  const int sign_ins = world.asked("POST /v2/auth/token");
  const auto absences = world.absences(kJulyDays);
  REQUIRE(absences.ok());
  CHECK(absences->size() == 5);
  CHECK(world.asked("POST /v2/auth/token") == sign_ins + 1);
}

TEST_CASE("a single 401 at the sign-in is not reported as wrong credentials", "[lookup]") {
  sandbox::Scenario scenario = sandbox::small();
  scenario.faults.push_back(faultOf("POST /v2/auth/token", 401, R"({"error":"invalid_client"})", 1));
  ConnectedProvider world(scenario);
  CHECK(world.connect().ok());
}
