// API v2 of the sandbox's Personio, as a client meets it over a real socket.
#include "sandbox/sandbox.h"
#include "support/catch.h"

#include <roots/kit/http_transport.h>
#include <roots/kit/json.h>
#include <roots/kit/url.h>

using namespace roots;
using namespace roots::sandbox;

namespace {

const std::string kForm = "application/x-www-form-urlencoded";
const std::string kCredentials =
    "grant_type=client_credentials&client_id=papi-00000000-0000-4000-8000-000000000001"
    "&client_secret=papi-secret-of-the-sandbox";

class ClientV2 {
 public:
  explicit ClientV2(Scenario scenario = small()) {
    auto started = Sandbox::start(std::move(scenario));
    REQUIRE(started.ok());
    sandbox = std::move(*started);
    kit::TransportOptions options;
    options.base_url = sandbox->personioUrl();
    transport_ = std::move(*kit::makeHttpTransport(options));
  }

  kit::HttpReply send(const std::string &method, const std::string &target, const std::string &body = "",
                      const std::string &type = kForm) {
    kit::HttpRequest request{method, target, {}, body};
    if (!body.empty()) request.headers.push_back({"Content-Type", type});
    if (!token.empty()) request.headers.push_back({"Authorization", "Bearer " + token});
    auto reply = transport_->send(request, {std::chrono::steady_clock::now() + std::chrono::seconds(5), {}});
    REQUIRE(reply.ok());
    return std::move(*reply);
  }

  kit::JsonDocument json(const std::string &target, int status = 200) {
    const auto reply = send("GET", target);
    CAPTURE(target, reply.body);
    REQUIRE(reply.status == status);
    auto document = kit::JsonDocument::parse(reply.body);
    REQUIRE(document.ok());
    return std::move(*document);
  }

  ClientV2 &signIn() {
    const auto reply = send("POST", "/v2/auth/token", kCredentials);
    REQUIRE(reply.status == 200);
    token = kit::JsonDocument::parse(reply.body)->root()["access_token"].textOrEmpty();
    return *this;
  }

  std::unique_ptr<Sandbox> sandbox;
  std::string token;

 private:
  std::unique_ptr<kit::HttpTransport> transport_;
};

const std::string kPeriods = "/v2/absence-periods";
const std::string kVacation = "0a1b2c3d-0000-4000-8000-000000000001";

// "2026-07-06T00:00:00/SECOND_HALF"
std::string moment(kit::JsonView view) {
  const std::string half = view["type"].textOrEmpty();
  return view["date_time"].textOrEmpty() + (half.empty() ? "" : "/" + half);
}

}  // namespace

TEST_CASE("v2 signs in with a form, and returns the token of v1", "[sandbox][v2]") {
  ClientV2 client;
  client.signIn();
  const auto by_v1 = client.send(
      "POST", "/v1/auth",
      R"({"client_id":"papi-00000000-0000-4000-8000-000000000001","client_secret":"papi-secret-of-the-sandbox"})",
      "application/json");
  CHECK(kit::JsonDocument::parse(by_v1.body)->root()["data"]["token"].asText() == client.token);
  CHECK(client.json("/v1/company/employees").root()["data"].size() == 1);

  const auto wrong = client.send("POST", "/v2/auth/token", kCredentials + "x");
  CHECK(wrong.status == 400);
  CHECK(kit::JsonDocument::parse(wrong.body)->root()["error"].asText() == std::string_view("invalid_client"));
  CHECK(client.sandbox->complaints().empty());

  CHECK(client.send("POST", "/v2/auth/token", "{}", "application/json").status == 400);
  CHECK(client.send("POST", "/v2/auth/token?client_secret=x", kCredentials).status == 400);
  CHECK(client.sandbox->complaints().size() == 2);
}

