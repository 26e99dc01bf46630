// The host's stored state: the host reads whatever it wrote, damage to a file affects only its unreadable
// parts, and displayed data has the age of the displayed days.
#include "support/catch.h"
#include "support/host_user.h"
#include "support/json_output.h"
#include "support/text_search.h"

#include <fstream>

using namespace roots;
using namespace roots::test;

namespace {

namespace fs = std::filesystem;

void replaceIn(const fs::path &file, const std::string &from, const std::string &to) {
  std::string content = contentOf(file);
  const std::size_t at = content.find(from);
  REQUIRE(at != std::string::npos);
  content.replace(at, from.size(), to);
  std::ofstream(file) << content;
}

fs::path contextOf(const HostUser &user) { return user.home() / "context.json"; }

std::vector<fs::path> setAsideIn(const fs::path &home) {
  std::vector<fs::path> files;
  for (const auto &entry : fs::directory_iterator(home))
    if (contains(entry.path().filename().string(), ".damaged")) files.push_back(entry.path());
  return files;
}

void servicesFail(HostUser &user, const std::string &server) {
  sandbox::Fault down;
  down.server = server;
  down.endpoint = "*";
  down.times = 0;
  down.status = 503;
  user.fault(down);
}

kit::JsonDocument timelineOf(const HostUser &user, const std::string &first, const std::string &last) {
  return user.typeJson({"timeline", "--from", first, "--to", last});
}

}  // namespace

TEST_CASE("the first and the last supported days can be shown, and everything works afterwards",
          "[end-to-end][state]") {
  const HostUser user;
  user.connectAll();
  for (const std::vector<std::string> &words :
       std::vector<std::vector<std::string>>{{"timeline", "--from", "9999-12-31"},
                                             {"timeline", "--to", "0001-01-01"},
                                             {"timeline", "--from", "9999-12-27", "--to", "9999-12-31"},
                                             {"calendar", "--month", "9999-12"},
                                             {"calendar", "--month", "0001-01"},
                                             {"calendar", "--ics", "--from", "9999-12-31"},
                                             {"explain", "9999-12-31"},
                                             {"explain", "0001-01-01"},
                                             {"sync", "--from", "9999-12-01", "--to", "9999-12-31"},
                                             {"status"}}) {
    INFO(words[0] + " " + (words.size() > 2 ? words[2] : ""));
    const auto result = user.type(words);
    INFO(result.out << result.err);
    CHECK(result.exit_code == 0);
    CHECK_FALSE(contains(contentOf(contextOf(user)), "10000-"));
  }
  // A week that is cut at the end of the supported dates counts as a whole.
  const auto week = user.typeJson({"timeline", "--from", "9999-12-31"});
  CHECK(week.root()["to"].asText() == "9999-12-31");
  CHECK(week.root()["notices"].size() == 0);
  CHECK(setAsideIn(user.home()).empty());
  CHECK(user.type({"disconnect", "roots.personio"}).exit_code == 0);
}

TEST_CASE("today can be the first or the last supported day", "[end-to-end][state]") {
  const HostUser user;
  user.connectAll();
  for (const char *today : {"9999-12-31", "0001-01-01"}) {
    INFO(today);
    const auto sync = user.type({"--today", today, "sync"});
    INFO(sync.err);
    CHECK(sync.exit_code == 0);
    CHECK(user.type({"--today", today, "timeline"}).exit_code == 0);
    CHECK(user.type({"--today", today, "status"}).exit_code == 0);
  }
  CHECK(user.type({"status"}).exit_code == 0);
}

TEST_CASE(
    "a damaged file of fetched data is set aside, the message names the copy, and everything else works",
    "[end-to-end][state]") {
  for (const char *damage : {"garbage", "cut", "value"}) {
    for (const char *command : {"status", "sync", "timeline", "disconnect"}) {
      INFO(damage << ", " << command);
      const HostUser user;
      user.connectAll();
      const std::string damaged_marker = "\"kind\":\"vacation\"";
      if (damage == std::string("garbage")) std::ofstream(contextOf(user)) << "garbage";
      if (damage == std::string("cut")) fs::resize_file(contextOf(user), fs::file_size(contextOf(user)) / 2);
      if (damage == std::string("value")) replaceIn(contextOf(user), damaged_marker, "\"kind\":\"holiday\"");
      const std::string damaged = contentOf(contextOf(user));

      const auto result = user.type(command == std::string("disconnect")
                                        ? std::vector<std::string>{"disconnect", "roots.personio"}
                                        : std::vector<std::string>{command});
      INFO(result.out << result.err);
      CHECK(result.exit_code == 0);
      CHECK(contains(result.err, "context.json.damaged"));
      if (command == std::string("disconnect")) {
        // The copy may contain absences: a disconnect removes it.
        CHECK(setAsideIn(user.home()).empty());
        continue;
      }
      const auto aside = setAsideIn(user.home());
      REQUIRE(aside.size() == 1);
      CHECK(contentOf(aside.front()) == damaged);
      CHECK((fs::status(aside.front()).permissions() & fs::perms(077)) == fs::perms::none);
      CHECK(contains(user.type({"status"}).out, aside.front().string()));
      CHECK(user.type({"sync"}).exit_code == 0);
      const auto week = timelineOf(user, "2026-07-06", "2026-07-06");
      CHECK(week.root()["days"].at(0)["target_minutes"].asInteger() == 0);
      CHECK(setAsideIn(user.home()).size() == 1);
      CHECK(user.type({"disconnect", "roots.personio"}).exit_code == 0);
      CHECK(setAsideIn(user.home()).empty());
    }
  }
}

