// The user's own settings beside the provider: weeks in rotation, and the effect of types of absence.
#include "support/catch.h"
#include "support/host_user.h"

using namespace roots;
using namespace roots::test;

namespace {

const std::vector<std::string> kRotation{"rotation", "set",           "--from", "2026-07-07",
                                         "--week",   "8 8 8 8 8 0 0", "--week", "8 8 7:30 8 0 0 0"};

std::string explain(const HostUser &user, const std::string &date) {
  return user.type({"explain", date}).out;
}

// Without an absence, the parental leave of small() is unknown; adds a type without a known category.
sandbox::Scenario withUnknownType() {
  sandbox::Scenario scenario = sandbox::small();
  scenario.personio.time_off_types.push_back(
      {900, "Sabbat-Projekt", "", sandbox::TimeOffType::Unit::day, true});
  sandbox::TimeOff row;
  row.id = 2;
  row.employee_id = 4711;
  row.type_id = 900;
  row.first = std::chrono::year(2026) / 7 / 15;
  row.last = row.first;
  row.days_hundredths = 100;
  scenario.personio.time_offs.push_back(row);
  return scenario;
}

}  // namespace

TEST_CASE("weeks in rotation are shown beside Personio's single week and marked as the user's",
          "[end-to-end]") {
  const HostUser user;
  user.connectAll();
  REQUIRE(user.type(kRotation).exit_code == 0);
  CHECK(explain(user, "2026-07-03") == "4:15 planned = 4:15\n");  // an earlier Friday
  CHECK(explain(user, "2026-07-17") == "0:00 planned (weeks in rotation, entered by you) = 0:00\n");
  CHECK(explain(user, "2026-07-24") == "8:00 planned (weeks in rotation, entered by you) = 8:00\n");
  CHECK(explain(user, "2026-07-06").find("− 8:00 vacation (Personio) = 0:00") != std::string::npos);
  const auto timeline = user.typeJson({"timeline", "--from", "2026-07-17", "--to", "2026-07-17"});
  CHECK(timeline.root()["days"].at(0)["scheduled_by_rotation"].asFlag() == true);

  const auto shown = user.type({"settings", "show"}).out;
  CHECK(shown.find("In rotation from 2026-07-06, entered by you") != std::string::npos);
  CHECK(shown.find("On average 35:45 a week; the contract says 35:45") == std::string::npos);
  CHECK(user.typeJson({"settings", "show"}).root()["rotation"]["weeks"].size() == 2);

  REQUIRE(user.type({"disconnect", "roots.personio"}).exit_code == 0);
  CHECK(explain(user, "2026-07-17") == "0:00 planned (weeks in rotation, entered by you) = 0:00\n");
  REQUIRE(user.type({"rotation", "off"}).exit_code == 0);
  CHECK(explain(user, "2026-07-17") == "8:00 planned = 8:00\n");
}

TEST_CASE("a rotation that differs from the contract is reported, not corrected", "[end-to-end]") {
  const HostUser user;
  user.connectAll();
  const auto set = user.type(
      {"rotation", "set", "--from", "2026-07-06", "--week", "8 8 8 8 8 0 0", "--week", "8 8 8 8 0 0 0"});
  CHECK(set.out.find("On average 36:00 a week; the contract says 35:45.") != std::string::npos);
  CHECK(explain(user, "2026-07-24") == "8:00 planned (weeks in rotation, entered by you) = 8:00\n");
}

TEST_CASE("an invalid rotation is refused with the reason, and nothing changes", "[end-to-end]") {
  const HostUser user;
  REQUIRE(user.type(kRotation).exit_code == 0);
  const auto before = user.type({"settings", "show"}).out;
  const std::string week = "8 8 8 8 8 0 0";
  for (const auto &words : std::vector<std::vector<std::string>>{
           {"--from", "2026-07-06", "--week", week},
           {"--from", "2026-07-06", "--week", week, "--week", week, "--week", week, "--week", week, "--week",
            week},
           {"--week", week, "--week", week},
           {"--from", "2026-02-30", "--week", week, "--week", week},
           {"--from", "2026-07-06", "--week", week, "--week", "25 0 0 0 0 0 0"}}) {
    std::vector<std::string> command{"rotation", "set"};
    command.insert(command.end(), words.begin(), words.end());
    const auto refused = user.type(command);
    CHECK(refused.exit_code == 2);
    CHECK_FALSE(refused.err.empty());
  }
  CHECK(user.type({"settings", "show"}).out == before);
}

