// Every error that a user can see: its exact cause and solution, and its exit code.
#include "support/catch.h"
#include "support/host_user.h"

using namespace roots;
using namespace roots::test;

namespace {

sandbox::Fault always(const std::string &endpoint) {
  sandbox::Fault fault;
  fault.server = "personio";
  fault.endpoint = endpoint;
  fault.times = 0;
  return fault;
}

struct Told {
  int exit_code = 0;
  std::string message;
};

Told connecting(const HostUser &user, const Settings &changed = {}, const std::string &secret = "") {
  user.enable();
  const auto result = user.connect(changed, secret);
  return {result.exit_code, result.err};
}

using Edit = std::function<void(sandbox::Scenario &)>;

}  // namespace

TEST_CASE("a wrong secret or id: authentication failed", "[end-to-end][messages]") {
  const HostUser user;
  const auto secret = connecting(user, {}, "wrong");
  CHECK(secret.exit_code == 4);
  CHECK(secret.message.starts_with("Authentication failed:"));
  CHECK(secret.message.find("wrong\n") == std::string::npos);
  CHECK(connecting(user, {{"client_id", "papi-unknown"}}).exit_code == 4);
  CHECK_FALSE(
      std::filesystem::exists(user.home() / "secrets.json"));  // defect 14: a failed attempt leaves nothing
  CHECK(user.typeJson({"status"}).root()["connections"].size() == 0);
}

TEST_CASE("a revoked key needs to sign in again, and locks stay", "[end-to-end][messages]") {
  HostUser user;
  user.connectAll();
  user.services().change(
      [](sandbox::Scenario &scenario) { scenario.personio.credentials.front().revoked = true; });
  const auto result = user.type({"sync"});
  CHECK(result.exit_code == 4);
  CHECK(result.err.find("Authentication failed:") != std::string::npos);
  CHECK(user.typeJson({"status"}).root()["connections"].at(0)["state"].asText() == "needs_sign_in");
  CHECK(user.type({"settings", "set", "weekday-hours", "8 8 8 8 8 0 0"}).exit_code == 3);
}

TEST_CASE("the error names a missing right", "[end-to-end][messages]") {
  const HostUser employees(
      smallWith([](sandbox::Scenario &s) { s.personio.credentials.front().may_read_employees = false; }));
  const auto no_employees = connecting(employees);
  CHECK(no_employees.exit_code == 4);
  CHECK(no_employees.message.find("Employees: read") != std::string::npos);
  const HostUser absences(
      smallWith([](sandbox::Scenario &s) { s.personio.credentials.front().may_read_absences = false; }));
  const auto no_absences = connecting(absences);
  CHECK(no_absences.exit_code == 0);  // connected, with a report of what is missing
  CHECK(no_absences.message.find("Absences: read") != std::string::npos);
  // The user can enter what Personio does not deliver.
  const HostUser none(smallWith([](sandbox::Scenario &s) {
    s.personio.credentials.front().may_read_absences = false;
    s.personio.credentials.front().may_read_absences_v2 = false;
  }));
  CHECK(connecting(none).exit_code == 0);
  CHECK(none.type({"absences", "add", "--type", "vacation", "--from", "2026-07-14", "--to", "2026-07-14"})
            .exit_code == 0);
  CHECK(none.type({"explain", "2026-07-14"}).out.find("vacation") != std::string::npos);
}

