// What users can rely on while connected and after disconnecting.
#include "support/catch.h"
#include "support/certificates.h"
#include "support/host_user.h"

using namespace roots;
using namespace roots::test;
using kit::JsonView;

namespace {

JsonView dayOf(const kit::JsonDocument &timeline, const std::string &date) {
  const JsonView days = timeline.root()["days"];
  for (std::size_t index = 0; index < days.size(); ++index)
    if (days.at(index)["date"].asText() == date) return days.at(index);
  FAIL("no day " << date);
  return {};
}

std::vector<std::string> timelineWords(const std::string &from, const std::string &to) {
  return {"timeline", "--from", from, "--to", to};
}

}  // namespace

TEST_CASE("while connected, days have Personio's schedule and absences, and Moco's holidays and entries",
          "[end-to-end]") {
  const HostUser user;
  user.connectAll();
  const auto week = user.typeJson(timelineWords("2026-07-06", "2026-07-17"));
  CHECK(week.root()["from"].asText() == "2026-07-06");
  CHECK(week.root()["stale_since"].kind() == kit::JsonKind::null);
  const JsonView vacation = dayOf(week, "2026-07-08");
  CHECK(vacation["scheduled_minutes"].asInteger() == 450);
  CHECK(vacation["target_minutes"].asInteger() == 0);
  REQUIRE(vacation["absences"].size() == 1);
  CHECK(vacation["absences"].at(0)["kind"].asText() == "vacation");
  CHECK(vacation["absences"].at(0)["label"].asText() == "Urlaub");
  CHECK(vacation["absences"].at(0)["source"].asText() == "roots.personio");
  CHECK(vacation["absences"].at(0)["reduces_target"].asFlag() == true);
  const JsonView worked = dayOf(week, "2026-07-13");
  CHECK(worked["booked_minutes"].asInteger() == 210);
  CHECK(worked["balance_minutes"].asInteger() == 210 - 480);
  CHECK(worked["entries"].at(0)["customer"].asText() == "Sample GmbH");
  const JsonView holiday = dayOf(week, "2026-07-14");
  CHECK(holiday["target_minutes"].asInteger() == 0);
  CHECK(holiday["holidays"].at(0)["name"].asText() == "Betriebsjubiläum");
  CHECK(dayOf(week, "2026-07-17")["target_minutes"].asInteger() == 255);
}

TEST_CASE("while connected, edits by hand are refused with the reason and the provider's name",
          "[end-to-end]") {
  const HostUser user;
  user.connectAll();
  const auto hours = user.type({"settings", "set", "weekday-hours", "1 1 1 1 1 0 0"});
  CHECK(hours.exit_code == 3);
  CHECK(hours.err ==
        "Weekly hours are locked by Personio: Synced from Personio. Disconnect to edit manually.\n");
  const auto add = user.typeJson(
      {"absences", "add", "--type", "vacation", "--from", "2026-07-20", "--to", "2026-07-20"}, "", 3);
  CHECK(add.root()["error"]["status"].asText() == "locked");
  CHECK(add.root()["error"]["setting"].asText() == "absences");
  CHECK(user.type({"absences", "remove", "manual-1"}).exit_code == 3);
}

TEST_CASE("disconnecting restores hours and absences exactly", "[end-to-end]") {
  const HostUser user;
  REQUIRE(user.type({"settings", "set", "weekday-hours", "7:30 7 6.5 5 4 1 0"}).exit_code == 0);
  REQUIRE(user.type({"absences", "add", "--type", "sick", "--from", "2026-07-15", "--to", "2026-07-15",
                     "--half", "second", "--note", "x"})
              .exit_code == 0);
  const std::string hours_before = user.type({"settings", "show"}).out;
  const std::string absences_before = user.type({"absences", "list"}).out;
  const std::string day_before = user.type({"explain", "2026-07-15"}).out;
  user.connectAll();
  CHECK(user.type({"explain", "2026-07-15"}).out == "7:30 planned = 7:30\n");
  REQUIRE(user.type({"disconnect", "roots.personio"}).exit_code == 0);
  CHECK(user.type({"settings", "show"}).out == hours_before);
  CHECK(user.type({"absences", "list"}).out == absences_before);
  CHECK(user.type({"explain", "2026-07-15"}).out == day_before);
  CHECK(user.type({"settings", "set", "weekday-hours", "8 8 8 8 8 0 0"}).exit_code == 0);
}

