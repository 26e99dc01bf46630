// The Moco client against written replies: own rows, all pages, nothing guessed.
#include "moco/moco_client.h"
#include "support/catch.h"
#include "support/dates.h"

#include <map>

using namespace roots;
using namespace roots::host;
using namespace roots::test;
using kit::HttpReply;
using kit::HttpRequest;
using kit::TransportError;
using kit::TransportFault;

namespace {

// Replies by the start of the target; an unexpected request fails the test.
class FakeMoco final : public kit::HttpTransport {
 public:
  Result<HttpReply, TransportError> send(const HttpRequest &request, const kit::CallLimits &) override {
    targets.push_back(request.target);
    authorization = request.headers.at(0).value;
    if (broken) return TransportError{*broken, "why"};
    for (const auto &[start, reply] : replies) {
      if (!request.target.starts_with(start)) continue;
      // What was written for a whole list has no second page.
      const bool is_further = request.target.find("&page=") != std::string::npos &&
                              request.target.find("&page=1") == std::string::npos;
      return is_further && start.find("&page=") == std::string::npos && reply.status == 200
                 ? HttpReply{200, {}, "[]"}
                 : reply;
    }
    FAIL("unexpected request: " << request.target);
    return HttpReply{};
  }

  std::map<std::string, HttpReply, std::greater<>> replies;  // the longest start first
  std::optional<TransportFault> broken;
  std::vector<std::string> targets;
  std::string authorization;
};

class NoWait final : public kit::Waiter {
 public:
  std::chrono::steady_clock::time_point now() override { return {}; }
  void wait(std::chrono::milliseconds, const kit::CallLimits &) override {}
  double random() override { return 0; }
};

HttpReply reply(const std::string &body, int status = 200, std::vector<kit::HttpHeader> headers = {}) {
  return {status, std::move(headers), body};
}

kit::CallLimits noHurry() { return {std::chrono::steady_clock::time_point::max(), {}}; }

struct Moco {
  FakeMoco transport;
  NoWait waiter;
  MocoClient client{transport, waiter, "key"};

  Result<MocoRows<TimeEntry>> entries(const std::string &body) {
    transport.replies["/api/v1/activities"] = reply(body);
    return client.timeEntries("7", kJuly, noHurry());
  }
  Result<MocoRows<Holiday>> holidays(const std::string &body) {
    transport.replies["/api/v1/schedules"] = reply(body);
    return client.publicHolidays("7", kJuly, noHurry());
  }
};

std::string activity(const std::string &id, const std::string &more = "", const std::string &user = "7",
                     const std::string &date = "2026-07-13") {
  return R"({"id":)" + id + R"(,"date":")" + date + R"(","seconds":3600,"user":{"id":)" + user + "}" + more +
         "}";
}

std::string schedule(const std::string &assignment, const std::string &more = "") {
  return R"({"id":1,"date":"2026-07-14","assignment":)" + assignment + R"(,"user":{"id":7})" + more + "}";
}

}  // namespace

TEST_CASE("defect 65: the name comes from the profile, and its absence is no failure", "[moco]") {
  Moco moco;
  moco.transport.replies["/api/v1/session"] = reply(R"({"id":7,"uuid":"u"})");
  moco.transport.replies["/api/v1/profile"] = reply(R"({"full_name":"Nele Muster"})");
  const auto account = moco.client.account(noHurry());
  REQUIRE(account.ok());
  CHECK(account->user_id == "7");
  CHECK(account->display_name == "Nele Muster");
  CHECK(moco.transport.authorization == "Token token=key");
  moco.transport.replies["/api/v1/profile"] = reply("{}", 403);
  CHECK(moco.client.account(noHurry())->display_name.empty());
}

TEST_CASE("defect 59: all pages are read", "[moco]") {
  Moco moco;
  std::string first = "[";
  for (int id = 1; id <= 100; ++id) first += (id > 1 ? "," : "") + activity(std::to_string(id));
  moco.transport.replies["/api/v1/activities"] =
      reply(first + "]", 200, {{"link", "<https://x>; rel=\"next\""}});
  moco.transport.replies["/api/v1/activities?from=2026-07-01&to=2026-07-31&user_id=7&per_page=100&page=2"] =
      reply("[" + activity("101") + "," + activity("100") + "]");
  const auto entries = moco.client.timeEntries("7", kJuly, noHurry());
  REQUIRE(entries.ok());
  CHECK(entries->rows.size() == 101);  // a row that moved between the pages counts once
  CHECK(moco.transport.targets.size() == 2);
}