TEST_CASE("the error names an attribute that is not selected", "[end-to-end][messages]") {
  const HostUser email(smallWith([](sandbox::Scenario &s) {
    s.personio.credentials.front().readable_attributes.erase("email");
    s.personio.behaviour.email_filter_needs_readable_email = true;
  }));
  const auto no_email = connecting(email);
  CHECK(no_email.exit_code == 4);
  CHECK(no_email.message.find("Email") != std::string::npos);
  const HostUser schedule(smallWith([](sandbox::Scenario &s) {
    s.personio.credentials.front().readable_attributes.erase("work_schedule");
    s.personio.credentials.front().readable_attributes.erase("weekly_working_hours");
  }));
  const auto no_schedule = connecting(schedule);
  CHECK(no_schedule.exit_code == 0);
  CHECK(no_schedule.message.find("Work schedule") != std::string::npos);
  // defect 49: without a schedule, weekly hours stay editable, and the entered hours apply
  CHECK(schedule.type({"settings", "set", "weekday-hours", "6 6 6 6 6 0 0"}).exit_code == 0);
  CHECK(schedule.type({"explain", "2026-07-13"}).out == "6:00 planned = 6:00\n");
}

TEST_CASE("the errors for an unknown email and for one that differs only in case", "[end-to-end][messages]") {
  const HostUser user;
  const auto nobody = connecting(user, {{"email", "Nobody@example.com"}});
  CHECK(nobody.exit_code == 5);
  CHECK(nobody.message.starts_with("Employee not found"));
  const auto json =
      user.typeJson(user.connectWords({{"email", "Nobody@example.com"}}), HostUser::secretLine(), 5);
  CHECK(json.root()["error"]["status"].asText() == "person_not_found");
  HostUser lower(smallWith(
      [](sandbox::Scenario &s) { s.personio.employees.front().email = "nele.muster@example.com"; }));
  const auto case_only = connecting(lower);
  CHECK(case_only.exit_code == 5);
  CHECK(case_only.message.find("upper") != std::string::npos);
  CHECK(case_only.message.find("lower") != std::string::npos);
}

TEST_CASE("if several employees have the same email, none is chosen", "[end-to-end][messages]") {
  const HostUser user(smallWith([](sandbox::Scenario &s) {
    s.personio.employees.push_back(s.personio.employees.front());
    s.personio.employees.back().id = 4712;
  }));
  const auto several = connecting(user);
  CHECK(several.exit_code == 5);
  CHECK(several.message.find("everal") != std::string::npos);
}

TEST_CASE("a service that cannot be reached, is slow or overloaded, or limits requests: try later",
          "[end-to-end][messages]") {
  const HostUser nobody;
  nobody.enable();
  const auto unreachable = nobody.connect({{"base_url", "http://127.0.0.1:1"}, {"timeout_seconds", "2"}});
  CHECK(unreachable.exit_code == 6);
  CHECK(unreachable.err.find("reach") != std::string::npos);

  HostUser slow;
  auto silence = always("GET /v1/company/employees");
  silence.delay = std::chrono::milliseconds(3000);
  slow.fault(silence);
  const auto late = connecting(slow, {{"timeout_seconds", "1"}});
  CHECK(late.exit_code == 6);
  CHECK(late.message.find("within the time limit") != std::string::npos);

  HostUser busy;
  auto limit = always("POST /v2/auth/token");
  limit.status = 429;
  limit.headers = {{"Retry-After", "60"}};
  busy.fault(limit);
  busy.enable();
  const auto limited = busy.typeJson(busy.connectWords(), HostUser::secretLine(), 6);
  CHECK(limited.root()["error"]["status"].asText() == "try_later");
  CHECK(limited.root()["error"]["retry_after_ms"].asInteger() == 60000);
}

TEST_CASE("the error for an unexpected reply names the endpoint, and nothing is changed",
          "[end-to-end][messages]") {
  HostUser user;
  user.connectAll();
  auto garbage = always("GET /v2/absence-periods");
  garbage.content_type = "text/html";
  garbage.body = "<html>Bad gateway</html>";
  user.fault(garbage);
  const auto result = user.type({"sync"});
  CHECK(result.exit_code == 1);
  CHECK(result.err.find("not understood") != std::string::npos);
  CHECK(result.err.find("GET /v2/absence-periods") != std::string::npos);
  CHECK(user.type({"explain", "2026-07-06"}).out == "8:00 planned − 8:00 vacation (Personio) = 0:00\n");
}