TEST_CASE("defect 52: after disconnecting, no data of the provider is left on disk", "[end-to-end]") {
  const HostUser user;
  user.connectAll();
  CHECK(contentOf(user.home() / "context.json").find("Urlaub") != std::string::npos);
  REQUIRE(user.type({"disconnect", "roots.personio"}).exit_code == 0);
  for (const char *file : {"settings.json", "secrets.json", "context.json"}) {
    const std::string content = contentOf(user.home() / file);
    for (const char *trace : {"Urlaub", "Nele.Muster", "papi-", "4711"}) {
      INFO(file << ": " << trace);
      CHECK(content.find(trace) == std::string::npos);
    }
  }
}

TEST_CASE("disconnecting an unknown plugin does not affect other secrets", "[end-to-end]") {
  HostUser user;
  user.connectAll();
  for (const char *id : {"moco", "no.such"}) CHECK(user.type({"disconnect", id}).exit_code == 5);
  CHECK(user.type({"sync"}).exit_code == 0);
}

TEST_CASE("a file that is specified with a relative path is found from other folders", "[end-to-end]") {
  HostUser user;
  user.enable();
  const Authority authority;
  const std::string relative = std::filesystem::relative(authority.file()).string();
  REQUIRE(user.connect({{"ca_file", relative}}).exit_code == 0);
  const auto settings = kit::JsonDocument::parse(contentOf(user.home() / "settings.json"));
  REQUIRE(settings.ok());
  const std::string kept = settings->root()["connections"].at(0)["settings"]["ca_file"].textOrEmpty();
  CHECK(std::filesystem::path(kept).is_absolute());
  CHECK(std::filesystem::equivalent(kept, authority.file()));
}

TEST_CASE("defects 3 and 5: connecting takes two requests cold and one warm, for any size of the company",
          "[end-to-end]") {
  const bool large = GENERATE(false, true);
  HostUser user(large ? sandbox::builtinScenario(std::chrono::year(2026) / 7 / 15) : sandbox::small());
  user.enable();
  REQUIRE(user.connect().exit_code == 0);
  CHECK(user.asked("POST /v2/auth/token") == 1);
  CHECK(user.asked("GET /v1/company/employees") == 1);
  CHECK(user.asked("GET /v1/company/employees/{id}") == 0);
  user.services().forgetRequests();
  REQUIRE(user.type({"sync"}).exit_code == 0);  // a new process with the stored token
  CHECK(user.asked("POST /v2/auth/token") == 0);
  CHECK(user.asked("GET /v1/company/employees") == 1);
  CHECK(user.asked("GET /v2/absence-periods/{id}/breakdowns") == 0);  // the hours were stored as well
  CHECK(user.services().requests().size() <= 6);
  CHECK(user.services().complaints().empty());
}

TEST_CASE("defect 29: absences are available immediately after connecting", "[end-to-end]") {
  HostUser user;
  user.connectAll();
  user.services().forgetRequests();
  CHECK(user.type({"explain", "2026-07-06"}).out == "8:00 planned − 8:00 vacation (Personio) = 0:00\n");
  CHECK(user.services().requests().empty());
}

TEST_CASE("defects 21, 22 and 24: every month keeps its absences, whichever was shown last", "[end-to-end]") {
  HostUser user;
  user.connectAll();
  REQUIRE(user.type({"calendar", "--month", "2026-01"}).exit_code == 0);
  const auto july = user.typeJson({"calendar", "--month", "2026-07"});
  CHECK(dayOf(july, "2026-07-06")["target_minutes"].asInteger() == 0);
  const auto boundary = user.typeJson(timelineWords("2026-06-29", "2026-07-06"));
  CHECK(dayOf(boundary, "2026-07-06")["target_minutes"].asInteger() == 0);
}

TEST_CASE("defects 30, 32 and 47: a sync brings approvals, cancellations and a new schedule",
          "[end-to-end]") {
  HostUser user;
  user.connectAll();
  user.services().change([](sandbox::Scenario &scenario) {
    scenario.personio.time_offs.front().first = std::chrono::year(2026) / 7 / 8;
    scenario.personio.employees.front().work_schedule->minutes = {360, 360, 360, 360, 360, 0, 0};
  });
  REQUIRE(user.type({"sync"}).exit_code == 0);
  CHECK(user.type({"explain", "2026-07-06"}).out == "8:00 planned = 8:00\n");  // the past is unchanged
  CHECK(user.type({"explain", "2026-07-16"}).out == "6:00 planned = 6:00\n");
}

