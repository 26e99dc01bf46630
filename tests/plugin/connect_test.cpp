// Signing in and finding the person: the number of requests, and the message if it fails.
#include "plugin/harness.h"
#include "support/text_search.h"

using namespace roots;
using namespace roots::personio::tests;
using namespace roots::test;

namespace {

std::string email(const std::string &value) { return attribute("email", value); }

}  // namespace

TEST_CASE("defect 3: a cold connect takes two requests, whatever the company's size", "[connect]") {
  Harness world;
  world.script.expect(kAuth, 200, token())
      .expect(kPeople +
                  "?email=Erika.Beispiel%40example.com&limit=100&offset=0&attributes%5B%5D=id&attributes%5B%"
                  "5D=email&"
                  "attributes%5B%5D=first_name&attributes%5B%5D=last_name&attributes%5B%5D=work_schedule&"
                  "attributes%5B%5D=weekly_working_hours&attributes%5B%5D=status&attributes%5B%5D=hire_date&"
                  "attributes%5B%5D=termination_date",
              200, listWithCounts({erika()}, 1, 0, 1));
  const auto account = world.connect();
  REQUIRE(account.ok());
  CHECK(account->id == "4711");
  CHECK(account->display_name == "Erika Beispiel");
  CHECK(account->employed_from == Date{2019, 4, 1});
  CHECK_FALSE(account->employed_until.known());
  CHECK(world.script.seen().size() == 2);
}

TEST_CASE("defect 7: a warm connect takes one request, with the token of the last start", "[connect]") {
  Harness world;
  world.beConnected();
  world.restart();
  world.script.expect(kPeople, 200, list({erika()}));
  REQUIRE(world.connect().ok());
  CHECK(headerOf(world.script.seen().back(), "Authorization") == "Bearer papi-token-1");
}

TEST_CASE("defect 1: a readable work schedule does not prevent connecting", "[connect]") {
  Harness world;
  world.script.expect(kAuth, 200, token()).expect(kPeople, 200, fixture("employees_one.json"));
  REQUIRE(world.connect().ok());
  const auto weeks = world.schedule();
  REQUIRE(weeks.ok());
  REQUIRE(weeks->size() == 1);
  CHECK(weeks->front().minutes == std::array<int, 7>{480, 480, 450, 480, 255, 0, 0});
}

TEST_CASE("an unreadable work schedule does not prevent connecting", "[connect]") {
  Harness world;
  const std::string schedule = GENERATE("null", "''", "[]", "'abc'", "{'monday':{}}", "[[]]");
  world.script.expect(kAuth, 200, token()).expect(kPeople, 200, list({employee("4711", kEmail, schedule)}));
  CHECK(world.connect().ok());
}

TEST_CASE("defect 13: requests name the integration, and only data requests ask for JSON", "[connect]") {
  Harness world;
  world.beConnected();
  const auto &auth = world.script.seen()[0];
  CHECK(auth.body == "grant_type=client_credentials&client_id=papi-client&client_secret=very-secret");
  CHECK(headerOf(auth, "Content-Type") == "application/x-www-form-urlencoded");
  CHECK(headerOf(auth, "Accept").empty());
  CHECK(headerOf(auth, "X-Personio-App-ID") == "ROOTS");
  CHECK(auth.target == "/v2/auth/token");
  const auto &people = world.script.seen()[1];
  CHECK(headerOf(people, "Accept") == "application/json");
  CHECK(headerOf(people, "X-Personio-App-ID") == "ROOTS");
  CHECK(headerOf(people, "Authorization") == "Bearer papi-token-1");
}

TEST_CASE("defect 6: an email that differs in case only is not found, and the message says so", "[connect]") {
  Harness world;
  world.script.expect(kAuth, 200, token())
      .expect(kPeople, 200, list({employee("4711", "erika.beispiel@example.com", kFullTime)}));
  const auto account = world.connect();
  REQUIRE_FALSE(account.ok());
  CHECK(account.error().status == Status::person_not_found);
  CHECK(account.error().setting == "email");
  CHECK(contains(account.error().message, "only upper and lower case differ"));
  CHECK(contains(account.error().message, "\"erika.beispiel@example.com\""));
}