TEST_CASE("if a page fails, the previous data stays complete", "[end-to-end][messages]") {
  HostUser user;
  user.connectAll();
  auto cut = always("GET /v2/absence-periods");
  cut.cut_after = 100;
  user.fault(cut);
  CHECK(user.type({"sync"}).exit_code == 6);
  CHECK(user.type({"explain", "2026-07-06"}).out == "8:00 planned − 8:00 vacation (Personio) = 0:00\n");
}

TEST_CASE("wrong use is reported before any prompt or request", "[end-to-end][messages]") {
  HostUser user;
  user.enable();
  CHECK(user.connect({{"email", ""}}).err == "\"Email\" is missing. Give it with --setting email=VALUE.\n");
  CHECK(user.connect({{"colour", "blue"}}).exit_code == 2);
  CHECK(user.connect({{"base_url", "http://example.com"}}).exit_code == 2);
  CHECK(user.connect({{"timeout_seconds", "0"}}).exit_code == 2);
  const auto on_command_line = user.type({"connect", "roots.personio", "--setting", "client_secret=x"});
  CHECK(on_command_line.exit_code == 2);
  CHECK(on_command_line.err.find("not taken from the command line") != std::string::npos);
  CHECK(user.type({"frobnicate"}).exit_code == 2);
  CHECK(user.type({"timeline", "--from", "2026-02-30"}).exit_code == 2);
  CHECK(user.type({"sync", "--from", "0001-01-01", "--to", "9999-12-31"}).exit_code == 2);
  CHECK(user.type({"calendar", "--ics", "--month", "2026-07", "--from", "2026-07-01"}).exit_code == 2);
  // Other settings are validated before the prompt for a secret.
  CHECK(user.type({"connect", "roots.personio"}).err ==
        "\"Client ID\" is missing. Give it with --setting client_id=VALUE.\n");
  CHECK(user.type({"connect", "roots.personio", "--secrets-from-stdin", "--setting", "client_id=x",
                   "--setting", "email=a@example.com"})
            .err ==
        "\"Client Secret\" is missing. Type it at the prompt, or pass it as a line "
        "client_secret=VALUE with --secrets-from-stdin.\n");
  CHECK(user.type({"plugins", "enable", "no.such"}).exit_code == 5);
  CHECK(user.services().requests().empty());
}

TEST_CASE("help shows arguments in brackets only if they are optional", "[end-to-end][messages]") {
  const HostUser user;
  const auto firstLine = [&](const std::vector<std::string> &words) {
    const std::string said = user.type(words).out;
    return said.substr(0, said.find('\n'));
  };
  CHECK(firstLine({"absences", "add", "--help"}) ==
        "Usage: roots-host-stub absences add --type TYPE --from YYYY-MM-DD --to YYYY-MM-DD");
  CHECK(user.type({"help", "absences", "add"}).out.find("\n       [--half first|second] [--note TEXT]\n") !=
        std::string::npos);
  CHECK(firstLine({"help", "rotation", "set"}) ==
        "Usage: roots-host-stub rotation set --from YYYY-MM-DD --week HOURS --week HOURS");
  CHECK(firstLine({"moco", "connect", "--help"}).find("connect --domain NAME [") != std::string::npos);
  CHECK(firstLine({"help", "plugins"}) == "Usage: roots-host-stub plugins list");
  CHECK(user.type({"plugins", "--help"})
            .out.find("Usage: roots-host-stub plugins enable ID [--in-process] [--isolated]\n") !=
        std::string::npos);
  CHECK(user.type({"help"}).out == user.type({"--help"}).out);
  CHECK(user.type({"--version"}).out.find(", provider interface 1.") != std::string::npos);
  CHECK(user.type({"connect", "--version"}).out == user.type({"--version"}).out);
}

