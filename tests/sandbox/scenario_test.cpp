// The scenario file, the built-in company, and the quirks of the two services as a client meets them.
#include "sandbox/sandbox.h"
#include "support/catch.h"
#include "support/folders.h"

#include <roots/kit/http_transport.h>
#include <roots/kit/json.h>

#include <algorithm>
#include <fstream>
#include <sstream>

using namespace roots;
using namespace roots::sandbox;
using namespace roots::test;

namespace {

// A client that asks one service and reads its JSON.
class Client {
 public:
  explicit Client(const std::string &url)
      : transport_(std::move(*kit::makeHttpTransport({url, "", 1 << 24, "test"}))) {}

  kit::HttpReply ask(const std::string &method, const std::string &target, const std::string &body = "",
                     const std::string &authorization = "") {
    kit::HttpRequest request{method, target, {}, body};
    if (!body.empty()) request.headers.push_back({"Content-Type", "application/json"});
    if (!authorization.empty()) request.headers.push_back({"Authorization", authorization});
    auto reply = transport_->send(request, {std::chrono::steady_clock::now() + std::chrono::seconds(5), {}});
    REQUIRE(reply.ok());
    return std::move(*reply);
  }

 private:
  std::unique_ptr<kit::HttpTransport> transport_;
};

std::unique_ptr<Sandbox> started(Scenario scenario) {
  auto sandbox = Sandbox::start(std::move(scenario));
  REQUIRE(sandbox.ok());
  return std::move(*sandbox);
}

kit::JsonDocument parsed(const kit::HttpReply &reply) {
  auto document = kit::JsonDocument::parse(reply.body);
  REQUIRE(document.ok());
  return std::move(*document);
}

std::string bearerOf(Client &client) {
  const auto reply = client.ask(
      "POST", "/v1/auth",
      R"({"client_id":"papi-00000000-0000-4000-8000-000000000001","client_secret":"papi-secret-of-the-sandbox"})");
  REQUIRE(reply.status == 200);
  return "Bearer " + std::string(parsed(reply).root()["data"]["token"].asText().value_or(""));
}

std::string exampleOfTheReadme() {
  std::ifstream stream(sourceFolder() + "/host-stub/sandbox/README.md");
  std::ostringstream content;
  content << stream.rdbuf();
  const std::string text = content.str();
  const std::size_t start = text.find("```json\n") + 8;
  return text.substr(start, text.find("```", start) - start);
}

Scenario withTimeOffs(int count) {
  Scenario scenario = small();
  const TimeOff one = scenario.personio.time_offs.front();
  scenario.personio.time_offs.clear();
  for (int id = 1; id <= count; ++id) {
    scenario.personio.time_offs.push_back(one);
    scenario.personio.time_offs.back().id = id;
  }
  return scenario;
}

}  // namespace

TEST_CASE("the example of the README is a scenario", "[sandbox]") {
  const auto scenario = parseScenario(exampleOfTheReadme());
  INFO((scenario ? std::string() : scenario.error().message));
  REQUIRE(scenario.ok());
  CHECK(scenario->personio.employees.at(0).work_schedule->minutes[4] == 255);
  CHECK(scenario->personio.time_offs.at(0).days_hundredths == 450);
  CHECK(scenario->personio.time_offs.at(0).raw.at("comment") == "null");
  CHECK(scenario->moco.schedules.at(0).am == false);
  CHECK(scenario->faults.at(0).status == 429);
  CHECK(Sandbox::start(*scenario).ok());
}

TEST_CASE("an error in a scenario is reported with its place", "[sandbox]") {
  const auto problem = [](const std::string &text) {
    const auto scenario = parseScenario(text);
    REQUIRE_FALSE(scenario.ok());
    return scenario.error().message;
  };
  CHECK(problem("{").find("JSON") != std::string::npos);
  CHECK(problem(R"({"personio":{"employes":[]}})").find("/personio/employes") != std::string::npos);
  CHECK(problem(R"({"moco":{"activities":[{"id":"x"}]}})").find("/moco/activities/0/id") !=
        std::string::npos);
  CHECK(problem(R"({"personio":{"time_offs":[{"id":1,"employee_id":1,"type_id":1,"first":"2026-01-01"}]}})")
            .find("unknown employee") != std::string::npos);
  CHECK(problem(R"({"faults":[{"server":"other"}]})").find("unknown server") != std::string::npos);
}

