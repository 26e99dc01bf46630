// Damage that leaves valid JSON, or no file at all, is noticed; and connections that a damaged file does not
// name any more keep their secrets and data.
#include "damaged_settings.h"

using namespace roots;
using namespace roots::host;
using namespace roots::host::damage;

namespace {

std::string secretsIn(const TemporaryFolder &home) { return contentOf(home.path() / "secrets.json"); }

void requireAllAreLost(const TemporaryFolder &home) {
  for (int round = 0; round < 3; ++round) {
    INFO("round " << round);
    const Stores stores = openedToChange(home);
    CHECK(stores.reports.size() == (round == 0 ? 1 : 0));
    REQUIRE(stores.settings.get().connections.size() == 1);
    CHECK(stores.settings.get().connections[0].is_lost);
    REQUIRE(stores.settings.get().moco);
    CHECK(stores.settings.get().moco->is_lost);
    CHECK(stores.settings.lockOn("weekday_hours").has_value());
    requireNothingIsLost(home);
  }
}

}  // namespace

TEST_CASE("a damaged file that names no connections does not end them", "[settings][damage]") {
  for (
      const char *content : {
          R"({"version":1})",
          R"({"version":1,"weekday_minutes":[480,480,480,480,480,0,0],"absences":[],"plugins":[]})",
          R"({"version":1,"weekday_minutes":[480,480,480,480,480,0],"absences":[],"plugins":[],"connections":[]})",
          R"({"version":1,"weekday_minutes":[480,480,480,480,480,0,0],"absences":[],"plugins":[7],)"
          R"("connections":[]})",
      }) {
    INFO(content);
    const TemporaryFolder home;
    fill(home);
    write(home, content);
    requireAllAreLost(home);
  }
}

TEST_CASE("a member that the host did not write, or did not leave out, is damage", "[settings][damage]") {
  struct Case {
    const char *from;
    const char *to;
    const char *lost;
  };
  for (const Case &each : std::vector<Case>{
           {"\"weekday_minutes\"", "\"weekday_minuter\"", "weekly hours by hand"},
           {"\"rotation\"", "\"rotatiom\"", "an unknown part"},
           {"\"absences\": [", "\"absencer\": [", "absences by hand"},
           {"\"types\"", "\"typer\"", "an unknown part"},
           {"\"plugins\"", "\"rlugins\"", "enabled plugins"},
           {"\"connections\"", "\"connectionr\"", "connections"},
           {"\"failed_connects\"", "\"failed_connectr\"", "an unknown part"},
           {"\"moco\": {", "\"mocp\": {", "an unknown part"},
           {"\"moco\": {", "\"moco\": null, \"mocp\": {", "connection to Moco"},
           {"\"note\"", "\"npte\"", "some absences by hand"},
           {"\"isolated\"", "\"isolatee\"", "some enabled plugins"},
           {"\"effect\"", "\"efect\": \"\", \"effect\"", "decisions on types of absence"},
           {"\"account_id\"", "\"account_ie\"", "connection of roots.personio"},
           {"\"secret_set\": \"roots", "\"secret_sev\": \"roots", "connection of roots.personio"},
           {"\"secret_set\": \"roots", "\"secret_set\": \"rootr", "connection of roots.personio"},
           {"\"setting\": \"absences\"", "\"setting\": \"absencer\"", "connection of roots.personio"},
           {"\"reason\"", "\"reasom\"", "connection of roots.personio"},
           {"\"secret_set\": \"moco\"", "\"secret_set\": \"mocp\"", "connection to Moco"},
           {"\"secret_set\": \"moco\"", "\"secret_sev\": \"moco\"", "connection to Moco"},
           {"\"user_id\"", "\"user_ie\"", "connection to Moco"},
       }) {
    INFO(each.from << " -> " << each.to);
    const TemporaryFolder home;
    fill(home);
    const std::string damaged = replaced(contentOf(fileOf(home)), each.from, each.to);
    write(home, damaged);
    CHECK(contains(Stores::open(home.path())->settingsDamage(), each.lost));
    for (int round = 0; round < 3; ++round) {
      const Stores stores = openedToChange(home);
      CHECK(stores.reports.size() == (round == 0 ? 1 : 0));
      REQUIRE(stores.settings.get().connections.size() == 1);
      CHECK(stores.settings.get().moco.has_value());
      CHECK(stores.settings.lockOn("absences").has_value());
      CHECK((contentOf(fileOf(home).string() + ".damaged") == damaged));
      requireNothingIsLost(home);
    }
  }
}