TEST_CASE("the error for an unknown command lists the existing ones", "[end-to-end][messages]") {
  const HostUser user;
  for (const std::vector<std::string> &words :
       {std::vector<std::string>{"plugins", "frob"}, {"help", "plugins", "frob"}}) {
    const auto answer = user.type(words);
    CHECK(answer.exit_code == 2);
    CHECK(
        answer.err ==
        "There is no command \"plugins frob\". There are: plugins list, plugins enable, plugins disable.\n");
  }
  CHECK(user.type({"plugins", "lst"}).err ==
        "There is no command \"plugins lst\"; did you mean \"plugins list\"?\n");
  CHECK(user.type({"help", "frobnicate"}).exit_code == 2);
  CHECK(user.type({"--note", "help", "absences", "add", "--type", "vacation", "--from", "2026-07-01", "--to",
                   "2026-07-01"})
            .exit_code == 2);
}

TEST_CASE("a missing plugins folder is reported", "[end-to-end][messages]") {
  const HostUser user;
  CHECK(user.type({"plugins", "list", "--plugins", (user.home() / "no-such-folder").string()})
            .out.find("there is no such folder; create it") != std::string::npos);
}

TEST_CASE("hours that do not apply yet are stored, and the message says so", "[end-to-end][messages]") {
  HostUser user;
  user.enable();
  REQUIRE(user.connect().exit_code == 0);
  user.services().change([](sandbox::Scenario &s) {
    s.personio.credentials.front().readable_attributes.erase("work_schedule");
    s.personio.credentials.front().readable_attributes.erase("weekly_working_hours");
  });
  CHECK(user.type({"sync"}).exit_code == 4);
  const auto set = user.type({"settings", "set", "weekday-hours", "6 6 6 6 6 0 0"});
  CHECK(set.exit_code == 0);
  CHECK(set.err == "Stored. The last known schedule applies until you disconnect.\n");
}

TEST_CASE("after a failed connect, status names the missing right or setting and the request",
          "[end-to-end][messages]") {
  const auto [edit, expected] = GENERATE(table<Edit, std::vector<std::string>>(
      {{[](sandbox::Scenario &s) { s.personio.credentials.front().may_read_employees = false; },
        {"\"Employees: read\"", "GET /v1/company/employees answered 403"}},
       {[](sandbox::Scenario &s) { s.personio.credentials.front().readable_attributes.erase("email"); },
        {"select \"Email\""}},
       {[](sandbox::Scenario &s) { s.personio.credentials.front().revoked = true; },
        {"Authentication failed"}}}));
  HostUser user(smallWith(edit));
  user.enable();
  REQUIRE(user.connect().exit_code != 0);
  const std::string status = user.type({"status"}).out;
  CHECK(status.find("The last attempt to connect Personio") != std::string::npos);
  for (const std::string &part : expected) CHECK(status.find(part) != std::string::npos);
  CHECK(user.typeJson({"status"}).root()["failed_connects"].size() == 1);

  user.services().change([](sandbox::Scenario &s) {
    s.personio.credentials.front() = sandbox::small().personio.credentials.front();
  });
  REQUIRE(user.connect().exit_code == 0);
  CHECK(user.type({"status"}).out.find("The last attempt") == std::string::npos);
}

TEST_CASE(
    "after a partial connect, status names the setting of the missing part, and weekly hours stay editable",
    "[end-to-end][messages]") {
  HostUser user(smallWith([](sandbox::Scenario &s) {
    s.personio.credentials.front().readable_attributes.erase("work_schedule");
    s.personio.credentials.front().readable_attributes.erase("weekly_working_hours");
  }));
  user.enable();
  REQUIRE(user.connect().exit_code == 0);
  const std::string status = user.type({"status"}).out;
  CHECK(status.find("schedule: never fetched") != std::string::npos);
  CHECK(status.find("\"Work schedule\"") != std::string::npos);
  CHECK(status.find("locks weekday_hours") == std::string::npos);
  CHECK(user.type({"settings", "set", "weekday-hours", "6 6 6 6 6 0 0"}).exit_code == 0);
}