TEST_CASE("v2 returns the rows of v1 with halves at their ends, and the next midnight as the end",
          "[sandbox][v2]") {
  Scenario scenario = small();
  TimeOff half = scenario.personio.time_offs.front();
  half.id = 2;
  half.half_day_start = true;
  half.last = half.first;
  TimeOff open = half;
  open.id = 3;
  open.half_day_start = false;
  open.last.reset();
  open.status = "deletion_pending";
  scenario.personio.time_offs.push_back(half);
  scenario.personio.time_offs.push_back(open);
  ClientV2 client(scenario);
  const auto rows = client.signIn().json(kPeriods);
  const auto row = [&](std::size_t index) { return rows.root()["_data"].at(index); };
  REQUIRE(rows.root()["_data"].size() == 3);
  CHECK(row(0)["id"].asText() == std::string_view(kVacation));
  CHECK(row(0)["person"]["id"].asText() == std::string_view("4711"));
  CHECK(moment(row(0)["starts_from"]) == "2026-07-06T00:00:00");
  CHECK(moment(row(0)["ends_at"]) == "2026-07-11T00:00:00");
  CHECK(moment(row(1)["starts_from"]) == "2026-07-06T00:00:00/SECOND_HALF");
  CHECK(moment(row(1)["ends_at"]) == "2026-07-07T00:00:00/SECOND_HALF");
  CHECK(row(2)["ends_at"].kind() == kit::JsonKind::null);
  CHECK(row(2)["approval"]["status"].asText() == std::string_view("DELETION_PENDING"));
  CHECK(client.json("/v1/company/time-offs").root()["data"].at(2)["attributes"]["status"].asText() ==
        std::string_view("approved"));
}

TEST_CASE("hourly absences have the local time of Berlin, in summer and in winter", "[sandbox][v2]") {
  const auto [instant, local] = GENERATE(table<std::string, std::string>({
      {"2026-07-02T12:00:00.0Z", "2026-07-02T14:00:00"},
      {"2026-12-02T12:00:00.0Z", "2026-12-02T13:00:00"},
      {"2026-03-29T00:59:00.0Z", "2026-03-29T01:59:00"},
      {"2026-03-29T01:00:00.0Z", "2026-03-29T03:00:00"},
      {"2026-10-25T00:59:00.0Z", "2026-10-25T02:59:00"},
      {"2026-10-25T01:00:00.0Z", "2026-10-25T02:00:00"},
      {"2026-12-31T23:30:00.0Z", "2027-01-01T00:30:00"},
  }));
  Scenario scenario = small();
  scenario.personio.time_offs.clear();
  HourlyAbsence row;
  row.id = "5e1f0000-0000-4000-8000-000000000001";
  row.employee_id = 4711;
  row.type_id = types::overtime_compensation;
  row.start = instant;
  row.days = {{*kit::parseLeadingDate(local), 100}};
  scenario.personio.hourly_absences = {row};
  ClientV2 client(scenario);
  CHECK(moment(client.signIn().json(kPeriods).root()["_data"].at(0)["starts_from"]) == local);
  const auto days = client.json(kPeriods + "/" + row.id + "/breakdowns");
  CHECK(days.root()["_data"].at(0)["effective_duration"]["unit"].asText() == std::string_view("HOUR"));
  CHECK(days.root()["_data"].at(0)["effective_duration"]["value"].asHundredths() == 167);
}

TEST_CASE("filters match overlapping absences, refuse time zones, and report unknown names",
          "[sandbox][v2]") {
  ClientV2 client;
  client.signIn();
  const auto found = [&](const std::string &query) {
    return client.json(kPeriods + "?" + query).root()["_data"].size();
  };
  CHECK(found("starts_from.date_time.gte=2026-07-08T00:00:00") == 1);
  CHECK(found("starts_from.date_time.gte=2026-07-11T00:00:00") == 0);
  CHECK(found("starts_from.date_time.lte=2026-07-05T23:59:59") == 0);
  CHECK(found("person.id=4712") == 0);
  CHECK(client.sandbox->complaints().empty());
  (void)client.json(kPeriods + "?starts_from.date_time.gte=2026-07-08T00:00:00Z", 400);
  (void)client.json(kPeriods + "?limit=101", 400);
  (void)client.json(kPeriods + "?person_id=4711");
  CHECK(client.sandbox->complaints().size() == 3);
}

TEST_CASE("lists continue at their cursor until the last page", "[sandbox][v2]") {
  Scenario scenario = small();
  scenario.personio.behaviour.v2_page_size = 2;
  scenario.personio.behaviour.v2_requests_per_second = 100;
  const bool relative = GENERATE(false, true);
  scenario.personio.behaviour.v2_relative_links = relative;
  ClientV2 client(scenario);
  client.signIn();
  std::size_t types = 0;
  std::string target = "/v2/absence-types";
  for (int page = 1; !target.empty(); ++page) {
    REQUIRE(page < 10);
    const auto reply = client.json(target);
    types += reply.root()["_data"].size();
    const std::string href = reply.root()["_meta"]["links"]["next"]["href"].textOrEmpty();
    CHECK((href.empty() || href.starts_with(relative ? "/v2/" : client.sandbox->personioUrl())));
    const auto cursor = kit::queryValue(href, "cursor");
    target = cursor ? "/v2/absence-types?cursor=" + kit::percentEncoded(*cursor) : "";
  }
  CHECK(types == small().personio.time_off_types.size());
  (void)client.json("/v2/absence-types?cursor=nonsense", 400);
}