TEST_CASE("a case-sensitive filter is tried again in lower case", "[connect]") {
  Harness world;
  world.script.expect(kAuth, 200, token())
      .expect(kPeople, 200, list({}))
      .expect(kPeople, 200, list({}))
      .expect(kPeople, [](const kit::HttpRequest &request) {
        CHECK(contains(request.target, "email=erika.beispiel%40example.com"));
        return kit::HttpReply{200, {}, list({employee("4711", "erika.beispiel@example.com", kFullTime)})};
      });
  const auto account = world.connect();
  REQUIRE_FALSE(account.ok());
  CHECK(contains(account.error().message, "only upper and lower case differ"));
}

TEST_CASE("an unknown email is reported after reading one other employee", "[connect]") {
  Harness world;
  world.script.expect(kAuth, 200, token())
      .expect(kPeople, 200, list({}))
      .expect(kPeople, 200, list({}))
      .expect(kPeople, 200, list({}))
      .expect(kPeople + "?limit=1&offset=0&attributes%5B%5D=id&attributes%5B%5D=email", 200,
              list({employeeWith({attribute("id", "1"), email("'somebody.else@example.com'")})}));
  const auto account = world.connect();
  REQUIRE_FALSE(account.ok());
  CHECK(account.error().status == Status::person_not_found);
  CHECK(account.error().setting == "email");
  CHECK(contains(account.error().message, "Employee not found"));
  CHECK_FALSE(contains(account.error().message, "somebody"));
}

TEST_CASE("unreadable emails are reported as the missing tick", "[connect]") {
  Harness world;
  world.script.expect(kAuth, 200, token());
  SECTION("the filter finds nobody") {
    world.script.expect(kPeople, 200, list({}))
        .expect(kPeople, 200, list({}))
        .expect(kPeople, 200, list({}))
        .expect(kPeople, 200, list({employeeWith({attribute("id", "1")})}));
  }
  SECTION("the filter finds somebody, but only the id is sent") {
    world.script.expect(kPeople, 200, list({employeeWith({attribute("id", "4711")})}));
  }
  SECTION("the filter is ignored and only ids are sent: the company is not read through") {
    world.script.expect(
        kPeople, 200,
        listWithCounts({employeeWith({attribute("id", "1")}), employeeWith({attribute("id", "2")})}, 1200, 0,
                       12));
  }
  const auto account = world.connect();
  REQUIRE_FALSE(account.ok());
  CHECK(account.error().status == Status::access_missing);
  CHECK(contains(account.error().message, "\"Email\""));
  CHECK(contains(account.error().message, "Readable employee attributes"));
}

TEST_CASE("defect 4: colleagues without an email or a name do not prevent connecting", "[connect]") {
  Harness world;
  world.script.expect(kAuth, 200, token())
      .expect(
          kPeople, 200,
          listWithCounts({employeeWith({attribute("id", "1"), email("null")}),
                          employeeWith({attribute("id", "2"), email("''"), attribute("first_name", "null")}),
                          employeeWith({attribute("id", "3")}), erika()},
                         4, 0, 1));
  const auto account = world.connect();
  REQUIRE(account.ok());
  CHECK(account->id == "4711");
}

TEST_CASE("a person whose name is not readable is connected by the email", "[connect]") {
  Harness world;
  const auto names =
      GENERATE(as<std::vector<std::string>>{}, std::vector<std::string>{},
               std::vector<std::string>{attribute("first_name", "' '"), attribute("last_name", "null")});
  std::vector<std::string> attributes{attribute("id", "4711"), email("'" + kEmail + "'")};
  attributes.insert(attributes.end(), names.begin(), names.end());
  world.script.expect(kAuth, 200, token()).expect(kPeople, 200, list({employeeWith(attributes)}));
  const auto account = world.connect();
  REQUIRE(account.ok());
  CHECK(account->display_name == kEmail);
  CHECK_FALSE(account->employed_from.known());
}

TEST_CASE("one readable name suffices as the display name", "[connect]") {
  Harness world;
  world.script.expect(kAuth, 200, token())
      .expect(kPeople, 200,
              list({employeeWith({attribute("id", "4711"), email("'" + kEmail + "'"),
                                  attribute("last_name", "' Beispiel '")})}));
  CHECK(world.connect()->display_name == "Beispiel");
}

