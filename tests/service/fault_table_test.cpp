// The message for a user if one request fails: every endpoint with every fault, over real sockets. The
// expected messages are in tests/tables/faults.md.
#include "service/connected_provider.h"
#include "support/generated_table.h"

#include <algorithm>
#include <functional>

using namespace roots;
using namespace roots::test;

namespace {

using namespace std::chrono_literals;
using sandbox::Fault;

const std::string kProblem =
    R"({"success":false,"error":{"code":0,"message":"Es ist ein Problem aufgetreten "}})";

// One request, and the provider's call that sends it.
struct Asking {
  std::string endpoint;
  Settings settings;
  bool while_connecting = false;
  std::function<Error(ConnectedProvider &)> ask;  // Status::ok: no error
};

struct Trouble {
  std::string name;
  Fault fault;
  bool connection_refused = false;
};

template <class T>
Error errorOf(const Result<T> &result) {
  if (!result) return result.error();
  return makeError(Status::ok, "");
}

Error connecting(ConnectedProvider &world) { return errorOf(world.connect()); }
// A known person stays connected; the schedule then reports the error.
Error lookingForThePerson(ConnectedProvider &world) {
  const Error error = connecting(world);
  return error.status == Status::ok ? errorOf(world.schedule({{2026, 7, 1}, {2026, 7, 31}})) : error;
}
Error readingAbsences(ConnectedProvider &world) {
  return errorOf(world.absences({{2026, 7, 1}, {2026, 7, 31}}));
}
Error readingBalances(ConnectedProvider &world) { return errorOf(world.balances()); }

std::vector<Asking> askings() {
  const Settings v1{{"absence_api", "v1"}};
  const Settings v2{{"absence_api", "v2"}};
  return {{"POST /v2/auth/token", v2, true, connecting},
          {"POST /v1/auth", v1, true, connecting},
          {"GET /v1/company/employees", v1, true, lookingForThePerson},
          {"GET /v1/company/time-offs", v1, false, readingAbsences},
          {"GET /v1/company/absence-periods", v1, false, readingAbsences},
          {"GET /v1/company/time-off-types", v1, false, readingBalances},
          {"GET /v1/company/employees/{id}/absences/balance", v1, false, readingBalances},
          {"GET /v2/absence-periods", v2, false, readingAbsences},
          {"GET /v2/absence-periods/{id}/breakdowns", v2, false, readingAbsences},
          {"GET /v2/absence-types", v2, false, readingAbsences}};
}

Fault replying(std::optional<int> status, std::optional<std::string> body,
               std::vector<std::pair<std::string, std::string>> headers = {}) {
  Fault fault;
  fault.status = status;
  fault.body = std::move(body);
  fault.headers = std::move(headers);
  return fault;
}

std::vector<Trouble> troubles() {
  const std::string html = "<html><body>Wartung</body></html>";
  std::vector<Trouble> all{{"connection refused", {}, true}};
  all.push_back({"closed without a reply", {}});
  all.back().fault.reset = true;
  all.push_back({"no reply in time", {}});
  all.back().fault.delay = 5000ms;
  all.push_back({"a reply that stops half-way", {}});
  all.back().fault.delay_in_body = 5000ms;
  all.push_back({"cut off in the body", {}});
  all.back().fault.cut_after = 5;
  all.push_back({"not HTTP", {}});
  all.back().fault.raw = "\x16\x03\x01 what is this\r\n\r\n";
  all.push_back({"more bytes than there is room for", {}});
  all.back().fault.raw = "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{";
  all.push_back({"200, empty", replying({}, "")});
  all.push_back({"200, a web page", replying({}, html)});
  all.push_back({"200, garbage behind the JSON", replying({}, R"({"success":true,"data":[]} x)")});
  all.push_back({"200, 3 MB of nesting", replying({}, std::string(3u << 20, '['))});
  all.push_back({"200, members of another type",
                 replying({}, R"({"success":true,"data":"text","_data":7,"access_token":{}})")});
  all.push_back({"200, success: false", replying({}, kProblem)});
  for (const int status : {400, 401, 403, 404, 409, 422})
    all.push_back({std::to_string(status), replying(status, kProblem)});
  all.push_back({"403, a web page", replying(403, html)});
  all.push_back({"429", replying(429, kProblem)});
  all.push_back({"429, Retry-After: 90", replying(429, kProblem, {{"Retry-After", "90"}})});
  all.push_back({"500", replying(500, kProblem)});
  all.push_back({"502, a web page", replying(502, html)});
  all.push_back({"503", replying(503, "")});
  all.push_back({"302 to elsewhere", replying(302, "", {{"Location", "http://127.0.0.1:9/"}})});
  return all;
}

std::string replacedEverywhere(std::string text, const std::string &from, const std::string &to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

std::string wordOf(Status status) {
  switch (status) {
    case Status::ok:
      return "ok";
    case Status::invalid_setting:
      return "invalid_setting";
    case Status::sign_in_failed:
      return "sign_in_failed";
    case Status::access_missing:
      return "access_missing";
    case Status::person_not_found:
      return "person_not_found";
    case Status::try_later:
      return "try_later";
    case Status::unexpected_reply:
      return "unexpected_reply";
    default:
      return "?";
  }
}

// "`try_later` | Personio ..."
std::string outcome(const Asking &asking, const Trouble &trouble) {
  sandbox::Scenario scenario = sandbox::small();
  scenario.personio.behaviour.v2_available = asking.endpoint != "POST /v1/auth";
  ConnectedProvider world(scenario, asking.settings);
  const bool sign_in = asking.endpoint.starts_with("POST");
  if (!sign_in) {
    REQUIRE(world.connect().ok());
    if (asking.while_connecting) world.restart();  // with the stored token, so that it is the first request
  }
  if (trouble.connection_refused) {
    world.leaveAlone();
  } else {
    world.services->change([&](sandbox::Scenario &changed) {
      Fault fault = trouble.fault;
      fault.server = "personio";
      fault.endpoint = asking.endpoint;
      fault.times = 0;
      changed.faults.push_back(fault);
    });
  }
  const bool waits = trouble.fault.delay.count() > 0 || trouble.fault.delay_in_body.count() > 0;
  if (waits) world.time = 250ms;
  const Error error = asking.ask(world);
  CHECK(error.message.find("papi-") == std::string::npos);
  CHECK(error.message.find("Es ist ein Problem") == std::string::npos);
  CHECK(error.message.size() < 512);
  if (error.status == Status::ok && sign_in) return "`ok` | signs in by POST /v1/auth instead";
  if (error.status == Status::ok) {
    REQUIRE_FALSE(world.notices.empty());
    return "`ok` | Absences are shown, with a notice: " + world.notices.front();
  }
  return "`" + wordOf(error.status) + "` | " +
         replacedEverywhere(error.message, asking.endpoint, "*endpoint*");
}

// Rows of one fault: endpoints with the same outcome share a row.
std::string rowsOf(const Trouble &trouble) {
  std::vector<std::pair<std::string, std::string>> outcomes;  // outcome, endpoints
  for (const Asking &asking : askings()) {
    const std::string message = outcome(asking, trouble);
    auto known = std::find_if(outcomes.begin(), outcomes.end(),
                              [&](const auto &other) { return other.first == message; });
    const std::string name = "`" + asking.endpoint + "`";
    if (known == outcomes.end())
      outcomes.emplace_back(message, name);
    else
      known->second += ", " + name;
  }
  // The outcome with the most requests is the default, the others are exceptions.
  const auto rule = std::max_element(outcomes.begin(), outcomes.end(), [](const auto &a, const auto &b) {
    return a.second.size() < b.second.size();
  });
  rule->second = outcomes.size() == 1 ? "all" : "all others";
  std::rotate(rule, rule + 1, outcomes.end());
  std::string rows;
  for (const auto &[message, endpoints] : outcomes)
    rows += "| " + trouble.name + " | " + endpoints + " | " + message + " |\n";
  return rows;
}

}  // namespace

TEST_CASE(
    "every endpoint with every fault has the status and sentence of the table in tests/tables/faults.md",
    "[faults]") {
  std::string table = "| fault | request | status | message |\n|---|---|---|---|\n";
  for (const Trouble &trouble : troubles()) table += rowsOf(trouble);

  roots::test::compareWithTable("tests/tables/faults.md", table);
}