TEST_CASE("an unknown type counts as time off until the user decides otherwise, and the decision is stored",
          "[end-to-end]") {
  HostUser user(withUnknownType());
  user.connectAll();
  CHECK(user.type({"status"}).out.find("To change its effect, use the list of absence types.") !=
        std::string::npos);
  CHECK(explain(user, "2026-07-15") == "7:30 planned − 7:30 Sabbat-Projekt (Personio) = 0:00\n");
  CHECK(user.type({"types", "list"}).out ==
        "Sabbat-Projekt  (Other, Personio): time off\nUrlaub  (Vacation, Personio): time off\n");

  const auto set = user.type({"types", "set", "Sabbat-Projekt", "work_elsewhere"});
  CHECK(set.exit_code == 0);
  CHECK(set.out.find("Sabbat-Projekt  (Other, Personio): work elsewhere, changes nothing, as you decided") !=
        std::string::npos);
  CHECK(explain(user, "2026-07-15") ==
        "7:30 planned = 7:30; Sabbat-Projekt (Personio, as you decided) changes nothing\n");
  REQUIRE(user.type({"sync"}).exit_code == 0);
  CHECK(user.type({"status"}).out.find("An absence type is of no known") ==
        std::string::npos);  // reported once
  const auto types = user.typeJson({"types", "list"});
  CHECK(types.root()["types"].at(0)["effect"].asText() == "work_elsewhere");
  CHECK(types.root()["types"].at(0)["effect_is_answer"].asFlag() == true);

  REQUIRE(user.type({"types", "set", "Sabbat-Projekt", "auto"}).exit_code == 0);
  CHECK(explain(user, "2026-07-15") == "7:30 planned − 7:30 Sabbat-Projekt (Personio) = 0:00\n");
}

TEST_CASE("a different count of Personio is reported with both numbers, and nothing is corrected",
          "[end-to-end]") {
  const std::string api = GENERATE("v1", "v2");
  sandbox::Scenario scenario = sandbox::small();
  scenario.personio.time_offs.front().days_hundredths = 400;  // Personio knows a holiday that Moco does not
  HostUser user(scenario);
  user.enable();
  REQUIRE(user.connect({{"absence_api", api}}).exit_code == 0);
  REQUIRE(user.type({"moco", "connect", "--domain", "example", "--base-url", user.services().mocoUrl(),
                     "--secrets-from-stdin"},
                    "api_key=moco-key-of-the-sandbox\n")
              .exit_code == 0);
  const auto explained = user.type({"explain", "2026-07-07"});
  CHECK(explained.out == "8:00 planned − 8:00 vacation (Personio) = 0:00\n");
  // With v2, the sandbox counts the days of the schedule, so there is no difference.
  const std::string hint =
      "Personio counts 4 days for 2026-07-06 to 2026-07-10, this calendar 5: a holiday or the schedule "
      "differs.\n";
  CHECK(explained.err == (api == "v1" ? hint : ""));
  const bool in_calendar = user.type({"calendar"}).out.find("Personio counts 4 days") != std::string::npos;
  CHECK(in_calendar == (api == "v1"));
}

TEST_CASE("a disconnect removes decisions on types", "[end-to-end]") {
  HostUser user;
  user.connectAll();
  REQUIRE(user.type({"types", "set", "Urlaub", "compensation"}).exit_code == 0);
  REQUIRE(user.type({"disconnect", "roots.personio"}).exit_code == 0);
  user.connectAll();
  const auto types = user.typeJson({"types", "list"});
  CHECK(types.root()["types"].at(0)["effect_is_answer"].asFlag() == false);
}

TEST_CASE("a decision on an unknown type is refused", "[end-to-end]") {
  HostUser user;
  user.connectAll();
  const auto unknown = user.type({"types", "set", "Nonsense", "time_off"});
  CHECK(unknown.exit_code == 5);
  CHECK(unknown.err.find("Known types: Urlaub") != std::string::npos);
  CHECK(user.type({"types", "set", "Urlaub", "holiday"}).exit_code == 2);
}