TEST_CASE("white space around the profile's email does not hide the profile", "[connect]") {
  Harness world;
  const std::string written = GENERATE("Erika.Beispiel@example.com ", " Erika.Beispiel@example.com",
                                       "Erika.Beispiel@example.com\\n", "Erika.Beispiel@example.com\xC2\xA0");
  CAPTURE(written);
  world.script.expect(kAuth, 200, token());
  SECTION("the filter ignores it") {
    world.script.expect(kPeople, 200, list({employee("4711", written, kFullTime)}));
  }
  SECTION("the filter is ignored") {
    world.script.expect(
        kPeople, 200,
        list({employee("1", "somebody.else@example.com", kFullTime), employee("4711", written, kFullTime)}));
  }
  const auto account = world.connect();
  REQUIRE(account.ok());
  CHECK(account->id == "4711");
}

TEST_CASE("the filter is tried again with a trailing blank, in case the profile's email has one",
          "[connect]") {
  Harness world;
  world.script.expect(kAuth, 200, token())
      .expect(kPeople, 200, list({}))
      .expect(kPeople, [](const kit::HttpRequest &request) {
        CHECK(contains(request.target, "?email=Erika.Beispiel%40example.com%20&"));
        return kit::HttpReply{200, {}, list({employee("4711", kEmail + " ", kFullTime)})};
      });
  CHECK(world.connect().ok());
}

TEST_CASE("a service that refuses an email with a blank does not change the error", "[connect]") {
  Harness world;
  world.script.expect(kAuth, 200, token())
      .expect(kPeople, 200, list({}))
      .expect(kPeople, 422, failure(422))
      .expect(kPeople, 200, list({employee("4711", "erika.beispiel@example.com", kFullTime)}));
  const auto account = world.connect();
  REQUIRE_FALSE(account.ok());
  CHECK(contains(account.error().message, "only upper and lower case differ"));
}

TEST_CASE("case still counts where white space does not", "[connect]") {
  Harness world;
  world.script.expect(kAuth, 200, token())
      .expect(kPeople, 200, list({employee("4711", "erika.beispiel@example.com ", kFullTime)}));
  const auto account = world.connect();
  REQUIRE_FALSE(account.ok());
  CHECK(contains(account.error().message, "only upper and lower case differ"));
  CHECK(contains(account.error().message, "\"erika.beispiel@example.com\""));
}

TEST_CASE("if the filter is ignored, employees are paged through by record", "[connect]") {
  Harness world;
  std::vector<std::string> hundred;
  for (int id = 1; id <= 100; ++id) {
    const std::string number = std::to_string(id);
    hundred.push_back(employee(number, "colleague" + number + "@example.com", "null"));
  }
  world.script.expect(kAuth, 200, token())
      .expect(kPeople, 200, listWithCounts(hundred, 101, 0, 2))
      .expect(kPeople, [](const kit::HttpRequest &request) {
        CHECK(contains(request.target, "&offset=100&"));
        return kit::HttpReply{200, {}, listWithCounts({erika()}, 101, 1, 2)};
      });
  const auto account = world.connect();
  REQUIRE(account.ok());
  CHECK(account->id == "4711");
}

TEST_CASE("several profiles with the same email are ambiguous", "[connect]") {
  Harness world;
  world.script.expect(kAuth, 200, token())
      .expect(kPeople, 200, list({erika(), employee("4712", kEmail, kFullTime)}));
  const auto account = world.connect();
  REQUIRE_FALSE(account.ok());
  CHECK(account.error().status == Status::person_not_found);
  CHECK(contains(account.error().message, "several"));
}

TEST_CASE("the same profile twice is one profile", "[connect]") {
  Harness world;
  world.script.expect(kAuth, 200, token()).expect(kPeople, 200, list({erika(), erika()}));
  CHECK(world.connect().ok());
}

TEST_CASE("an exact match wins over one that differs in case", "[connect]") {
  Harness world;
  world.script.expect(kAuth, 200, token())
      .expect(kPeople, 200, list({employee("1", "ERIKA.BEISPIEL@example.com", kFullTime), erika()}));
  const auto account = world.connect();
  REQUIRE(account.ok());
  CHECK(account->id == "4711");
}

TEST_CASE("a profile that is no longer active is connected with a notice", "[connect]") {
  Harness world;
  world.script.expect(kAuth, 200, token())
      .expect(kPeople, 200,
              list({employeeWith({attribute("id", "4711"), email("'" + kEmail + "'"),
                                  attribute("status", "'inactive'"),
                                  attribute("termination_date", "'2026-04-15T00:00:00+0200'")})}));
  const auto account = world.connect();
  REQUIRE(account.ok());
  CHECK(account->employed_until == Date{2026, 4, 15});
  REQUIRE(world.notices.size() == 1);
  CHECK(contains(world.notices[0], "inactive"));
}