TEST_CASE("readable parts of a damaged file stay in effect, above all past schedules",
          "[end-to-end][state]") {
  HostUser user;
  user.connectAll();
  user.services().change([](sandbox::Scenario &scenario) {
    scenario.personio.employees.front().work_schedule->minutes = {360, 360, 360, 360, 360, 0, 0};
  });
  REQUIRE(user.type({"sync"}).exit_code == 0);
  REQUIRE(user.type({"explain", "2026-07-03"}).out == "4:15 planned = 4:15\n");
  replaceIn(contextOf(user), "\"kind\":\"vacation\"", "\"kind\":\"holiday\"");
  const auto told = user.type({"status"});
  CHECK(contains(told.err, "absences of roots.personio"));
  CHECK(user.type({"explain", "2026-07-03"}).out == "4:15 planned = 4:15\n");
  CHECK(user.type({"explain", "2026-07-16"}).out == "6:00 planned = 6:00\n");
  // The absences are fetched again, because they are unknown.
  CHECK(contains(user.type({"explain", "2026-07-08"}).out, "vacation (Personio)"));
}

TEST_CASE("a read-only home still shows the readable parts of a damaged file", "[end-to-end][state]") {
  const HostUser user;
  user.connectAll();
  replaceIn(contextOf(user), "\"kind\":\"vacation\"", "\"kind\":\"holiday\"");
  const std::string damaged = contentOf(contextOf(user));
  fs::permissions(user.home(), fs::perms::owner_read | fs::perms::owner_exec);
  const auto status = user.type({"status"});
  fs::permissions(user.home(), fs::perms::owner_all);
  INFO(status.err);
  CHECK(status.exit_code == 0);
  CHECK(contains(status.err, "context.json"));
  if (setAsideIn(user.home()).empty()) CHECK(contentOf(contextOf(user)) == damaged);
}

TEST_CASE("a file of fetched data of a newer version is not changed", "[end-to-end][state]") {
  const HostUser user;
  user.connectAll();
  std::ofstream(contextOf(user)) << "{\"version\":99}";
  const auto result = user.type({"status"});
  CHECK(result.exit_code == 1);
  CHECK(contains(result.err, "newer version"));
  CHECK(contentOf(contextOf(user)) == "{\"version\":99}");
}

TEST_CASE("a successful fetch of other days does not make displayed days look fresh", "[end-to-end][state]") {
  HostUser user;
  user.connectAll();
  const auto before = timelineOf(user, "2026-07-13", "2026-07-19");
  REQUIRE(isNull(before.root()["stale_since"]));
  servicesFail(user, "personio");
  REQUIRE(user.type({"sync"}).exit_code == 6);
  REQUIRE(timelineOf(user, "2026-07-13", "2026-07-19").root()["stale_since"].isText());
  user.services().change([](sandbox::Scenario &scenario) { scenario.faults.clear(); });
  REQUIRE(user.type({"explain", "2026-12-24"}).exit_code == 0);

  const auto july = timelineOf(user, "2026-07-13", "2026-07-19");
  CHECK(july.root()["stale_since"].isText());
  CHECK(july.root()["notices"].size() > 0);
  CHECK(isNull(timelineOf(user, "2026-12-24", "2026-12-24").root()["stale_since"]));
  const auto status = user.typeJson({"status"});
  CHECK(status.root()["connections"].at(0)["data"]["absences"]["stale_since"].isText());
  CHECK(user.typeJson({"balance"}).root()["stale_since"].kind() == kit::JsonKind::null);

  REQUIRE(user.type({"sync"}).exit_code == 0);
  CHECK(isNull(timelineOf(user, "2026-07-13", "2026-07-19").root()["stale_since"]));
}

TEST_CASE("a failed fetch of other days does not make displayed days look stale", "[end-to-end][state]") {
  HostUser user;
  user.connectAll();
  for (const char *server : {"personio", "moco"}) servicesFail(user, server);
  (void)user.type({"explain", "2026-12-24"});
  const auto july = timelineOf(user, "2026-07-13", "2026-07-19");
  CHECK(isNull(july.root()["stale_since"]));
  CHECK(july.root()["as_of"].isText());
}

TEST_CASE("absences entered by hand have a maximum length, and the error states it", "[end-to-end][state]") {
  const HostUser user;
  const auto add = [&](const std::string &first, const std::string &last) {
    return user.type({"absences", "add", "--type", "vacation", "--from", first, "--to", last});
  };
  const auto refused = add("0001-01-01", "9999-12-31");
  CHECK(refused.exit_code == 2);
  CHECK(contains(refused.err, "ten years"));
  CHECK(add("2026-01-01", "2035-12-31").exit_code == 0);
  CHECK(add("2036-01-01", "2046-02-01").exit_code == 2);
}

TEST_CASE("negative hours are refused, also between minus one and zero", "[end-to-end][state]") {
  const HostUser user;
  for (const char *hours : {"-0:30", "-0.5", "-0", "-1", "-0,25"}) {
    INFO(hours);
    const auto set = user.type({"settings", "set", "weekday-hours", std::string("8 8 8 8 8 0 ") + hours});
    CHECK(set.exit_code == 2);
    CHECK(user.type({"rotation", "set", "--from", "2026-01-05", "--week", std::string("8 8 8 8 8 0 ") + hours,
                     "--week", "8 8 8 8 8 0 0"})
              .exit_code == 2);
  }
}