TEST_CASE("if a service is unavailable, the last known data is shown with its age", "[end-to-end]") {
  HostUser user;
  user.connectAll();
  sandbox::Fault down;
  down.server = "personio";
  down.endpoint = "*";
  down.times = 0;
  down.status = 503;
  user.fault(down);
  REQUIRE(user.type({"connect", "roots.personio"}).exit_code == 2);  // secrets need a terminal
  const auto sync = user.typeJson({"sync"}, "", 6);
  CHECK(sync.root()["error"]["status"].asText() == "try_later");
  const auto week = user.typeJson(timelineWords("2026-07-06", "2026-07-12"));
  CHECK(dayOf(week, "2026-07-06")["target_minutes"].asInteger() == 0);
  CHECK(week.root()["stale_since"].isText());
  CHECK(user.type({"settings", "set", "weekday-hours", "8 8 8 8 8 0 0"}).exit_code == 3);  // defect 51
  const auto status = user.typeJson({"status"});
  CHECK(status.root()["connections"].at(0)["state"].asText() == "failing");
}

TEST_CASE("the balance is Personio's own number", "[end-to-end]") {
  const HostUser user;
  user.connectAll();
  CHECK(user.type({"balance"}).out.find("9.83 days left, planned leave deducted") != std::string::npos);
  const auto balance = user.typeJson({"balance"});
  CHECK(balance.root()["balances"].at(0)["available"].asHundredths() == 983);
}

TEST_CASE("a month without absences states which ones are imported", "[end-to-end]") {
  const HostUser user;
  user.connectAll();
  const std::string hint =
      "Absences not showing? Only approved absences in the requested period are imported. After an approval, "
      "run sync.";
  CHECK(user.type({"calendar", "--month", "2026-08"}).out.find(hint) != std::string::npos);
  CHECK(user.type({"calendar", "--month", "2026-07"}).out.find(hint) == std::string::npos);
}

TEST_CASE("a preview shows what connecting would make read-only, and changes nothing", "[end-to-end]") {
  const HostUser user;
  REQUIRE(user.type({"settings", "set", "weekday-hours", "7 7 7 7 7 0 0"}).exit_code == 0);
  REQUIRE(user.type({"absences", "add", "--type", "vacation", "--from", "2026-07-15", "--to", "2026-07-15"})
              .exit_code == 0);
  user.enable();
  const std::string settings_before = user.type({"settings", "show"}).out;
  const std::string status_before = user.type({"status"}).out;

  std::vector<std::string> words = user.connectWords();
  words.emplace_back("--preview");
  const std::string secret = HostUser::secretLine();
  const auto preview = user.typeJson(words, secret);
  CHECK(preview.root()["state"].asText() == "preview");
  CHECK(preview.root()["account"]["name"].asText() == "Nele Muster");
  CHECK(preview.root()["locks"].size() == 2);
  CHECK(preview.root()["weekday_minutes"].at(0).asInteger() == 480);
  CHECK(preview.root()["manual_weekday_minutes"].at(0).asInteger() == 420);
  CHECK(preview.root()["manual_absence_count"].asInteger() == 1);
  const std::string text = user.type(words, secret).out;
  CHECK(text.find("Nothing is changed yet.") != std::string::npos);
  CHECK(text.find("By hand they are      Mon 7:00") != std::string::npos);
  CHECK(text.find("1 absences entered by hand would be kept") == std::string::npos);
  CHECK(text.find("1 absence entered by hand would be kept but not applied") != std::string::npos);

  CHECK(user.type({"settings", "show"}).out == settings_before);
  CHECK(user.type({"status"}).out == status_before);
  user.connectAll();
  const auto connected = user.typeJson({"settings", "show"});
  for (std::size_t day = 0; day < 7; ++day)
    CHECK(connected.root()["weekday_minutes"].at(day).asInteger() ==
          preview.root()["weekday_minutes"].at(day).asInteger());
}

TEST_CASE("days show each deduction from the target and the source of its name", "[end-to-end]") {
  const HostUser user;
  user.connectAll();
  const auto month = user.typeJson({"calendar", "--month", "2026-07"});
  CHECK(month.root()["sources"]["roots.personio"].asText() == "Personio");
  CHECK(month.root()["as_of"].asText().has_value());
  const JsonView vacation = dayOf(month, "2026-07-08");
  REQUIRE(vacation["reductions"].size() == 1);
  CHECK(vacation["reductions"].at(0)["cause"].asText() == "absence");
  CHECK(vacation["reductions"].at(0)["index"].asInteger() == 0);
  CHECK(vacation["reductions"].at(0)["minutes"].asInteger() == 450);
  const JsonView holiday = dayOf(month, "2026-07-14");
  CHECK(holiday["reductions"].at(0)["cause"].asText() == "public_holiday");
}