TEST_CASE("settings that former versions wrote are not damaged", "[settings][version]") {
  for (
      const char *content : {
          R"({"version":1,"weekday_minutes":[480,480,480,480,480,0,0],"absences":[],"plugins":)"
          R"([{"id":"roots.personio","sha256":"ab"}],"connections":[{"plugin":"roots.personio","name":"Personio",)"
          R"("account_id":"4711","account_name":"Nele","state":"connected","problem":"","settings":{},)"
          R"("locks":[{"setting":"absences","reason":"Personio decides."}]}],"moco":{"domain":"example",)"
          R"("base_url":"","ca_file":"","user_id":"1","user_name":"Nele","problem":""}})",
          R"({"version":1,"weekday_minutes":[480,480,480,480,480,0,0],"absences":[],"plugins":[],"connections":[]})",
      }) {
    INFO(content);
    const TemporaryFolder home;
    write(home, content);
    const auto stores = Stores::open(home.path());
    REQUIRE(stores.ok());
    CHECK(stores->settingsDamage().empty());
    CHECK(openedToChange(home).reports.empty());
  }
}

TEST_CASE("a missing settings file beside secrets or data of connections is damage", "[settings][damage]") {
  for (const std::string other : {"secrets.json", "context.json", ""}) {
    INFO(other);
    const TemporaryFolder home;
    fill(home);
    fs::remove(fileOf(home));
    if (!other.empty()) fs::remove(home.path() / other);
    const auto seen = Stores::open(home.path());
    REQUIRE(seen.ok());
    CHECK(contains(seen->settingsDamage(), fileOf(home).string() + ") is missing"));
    CHECK_FALSE(fs::exists(fileOf(home)));
    for (int round = 0; round < 3; ++round) {
      const Stores stores = openedToChange(home);
      REQUIRE(stores.reports.size() == (round == 0 ? 1 : 0));
      if (round == 0) CHECK(contains(stores.reports.front(), "is missing"));
      REQUIRE(stores.settings.get().connections.size() == 1);
      CHECK(stores.settings.get().connections[0].is_lost);
      REQUIRE(stores.settings.get().moco);
      CHECK(stores.settings.get().moco->is_lost);
    }
    if (other.empty()) requireNothingIsLost(home);
  }
}

TEST_CASE("a new home is not damaged, and secrets are stored after settings", "[settings][damage]") {
  const TemporaryFolder home;
  CHECK(Stores::open(home.path())->settingsDamage().empty());
  {
    Stores stores = openedToChange(home);
    CHECK(stores.reports.empty());
    CHECK_FALSE(fs::exists(fileOf(home)));
    // The host is killed before it can connect.
    REQUIRE(stores.addSecrets("moco", {{"api_key", "of nobody"}}).ok());
  }
  const Stores stores = openedToChange(home);
  CHECK(stores.reports.empty());
  CHECK_FALSE(stores.settings.get().moco);
  CHECK_FALSE(contains(secretsIn(home), "of nobody"));
}

TEST_CASE("former settings that name missing secrets do not remove the later ones", "[settings][damage]") {
  const TemporaryFolder home;
  fill(home);
  const std::string former = replaced(contentOf(fileOf(home)), "roots.personio#2", "roots.personio");
  {
    Stores stores = openedToChange(home);
    REQUIRE(stores.addSecrets("moco#2", {{"api_key", "later secret of moco"}}).ok());
    REQUIRE(
        stores.settings.change([](HostSettings &settings) { settings.moco->secret_set = "moco#2"; }).ok());
    REQUIRE(stores.secrets.forgetAll("moco").ok());
  }
  write(home, replaced(former, "\"4711\"", "\"4712\""));  // the account of an earlier connection
  const auto seen = Stores::open(home.path());
  REQUIRE(seen.ok());
  CHECK(seen->settings.get().connections.at(0).is_lost);
  CHECK(seen->settings.get().moco->is_lost);
  for (int round = 0; round < 3; ++round) {
    Stores stores = openedToChange(home);
    INFO("round " << round);
    const Connection &connection = stores.settings.get().connections.at(0);
    CHECK(connection.is_lost);
    CHECK(connection.state == Connection::State::needs_sign_in);
    CHECK(contains(connection.problem, "connect roots.personio"));
    CHECK(contains(connection.problem, "keys"));
    CHECK(connection.locks.at(0).reason == "Personio decides.");
    REQUIRE(stores.settings.get().moco);
    CHECK(stores.settings.get().moco->is_lost);
    CHECK(stores.settings.get().moco->domain == "example");
    if (round == 0) {
      REQUIRE(stores.reports.size() == 2);
      CHECK(contains(stores.reports[0], "Nothing was removed"));
    }
    CHECK(contains(secretsIn(home), "secret of personio"));
    CHECK(contains(secretsIn(home), "later secret of moco"));
    CHECK(contains(contentOf(home.path() / "context.json"), "4711"));
    if (round == 1) REQUIRE(stores.settings.change([](HostSettings &) {}).ok());
  }
}
