// What views and commands report while a connection or settings entered by hand cannot be read: unknown
// data is not shown as known, and nothing is reported as done that was not done.
#include "support/catch.h"
#include "support/host_user.h"
#include "support/json_output.h"
#include "support/text_search.h"

#include <fstream>

using namespace roots;
using namespace roots::test;

namespace {

namespace fs = std::filesystem;

const std::vector<std::string> kWeek{"timeline", "--from", "2026-07-13", "--to", "2026-07-19"};

// Cuts the settings in the middle, so that nothing in them can be read.
void truncateSettings(const HostUser &user) {
  const std::string whole = contentOf(user.settingsFile());
  std::ofstream(user.settingsFile()) << whole.substr(0, whole.size() / 2);
}

// Only the connection to Personio cannot be read.
void damageConnections(const HostUser &user) {
  std::string text = contentOf(user.settingsFile());
  const std::string locks = "\"locks\": [";
  const std::size_t at = text.find(locks);
  REQUIRE(at != std::string::npos);
  std::ofstream(user.settingsFile()) << text.replace(at, locks.size(), "\"locks\": 5, \"were\": [");
}

void addAbsence(const HostUser &user) {
  REQUIRE(user.type({"absences", "add", "--type", "vacation", "--from", "2026-07-20", "--to", "2026-07-20"})
              .exit_code == 0);
}

void breakPersonio(HostUser &user) {
  sandbox::Fault fault;
  fault.server = "personio";
  fault.endpoint = "*";
  fault.times = 0;
  fault.status = 503;
  fault.headers = {{"Retry-After", "3600"}};
  user.fault(fault);
}

int requestsToMoco(const HostUser &user) {
  return user.asked("GET /api/v1/activities") + user.asked("GET /api/v1/schedules");
}

}  // namespace

TEST_CASE("weekly hours of a lost connection without data are unknown", "[end-to-end][unknown][lost]") {
  const HostUser user;
  user.connectAll();
  fs::remove(user.home() / "context.json");
  truncateSettings(user);
  for (const bool is_set_aside : {false, true}) {
    INFO(is_set_aside);
    if (is_set_aside) REQUIRE(user.type({"sync"}).exit_code == 4);
    const auto settings = user.typeJson({"settings", "show"});
    CHECK(isNull(settings.root()["weekday_minutes"]));
    CHECK(settings.root()["weekday_minutes_source"].asText() == "roots.personio");
    // While the damaged file is in place, hours entered by hand are unknown as well.
    CHECK(isNull(settings.root()["manual_weekday_minutes"]) == !is_set_aside);
    const auto text = user.type({"settings", "show"}).out;
    CHECK(contains(text, "Weekly hours  unknown"));
    CHECK(contains(text, "By hand (restored on disconnect)  unknown") == !is_set_aside);
    const auto week = user.typeJson(kWeek);
    CHECK(isNull(week.root()["days"].at(0)["scheduled_minutes"]));
    CHECK(isNull(week.root()["days"].at(0)["target_minutes"]));
  }
}

TEST_CASE("unreadable absences and hours entered by hand are unknown in lists",
          "[end-to-end][unknown][lost]") {
  const HostUser user;
  addAbsence(user);
  CHECK(user.typeJson({"absences", "list"}).root()["absences_known"].asFlag() == true);
  truncateSettings(user);
  const auto list = user.type({"absences", "list"});
  CHECK(list.exit_code == 0);
  CHECK_FALSE(contains(list.out, "No absences entered by hand"));
  CHECK(contains(list.out, "Absences entered by hand are unknown"));
  CHECK(user.typeJson({"absences", "list"}).root()["absences_known"].asFlag() == false);
  const auto settings = user.typeJson({"settings", "show"});
  CHECK(isNull(settings.root()["weekday_minutes"]));
  CHECK(isNull(settings.root()["manual_weekday_minutes"]));
  CHECK(isNull(user.typeJson(kWeek).root()["days"].at(0)["scheduled_minutes"]));
}

TEST_CASE("a failed sync of a provider that never delivered is remembered with its reason",
          "[end-to-end][unknown][lost]") {
  HostUser user;
  user.connectAll();
  fs::remove(user.home() / "context.json");
  breakPersonio(user);
  const auto sync = user.type({"sync"});
  REQUIRE(sync.exit_code == 6);
  const auto week = user.typeJson(kWeek);
  INFO(noticesIn(week));
  CHECK_FALSE(contains(noticesIn(week), "has not been synced"));
  CHECK(contains(noticesIn(week), "Personio: "));
  CHECK(contains(contentOf(user.home() / "context.json"), "roots.personio"));
}

TEST_CASE("a view of a lost connection states the reason and syncs no other source",
          "[end-to-end][unknown][lost]") {
  HostUser user;
  user.connectAll();
  fs::remove(user.home() / "context.json");
  damageConnections(user);
  REQUIRE(user.type({"sync"}).exit_code == 4);
  fs::remove(user.home() / "context.json");
  REQUIRE(user.type(kWeek).exit_code == 0);  // fetches from Moco
  REQUIRE(requestsToMoco(user) > 0);
  user.services().forgetRequests();
  const std::string before = contentOf(user.home() / "context.json");
  const auto week = user.typeJson(kWeek);
  INFO(noticesIn(week));
  CHECK(contains(noticesIn(week), "Personio: The settings of this connection cannot be read"));
  CHECK_FALSE(contains(noticesIn(week), "has not been synced"));
  CHECK(requestsToMoco(user) == 0);
  CHECK(contentOf(user.home() / "context.json") == before);
  const auto file = user.type({"calendar", "--ics", "--month", "2026-07"});
  CHECK(file.exit_code == 1);
  CHECK(contains(file.err, "Personio: The settings of this connection cannot be read"));
}

TEST_CASE("connecting reports damaged settings even if it fails, and the advice works",
          "[end-to-end][state][lost]") {
  const HostUser user;
  user.connectAll();
  truncateSettings(user);
  // The list of enabled plugins cannot be read either.
  const auto refused = user.connect();
  INFO(refused.err);
  CHECK(refused.exit_code != 0);
  CHECK(contains(refused.err, "settings.json) is damaged"));
  CHECK(contains(refused.err, "plugins enable roots.personio, then connect roots.personio"));
  const auto enabled = user.type({"plugins", "enable", "roots.personio"});
  CHECK(enabled.exit_code == 0);
  CHECK_FALSE(contains(enabled.out, "still connected"));
  CHECK(contains(enabled.out, "Connect it again: connect roots.personio"));
  CHECK(user.connect().exit_code == 0);
}

TEST_CASE("disconnecting does not report unreadable settings as restored", "[end-to-end][state][lost]") {
  const HostUser user;
  addAbsence(user);
  user.connectAll();
  truncateSettings(user);
  const auto ended = user.type({"disconnect", "roots.personio"});
  INFO(ended.out);
  CHECK(ended.exit_code == 0);
  CHECK_FALSE(contains(ended.out, "absences entered by hand apply again."));
  CHECK(contains(ended.out, "could be read"));
}

TEST_CASE("with both files damaged, status does not claim that nothing can be changed",
          "[end-to-end][state][lost]") {
  const HostUser user;
  user.connectAll();
  truncateSettings(user);
  std::ofstream(user.home() / "context.json") << "garbage";
  const auto status = user.type({"status"});
  INFO(status.err);
  CHECK_FALSE(contains(status.err, "nothing can be changed"));
  CHECK(contains(status.err, "context.json) is damaged. It was not changed"));
  CHECK(contains(user.type({"sync"}).err, "context.json) was damaged. It is kept as"));
}