TEST_CASE("a cursor carries the filters of its list, and can be refused together with filters",
          "[sandbox][v2]") {
  Scenario scenario = small();
  auto &personio = scenario.personio;
  TimeOff second = personio.time_offs.front();
  second.id = 7;
  second.updated_at = "2026-06-02T09:00:00Z";
  personio.time_offs.push_back(second);
  TimeOff third = second;
  third.id = 8;
  personio.time_offs.push_back(third);
  personio.behaviour.v2_page_size = 1;
  personio.behaviour.v2_requests_per_second = 100;
  const bool alone = GENERATE(false, true);
  personio.behaviour.v2_cursor_alone = alone;
  ClientV2 client(scenario);
  client.signIn();
  const std::string filter = "updated_at.gte=2026-06-01T00:00:00&person.id=4711";
  const auto first = client.json(kPeriods + "?" + filter);
  CHECK(first.root()["_data"].at(0)["id"].textOrEmpty() == "0a1b2c3d-0000-4000-8000-000000000007");
  const auto cursor = kit::queryValue(first.root()["_meta"]["links"]["next"]["href"].textOrEmpty(), "cursor");
  REQUIRE(cursor);
  const std::string next = kPeriods + "?cursor=" + kit::percentEncoded(*cursor);
  const auto last = client.json(next);
  CHECK(last.root()["_data"].at(0)["id"].textOrEmpty() == "0a1b2c3d-0000-4000-8000-000000000008");
  CHECK_FALSE(last.root()["_meta"]["links"]["next"].exists());
  (void)client.json(next + "&" + filter, alone ? 400 : 200);
  const auto named = client.json(kPeriods + "?id=0a1b2c3d-0000-4000-8000-000000000008,nobody");
  CHECK(named.root()["_data"].size() == 1);
}

TEST_CASE("breakdowns count 1 for a day, a half for a half-day, and 0 on days off", "[sandbox][v2]") {
  Scenario scenario = small();
  TimeOff &vacation = scenario.personio.time_offs.front();
  vacation.last = kit::addDays(vacation.first, 6);
  vacation.half_day_start = true;
  ClientV2 client(scenario);
  const auto days = client.signIn().json(kPeriods + "/" + kVacation + "/breakdowns");
  std::vector<std::int64_t> values;
  for (std::size_t index = 0; index < days.root()["_data"].size(); ++index)
    values.push_back(*days.root()["_data"].at(index)["effective_duration"]["value"].asHundredths());
  CHECK(values == std::vector<std::int64_t>{50, 100, 100, 100, 100, 0, 0});
  (void)client.json(kPeriods + "/0a1b2c3d-0000-4000-8000-000000000009/breakdowns", 404);
}

TEST_CASE("v2 has its own errors: no permission, no token, rate limit, not found", "[sandbox][v2]") {
  ClientV2 client;
  CHECK(client.send("GET", kPeriods).status == 401);
  client.signIn();
  client.sandbox->change([](Scenario &s) { s.personio.credentials.front().may_read_absences_v2 = false; });
  CHECK(client.json(kPeriods, 403).root()["errors"].at(0)["title"].asText() ==
        std::string_view("Insufficient access scope"));
  client.sandbox->change([](Scenario &s) { s.personio.behaviour.v2_missing_right_is_401 = true; });
  (void)client.json(kPeriods, 401);
  client.sandbox->change([](Scenario &s) {
    s.personio.credentials.front().may_read_absences_v2 = true;
    s.personio.behaviour.v2_requests_per_second = 1;
  });
  const auto limited = [&] {
    for (int request = 0; request < 5; ++request) {
      auto reply = client.send("GET", kPeriods);
      if (reply.status == 429) return reply;
    }
    return kit::HttpReply{};
  }();
  CHECK(limited.status == 429);
  CHECK_FALSE(limited.header("Retry-After").has_value());
  CHECK(limited.header("x-ratelimit-remaining") == std::string_view("0"));
  client.sandbox->change([](Scenario &s) { s.personio.behaviour.v2_available = false; });
  (void)client.json(kPeriods, 404);
  CHECK(client.send("POST", "/v2/auth/token", kCredentials).status == 404);
}
