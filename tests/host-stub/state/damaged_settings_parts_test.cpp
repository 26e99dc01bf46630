// Readable parts of damaged settings stay in effect, and unreadable ones are named.
#include "damaged_settings.h"

using namespace roots;
using namespace roots::host;
using namespace roots::host::damage;

TEST_CASE("an unreadable part of the settings is named and does not affect the other parts",
          "[settings][damage]") {
  struct Case {
    const char *from;
    const char *to;
    const char *lost;
    bool (*is_lost)(const HostSettings &settings);
  };
  const HostSettings usual;
  const std::vector<Case> cases{
      {"450,", "\"x\",", "weekly hours by hand",
       [](const HostSettings &s) { return s.weekday_minutes[0] == 480; }},
      {"\"weeks\"", "\"week\"", "weeks in rotation", [](const HostSettings &s) { return !s.rotation; }},
      {"\"from\": \"2026-07-08\"", "\"from\": 8", "some absences by hand",
       [](const HostSettings &s) { return s.absences.size() == 1 && s.absences[0].id == "manual-1"; }},
      {"\"absences\": [", "\"absences\": 1, \"were\": [", "absences by hand",
       [](const HostSettings &s) { return s.absences.empty(); }},
      {"\"effect\": \"work_elsewhere\"", "\"effect\": 1", "decisions on types of absence",
       [](const HostSettings &s) { return s.type_answers.empty(); }},
      {"\"isolated\": true", "\"isolated\": \"maybe\"", "some enabled plugins",
       [](const HostSettings &s) { return s.plugins.size() == 1 && s.plugins[0].id == "example.larkspur"; }},
      {"\"failed_connects\": [", "\"failed_connects\": {}, \"were\": [", "failed attempts to connect",
       [](const HostSettings &s) { return s.failed_connects.empty(); }},
      {"\"domain\": \"example\"", "\"domain\": [\"example\"]", "connection to Moco",
       [](const HostSettings &s) { return s.moco && s.moco->is_lost; }},
      {"\"secret_set\": \"moco\"", "\"secret_set\": 7", "connection to Moco",
       [](const HostSettings &s) { return s.moco && s.moco->is_lost; }},
      {"\"moco\": {", "\"moco\": 5, \"was\": {", "connection to Moco",
       [](const HostSettings &s) { return s.moco && s.moco->is_lost; }},
      {"\"secret_set\": \"roots.personio#2\"", "\"secret_set\": 2", "connection of roots.personio",
       [](const HostSettings &s) { return s.connections.at(0).is_lost; }},
      {"\"locks\": [", "\"locks\": 0, \"were\": [", "connection of roots.personio",
       [](const HostSettings &s) { return s.connections.at(0).is_lost; }},
      {"\"setting\": \"absences\"", "\"setting\": null", "connection of roots.personio",
       [](const HostSettings &s) { return s.connections.at(0).is_lost; }},
      {"\"email\": \"nele@example.com\"", "\"email\": 1", "connection of roots.personio",
       [](const HostSettings &s) {
         return s.connections.at(0).is_lost && s.connections.at(0).plugin_name == "Personio";
       }},
      {"\"plugin\": \"roots.personio\",\n      \"name\": \"Personio\"", "\"plugin\": 1", "a connection",
       [](const HostSettings &s) { return s.connections.at(0).is_lost; }},
      {"\"connections\": [", "\"connections\": \"\", \"were\": [", "connections",
       [](const HostSettings &s) { return s.connections.at(0).is_lost; }},
      {"\"connections\": [", "\"Connections\": [", "connections",
       [](const HostSettings &s) { return s.connections.at(0).is_lost; }},
  };
  for (const Case &each : cases) {
    INFO(each.from << " -> " << each.to);
    const TemporaryFolder home;
    fill(home);
    const std::string damaged = replaced(contentOf(fileOf(home)), each.from, each.to);
    write(home, damaged);
    const auto seen = Stores::open(home.path());
    REQUIRE(seen.ok());
    INFO(seen->settingsDamage());
    CHECK(contains(seen->settingsDamage(), std::string(": ") + each.lost));
    CHECK(each.is_lost(seen->settings.get()));
    const Stores stores = openedToChange(home);
    REQUIRE(stores.reports.size() == 1);
    CHECK(contentOf(fileOf(home).string() + ".damaged") == damaged);
    const Stores again = openedToChange(home);
    CHECK(again.reports.empty());
    for (const Stores *each_time : {&stores, &again}) {
      const HostSettings &settings = each_time->settings.get();
      CHECK(each.is_lost(settings));
      // All other parts are unchanged.
      const std::string lost = each.lost;
      if (lost != "weekly hours by hand") CHECK(settings.weekday_minutes[0] == 450);
      if (lost != "weeks in rotation") CHECK(settings.rotation.has_value());
      if (!contains(lost, "absences by hand")) CHECK(settings.absences.size() == 2);
      if (!contains(lost, "plugins")) CHECK(settings.plugins.size() == 2);
      REQUIRE(settings.connections.size() == 1);
      if (!contains(lost, "connection") || contains(lost, "Moco"))
        CHECK(settings.connections[0].secretSet() == "roots.personio#2");
      REQUIRE(settings.moco);
      CHECK(settings.moco->is_lost == contains(lost, "Moco"));
      CHECK(each_time->settings.lockOn("absences").has_value());
      requireNothingIsLost(home);
    }
  }
}

TEST_CASE("a readable connection is not treated as lost, whatever else is damaged", "[settings][damage]") {
  const TemporaryFolder home;
  fill(home);
  write(home, replaced(contentOf(fileOf(home)), "\"connections\": [", "\"connections\": [5, "));
  const Stores stores = openedToChange(home);
  CHECK(stores.settings.get().connections.size() == 1);
  CHECK_FALSE(stores.settings.get().connections[0].is_lost);
  CHECK(stores.settings.get().connections[0].locks.at(0).reason == "Personio decides.");
  CHECK_FALSE(stores.settings.lockOn("weekday_hours"));
  requireNothingIsLost(home);
}