TEST_CASE("without a link, the number of rows determines whether there are more", "[moco]") {
  Moco moco;
  moco.transport.replies["/api/v1/activities"] = reply("[" + activity("1") + "]", 200, {{"X-Total", "1"}});
  REQUIRE(moco.client.timeEntries("7", kJuly, noHurry()).ok());
  CHECK(moco.transport.targets.size() == 1);
}

TEST_CASE("a failed page voids all rows", "[moco]") {
  Moco moco;
  moco.transport.replies["/api/v1/activities"] =
      reply("[" + activity("1") + "]", 200, {{"Link", "</?page=2>; rel=\"next\""}});
  moco.transport.replies["/api/v1/activities?from=2026-07-01&to=2026-07-31&user_id=7&per_page=100&page=2"] =
      reply("", 502);
  CHECK(moco.client.timeEntries("7", kJuly, noHurry()).error().status == Status::try_later);
}

TEST_CASE("rows of other users and days are not shown, even if the key can read them", "[moco]") {
  Moco moco;
  const auto entries = moco.entries("[" + activity("1", "", "8") + "," +
                                    activity("2", "", "7", "2026-08-01") + "," + activity("3") + "]");
  REQUIRE(entries.ok());
  REQUIRE(entries->rows.size() == 1);
  CHECK(entries->rows.front().id == "3");
  CHECK(entries->odd.empty());
}

TEST_CASE("a row without a user is reported, and the others count", "[moco]") {
  Moco moco;
  const auto entries =
      moco.entries("[" + activity("3") + R"(,{"id":4,"date":"2026-07-13","seconds":1,"user":null}])");
  REQUIRE(entries.ok());
  REQUIRE(entries->rows.size() == 1);
  CHECK(entries->odd ==
        std::vector<UncountedRow>{{day("2026-07-13"),
                                   "Moco's time entry 4 of 2026-07-13 is not counted: it belongs to "
                                   "nobody. Correct it in Moco."}});
  const auto holidays =
      moco.holidays(R"([{"id":9,"date":"2026-07-14","user":null,"assignment":{"code":"2"}},)"
                    R"({"id":8,"date":"2026-07-14","user":null,"assignment":{"code":"4"}}])");
  REQUIRE(holidays.ok());
  REQUIRE(holidays->odd.size() == 1);  // a vacation is none of its business
  CHECK(holidays->odd.front().text.starts_with("Moco's public holiday 9 of 2026-07-14 is not counted:"));
}

TEST_CASE("a malformed row is reported by its ID, day, and member, and the others count", "[moco]") {
  Moco moco;
  for (const char *odd : {R"("worked_seconds":-5)", R"("worked_seconds":1.5)", R"("worked_seconds":"much")",
                          R"("worked_seconds":604801)", R"("worked_seconds":true)"}) {
    CAPTURE(odd);
    const auto entries =
        moco.entries("[" + activity("1") + "," + activity("2", std::string(",") + odd) + "]");
    REQUIRE(entries.ok());
    REQUIRE(entries->rows.size() == 1);
    REQUIRE(entries->odd.size() == 1);
    CHECK(
        entries->odd.front().text ==
        "Moco's time entry 2 of 2026-07-13 is not counted: its \"worked_seconds\" cannot be read. Correct it "
        "in Moco.");
  }
  // Without a day of its own it belongs to the first one; what cannot be said of it is left out.
  const auto entries = moco.entries("[" + activity("1") + "," + activity("\"a\\nb\"", "", "7", "soon") + "]");
  REQUIRE(entries.ok());
  CHECK(entries->odd ==
        std::vector<UncountedRow>{
            {day("2026-07-01"),
             "Moco's time entry is not counted: its \"date\" cannot be read. Correct it in Moco."}});
  // One alone is reported, too.
  CHECK(moco.entries("[" + activity("1", R"(,"worked_seconds":-5)") + "]")->odd.size() == 1);
}

TEST_CASE("defect 64: worked time counts, not billed time", "[moco]") {
  Moco moco;
  const auto entries = moco.entries("[" + activity("1", R"(,"worked_seconds":5400)") + "," +
                                    activity("2", R"(,"worked_seconds":null)") + "]");
  REQUIRE(entries.ok());
  CHECK(entries->rows.at(0).seconds == 5400);
  CHECK(entries->rows.at(1).seconds == 3600);
}

TEST_CASE("a list without a readable row fails, with endpoint and pointer", "[moco]") {
  Moco moco;
  const auto bad = moco.entries("[" + activity("1", "", "8") + "," + activity("2", "", "7", "2026-13-01") +
                                "," + activity("3", R"(,"worked_seconds":-5)") + "]");
  REQUIRE_FALSE(bad.ok());
  CHECK(bad.error().status == Status::unexpected_reply);
  CHECK(bad.error().message.find("activities, /1/date") != std::string::npos);
  CHECK_FALSE(moco.entries("{}").ok());
  CHECK_FALSE(moco.entries("<html>").ok());
}