TEST_CASE("the built-in company is large, and each current month shows each kind", "[sandbox]") {
  for (const char *text : {"2026-01-05", "2026-02-28", "2026-07-15", "2026-11-24", "2028-02-29"}) {
    INFO(text);
    const auto today = *kit::parseDate(text);
    const auto scenario = builtinScenario(today);
    CHECK(checkScenario(scenario).ok());
    CHECK(scenario.personio.employees.size() == 1200);
    CHECK(accessOf(scenario).email == "Nele.Muster@example.com");
    std::set<std::int64_t> this_month;
    for (const auto &row : scenario.personio.time_offs)
      if (row.first.year() == today.year() && row.first.month() == today.month())
        this_month.insert(row.type_id);
    CHECK(this_month.size() >= 4);
    CHECK(std::any_of(scenario.personio.time_offs.begin(), scenario.personio.time_offs.end(),
                      [](const TimeOff &row) { return !row.last; }));
    CHECK(scenario.moco.activities.size() > 100);
  }
  // Easter Monday and Whit Monday of 2026, and the half holidays
  const auto scenario = builtinScenario(*kit::parseDate("2026-07-15"));
  const auto holiday = [&](const char *date) {
    const auto found =
        std::find_if(scenario.moco.schedules.begin(), scenario.moco.schedules.end(),
                     [&](const MocoSchedule &row) { return kit::formatDate(row.date) == date; });
    REQUIRE(found != scenario.moco.schedules.end());
    return *found;
  };
  CHECK(holiday("2026-04-06").comment == "Ostermontag");
  CHECK(holiday("2026-05-25").comment == "Pfingstmontag");
  CHECK(holiday("2026-11-18").comment == "Buß- und Bettag");
  CHECK_FALSE(holiday("2026-12-24").am);
  CHECK(holiday("2026-12-25").am);
}

TEST_CASE("Personio returns one token, and credentials in the URL are a complaint", "[sandbox]") {
  const auto sandbox = started(small());
  Client client(sandbox->personioUrl());
  CHECK(bearerOf(client) == bearerOf(client));
  CHECK(client.ask("POST", "/v1/auth", R"({"client_id":"x","client_secret":"y"})").status == 403);
  CHECK(sandbox->complaints().empty());
  CHECK(client.ask("POST", "/v1/auth?client_id=x&client_secret=y", "{}").status == 403);
  CHECK(sandbox->complaints().size() == 1);
}

TEST_CASE("time-offs are paged by number, and page 0 is page 1", "[sandbox]") {
  const auto sandbox = started(withTimeOffs(5));
  Client client(sandbox->personioUrl());
  const std::string bearer = bearerOf(client);
  const auto page = [&](int number) {
    return parsed(
        client.ask("GET", "/v1/company/time-offs?limit=2&offset=" + std::to_string(number), "", bearer));
  };
  CHECK(page(0).root()["data"].at(0)["attributes"]["id"].asInteger() == 1);
  CHECK(page(1).root()["data"].at(0)["attributes"]["id"].asInteger() == 1);
  const auto last = page(3);
  CHECK(last.root()["data"].size() == 1);
  CHECK(last.root()["metadata"]["current_page"].asInteger() == 3);
  CHECK(last.root()["metadata"]["total_pages"].asInteger() == 3);
  CHECK(page(4).root()["data"].size() == 0);
  CHECK(last.root()["data"].at(0)["attributes"]["half_day_start"].kind() == kit::JsonKind::number);
  CHECK(client.ask("GET", "/v1/company/time-offs?limit=201", "", bearer).status == 400);
}

