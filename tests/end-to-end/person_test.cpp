// The connected person, and what still works if Personio no longer shows the profile.
#include "check/loopback_service.h"
#include "support/catch.h"
#include "support/folders.h"
#include "support/host_user.h"
#include "support/text_search.h"

using namespace roots;
using namespace roots::test;

TEST_CASE("without readable names, the connection shows the email", "[end-to-end][person]") {
  const HostUser user(smallWith([](sandbox::Scenario &scenario) {
    auto &readable = scenario.personio.credentials.front().readable_attributes;
    readable.erase("first_name");
    readable.erase("last_name");
  }));
  user.enable();
  const auto connected = user.connect();
  REQUIRE(connected.exit_code == 0);
  CHECK(contains(connected.out, "Connected to Personio as Nele.Muster@example.com."));
  CHECK(contains(user.type({"status"}).out, "connected, Nele.Muster@example.com\n"));
}

TEST_CASE("the message for an account without a name omits \"as\"", "[end-to-end][person]") {
  const TemporaryFolder folder;
  const std::filesystem::path source = std::filesystem::path(sourceFolder()) / "sdk" / "template";
  std::string replies = contentOf(source / "replies.json");
  const std::string name = "\"Robin Beispiel\"";
  REQUIRE(contains(replies, name));
  folder.write("replies.json", replies.replace(replies.find(name), name.size(), "\"\""));
  std::string manifest = contentOf(source / "manifest.json");
  manifest.replace(manifest.find("example.larkspur"), 16, "example.broken");
  folder.write("plugins/example.broken/manifest.json", manifest);
  std::filesystem::copy(std::filesystem::path(buildFolder()) / "broken-plugins" / "takes_reversed_range.so",
                        folder.path() / "plugins" / "example.broken" / "liblarkspur.so");
  const check::LoopbackService service(*check::readReplies(folder.path() / "replies.json"));
  const auto type = [&](std::vector<std::string> words) {
    words.insert(words.begin(),
                 {hostBuild() + "/bin/roots-host-stub", "--home", (folder.path() / "home").string(),
                  "--plugins", (folder.path() / "plugins").string(), "--today", "2026-07-08"});
    ProcessOptions options;
    options.input = "api_key=a-key-that-is-secret\n";
    return run(words, options);
  };
  REQUIRE(type({"plugins", "enable", "example.broken"}).exit_code == 0);
  const std::vector<std::string> connect{"connect", "example.broken", "--setting",
                                         "base_url=" + service.address(), "--secrets-from-stdin"};
  auto preview = connect;
  preview.emplace_back("--preview");
  CHECK(contains(type(preview).out, " accepts the credentials. Nothing is changed yet."));
  const auto connected = type(connect);
  CHECK(connected.exit_code == 0);
  CHECK(contains(connected.out, "Connected to "));
  CHECK_FALSE(contains(connected.out, " as "));
  CHECK(contains(type({"status"}).out, "): connected\n"));
}

TEST_CASE("notices about the profile while connecting are shown", "[end-to-end][person]") {
  const HostUser user(smallWith(
      [](sandbox::Scenario &scenario) { scenario.personio.employees.front().status = "inactive"; }));
  user.enable();
  CHECK(contains(user.connect().out, "inactive"));
  CHECK(contains(user.type({"status"}).out, "inactive"));
}

TEST_CASE("a profile that can no longer be read affects neither absences nor balances",
          "[end-to-end][person]") {
  HostUser user;
  user.connectAll();
  const std::vector<std::string> week{"timeline", "--from", "2026-07-06", "--to", "2026-07-10"};
  const std::string before = user.type(week).out;
  sandbox::Fault gone;
  gone.server = "personio";
  gone.endpoint = "GET /v1/company/employees";
  gone.times = 0;
  gone.status = 410;
  gone.body = "";
  user.fault(gone);
  const auto sync = user.type({"sync"});
  CHECK(sync.exit_code != 0);
  CHECK(contains(sync.err + sync.out, "GET /v1/company/employees (HTTP 410)"));
  const auto status = user.typeJson({"status"});
  const auto connection = status.root()["connections"].at(0);
  CHECK(connection["state"].asText() == "connected");
  CHECK(connection["locks"].size() == 2);
  CHECK(user.type({"settings", "set", "weekday-hours", "1 1 1 1 1 0 0"}).exit_code == 3);
  const auto shown = user.typeJson(week);
  const auto wednesday = shown.root()["days"].at(2);
  CHECK(wednesday["scheduled_minutes"].asInteger() == 450);
  CHECK(wednesday["absences"].at(0)["kind"].asText() == "vacation");
  CHECK(contains(before, "Vacation"));
}

TEST_CASE("a balance with an unknown unit is listed", "[end-to-end][person]") {
  const HostUser user(smallWith([](sandbox::Scenario &scenario) {
    for (auto &type : scenario.personio.time_off_types) type.listed = false;
  }));
  user.enable();
  REQUIRE(user.connect().exit_code == 0);
  const auto balance = user.type({"balance"});
  CHECK_FALSE(contains(balance.out, "holds no balance"));
  CHECK(contains(balance.out, "not whether it counts days or hours"));
  const auto json = user.typeJson({"balance"});
  REQUIRE(json.root()["balances"].size() > 0);
  CHECK(json.root()["balances"].at(0)["unit"].kind() == kit::JsonKind::null);
  CHECK(json.root()["balances"].at(0)["available"].kind() == kit::JsonKind::null);
}