TEST_CASE("defect 57: a public holiday is recognized by its code, in each language", "[moco]") {
  Moco moco;
  const auto count = [&](const std::string &assignment) {
    const auto found = moco.holidays("[" + schedule(assignment) + "]");
    REQUIRE(found.ok());
    return found->rows.size();
  };
  CHECK(count(R"({"name":"Public holiday","code":"2"})") == 1);
  CHECK(count(R"({"name":"Whatever","code":2})") == 1);
  CHECK(count(R"({"name":"Feiertag"})") == 1);
  CHECK(count(R"({"name":"Jour férié"})") == 1);
  CHECK(count(R"({"name":"Holiday"})") == 0);  // Moco's word for vacation
  CHECK(count(R"({"name":"Feiertag","code":"4"})") == 0);
  CHECK(count(R"({"name":"Urlaub","code":"4"})") == 0);
  CHECK(moco.transport.targets.back().find("absence_code=2") != std::string::npos);
}

TEST_CASE("defect 58: a row without an assignment does not affect the others", "[moco]") {
  Moco moco;
  const auto found =
      moco.holidays("[" + schedule("null") + "," +
                    schedule(R"({"code":"2","name":"Feiertag"})", R"(,"comment":null,"symbol":6)") + "]");
  REQUIRE(found.ok());
  REQUIRE(found->rows.size() == 1);
  CHECK(found->rows.front().name == "Feiertag");
}

TEST_CASE("half public holidays keep their half", "[moco]") {
  Moco moco;
  const auto extent = [&](const std::string &more) {
    const auto found = moco.holidays("[" + schedule(R"({"code":"2"})", more) + "]");
    REQUIRE(found.ok());
    REQUIRE(found->rows.size() == 1);
    return found->rows.front().extent;
  };
  CHECK(extent(R"(,"am":true,"pm":true)") == Extent::whole_day);
  CHECK(extent(R"(,"am":false,"pm":true)") == Extent::second_half);
  CHECK(extent(R"(,"am":true,"pm":false)") == Extent::first_half);
  CHECK(extent("") == Extent::whole_day);
}

TEST_CASE("each refusal states the solution", "[moco]") {
  const auto refusedWith = [](int status, const std::string &endpoint = "session") {
    Moco moco;
    moco.transport.replies["/api/v1/" + endpoint] =
        reply(R"({"message":"Nicht erlaubt"})", status, {{"Retry-After", "1"}});
    return endpoint == "session" ? moco.client.account(noHurry()).error()
                                 : moco.client.timeEntries("7", kJuly, noHurry()).error();
  };
  CHECK(refusedWith(401).status == Status::sign_in_failed);
  CHECK(refusedWith(401).setting == "api_key");
  CHECK(refusedWith(404).status == Status::invalid_setting);
  CHECK(refusedWith(404).setting == "domain");
  CHECK(refusedWith(403, "activities").status == Status::access_missing);
  CHECK(refusedWith(429).status == Status::try_later);
  CHECK(refusedWith(429).retry_after == std::chrono::seconds(1));
  CHECK(refusedWith(429).message == "Moco's rate limit is reached. Try again in 1 second.");
  CHECK(refusedWith(500).status == Status::try_later);
  CHECK(refusedWith(503).retry_after == std::chrono::seconds(1));
  CHECK(refusedWith(408).status == Status::try_later);
  CHECK(refusedWith(302).status == Status::unexpected_reply);
  CHECK(refusedWith(401).message.find("Nicht erlaubt") ==
        std::string::npos);  // localised texts are not passed on

  const auto broken = [](TransportFault fault) {
    Moco moco;
    moco.transport.broken = fault;
    return moco.client.account(noHurry()).error();
  };
  CHECK(broken(TransportFault::cancelled).status == Status::cancelled);
  CHECK(broken(TransportFault::timed_out).status == Status::try_later);
  CHECK(broken(TransportFault::name_not_found).status ==
        Status::try_later);  // offline, as far as can be known
  CHECK(broken(TransportFault::name_not_found).message.find("domain") != std::string::npos);
  CHECK(broken(TransportFault::proxy_failed).status == Status::try_later);
  CHECK(broken(TransportFault::proxy_sign_in_unsupported).message.find("not sent") != std::string::npos);
  CHECK(broken(TransportFault::connection_refused).status == Status::try_later);
}