TEST_CASE("employees are paged by record, and attributes that are not selected are omitted", "[sandbox]") {
  auto scenario = builtinScenario(*kit::parseDate("2026-07-15"));
  scenario.personio.credentials.front().readable_attributes = {"first_name"};
  const auto sandbox = started(std::move(scenario));
  Client client(sandbox->personioUrl());
  const std::string bearer = bearerOf(client);
  const auto page = parsed(client.ask("GET", "/v1/company/employees?limit=100&offset=1150", "", bearer));
  CHECK(page.root()["data"].size() == 50);
  CHECK(page.root()["metadata"]["total_elements"].asInteger() == 1200);
  CHECK(page.root()["data"].at(0)["attributes"].size() == 2);
  CHECK(client.ask("GET", "/v1/company/employees?limit=101", "", bearer).status == 400);
  CHECK(parsed(client.ask("GET", "/v1/company/employees", "", bearer)).root()["data"].size() == 50);
}

TEST_CASE("missing tokens, unknown paths, and too many requests are refused", "[sandbox]") {
  auto scenario = small();
  scenario.personio.behaviour.employee_requests_per_minute = 1;
  const auto sandbox = started(std::move(scenario));
  Client client(sandbox->personioUrl());
  CHECK(client.ask("GET", "/v1/company/employees").status == 401);
  CHECK(client.ask("GET", "/v1/company/employees", "", "Bearer nonsense").status == 401);
  CHECK(client.ask("GET", "/v1/nothing").status == 404);
  const std::string bearer = bearerOf(client);
  CHECK(client.ask("GET", "/v1/company/employees", "", bearer).status == 200);
  CHECK(client.ask("GET", "/v1/company/employees", "", bearer).status == 429);
  CHECK(client.ask("GET", "/v1/company/time-offs?colour=blue", "", bearer).status == 200);
  CHECK(sandbox->complaints().size() == 3);
  sandbox->expireTokens();
  CHECK(client.ask("GET", "/v1/company/time-offs", "", bearer).status == 401);
}

TEST_CASE("Moco has pages of 100 rows with a link, and identifies users by key", "[sandbox]") {
  const auto sandbox = started(builtinScenario(*kit::parseDate("2026-07-15")));
  Client client(sandbox->mocoUrl());
  CHECK(client.ask("GET", "/api/v1/session", "", "Token token=nonsense").status == 401);
  const std::string key = "Token token=moco-key-of-the-sandbox";
  CHECK(parsed(client.ask("GET", "/api/v1/session", "", key)).root()["id"].asInteger() == 70011);
  const auto first = client.ask("GET", "/api/v1/activities?from=2026-01-01&to=2026-12-31&user_id=70011", "",
                                "Bearer moco-key-of-the-sandbox");
  CHECK(parsed(first).root().size() == 100);
  CHECK(first.header("link").value_or("").find("rel=\"next\"") != std::string::npos);
  const auto codes =
      parsed(client.ask("GET", "/api/v1/schedules?from=2026-07-01&to=2026-12-31&absence_code=4", "", key));
  REQUIRE(codes.root().size() == 1);
  CHECK(codes.root().at(0)["assignment"]["name"].asText() == "Urlaub");
}

TEST_CASE("a fault applies only to the requests that it names", "[sandbox]") {
  auto scenario = small();
  Fault second;
  second.server = "moco";
  second.endpoint = "GET /api/v1/session";
  second.from = 2;
  second.status = 503;
  scenario.faults = {second};
  const auto sandbox = started(std::move(scenario));
  Client client(sandbox->mocoUrl());
  const auto status = [&] {
    return client.ask("GET", "/api/v1/session", "", "Bearer moco-key-of-the-sandbox").status;
  };
  CHECK(status() == 200);
  CHECK(status() == 503);
  CHECK(status() == 200);
  CHECK(sandbox->requests().size() == 3);
}