TEST_CASE("a profile on leave without an absence today gets a notice, one with an absence none",
          "[connect]") {
  Harness world;
  world.wall_time = std::chrono::sys_days(std::chrono::year(2026) / 7 / 15);
  const std::string status = GENERATE("'leave'", "'active'");
  world.script.expect(kAuth, 200, token())
      .expect(kPeople, 200,
              list({employeeWith(
                  {attribute("id", "4711"), email("'" + kEmail + "'"), attribute("status", status)})}));
  REQUIRE(world.connect().ok());
  const auto noticesAfter = [&](const std::vector<std::string> &rows, const char *first, const char *last) {
    world.notices.clear();
    world.script.expect(kDayBased, 200, list(rows)).expect(kHourBased, 200, kNoAbsences);
    REQUIRE(world.absences(first, last).ok());
    return world.notices;
  };
  const auto without = noticesAfter({}, "2026-07-01", "2026-07-31");
  if (status == "'leave'") {
    REQUIRE(without.size() == 1);
    CHECK(contains(without[0], "on leave"));
  } else {
    CHECK(without.empty());
  }
  CHECK(noticesAfter({timeOff("1", "2026-07-01", "2026-12-31")}, "2026-07-01", "2026-07-31").empty());
  // An absence elsewhere does not explain the status, and a range without today does not show it.
  CHECK(noticesAfter({timeOff("2", "2026-07-01", "2026-07-02")}, "2026-07-01", "2026-07-31") == without);
  CHECK(noticesAfter({}, "2026-01-01", "2026-01-31").empty());
}

TEST_CASE("an ambiguous employment date is unknown, with a notice", "[connect]") {
  Harness world;
  world.script.expect(kAuth, 200, token())
      .expect(kPeople, 200,
              list({employeeWith({attribute("id", "4711"), email("'" + kEmail + "'"),
                                  attribute("hire_date", "'2019-03-31T22:00:00Z'"),
                                  attribute("termination_date", "'2026-04-15T00:00:00+0200'")})}));
  const auto account = world.connect();
  REQUIRE(account.ok());
  CHECK_FALSE(account->employed_from.known());
  CHECK(account->employed_until == Date{2026, 4, 15});
  REQUIRE(world.notices.size() == 1);
  CHECK(contains(world.notices[0], "hire or termination date"));
}

TEST_CASE("an email that Personio rejects as malformed is an invalid setting", "[connect]") {
  Harness world;
  const int status = GENERATE(400, 422);
  world.script.expect(kAuth, 200, token()).expect(kPeople, status, failure(0));
  const auto account = world.connect();
  REQUIRE_FALSE(account.ok());
  CHECK(account.error().status == Status::invalid_setting);
  CHECK(account.error().setting == "email");
}

TEST_CASE("a failed connect leaves the provider disconnected", "[connect]") {
  Harness world;
  world.beConnected();
  CHECK_FALSE(world.locks().empty());
  world.script.expect(kPeople, 200, list({erika(), employee("4712", kEmail, kFullTime)}));
  REQUIRE_FALSE(world.connect().ok());
  CHECK(world.locks().empty());
  const auto absences = world.absences("2026-07-01", "2026-07-31");
  REQUIRE_FALSE(absences.ok());
  CHECK(absences.error().status == Status::not_connected);
  CHECK(world.schedule().error().status == Status::not_connected);
  CHECK(world.balances().error().status == Status::not_connected);
}

TEST_CASE("an invalid setting is reported before anything is sent", "[connect]") {
  Harness world;
  Settings settings = world.settings();
  settings["email"] = "nobody";
  const auto account = world.provider->connect(settings, world.call());
  REQUIRE_FALSE(account.ok());
  CHECK(account.error().setting == "email");
  CHECK(world.script.seen().empty());
}

TEST_CASE("the transport uses the address and the authority of the settings", "[connect]") {
  Harness world;
  Settings settings = world.settings();
  settings["base_url"] = "https://proxy.example.com";
  settings["ca_file"] = "/etc/proxy.pem";
  world.script.expect(kAuth, 200, token()).expect(kPeople, 200, list({erika()}));
  REQUIRE(world.provider->connect(settings, world.call()).ok());
  CHECK(world.options.base_url == "https://proxy.example.com");
  CHECK(world.options.ca_file == "/etc/proxy.pem");
}
