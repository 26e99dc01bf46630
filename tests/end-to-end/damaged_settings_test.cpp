// A damaged settings.json: the real program reports it, continues with the readable parts, and loses
// neither keys nor locks nor data of connections.
#include "support/catch.h"
#include "support/host_user.h"
#include "support/text_search.h"

#include <fstream>
#include <functional>

using namespace roots;
using namespace roots::test;

namespace {

namespace fs = std::filesystem;

fs::path copyOf(const HostUser &user) { return user.home() / "settings.json.damaged"; }

std::string secretsOf(const HostUser &user) { return contentOf(user.home() / "secrets.json"); }

// Settings entered by hand, then everything connected.
void prepare(const HostUser &user) {
  REQUIRE(user.type({"absences", "add", "--type", "vacation", "--from", "2026-07-20", "--to", "2026-07-20"})
              .exit_code == 0);
  user.connectAll();
}

void damage(const HostUser &user, const std::string &way) {
  const std::string whole = contentOf(user.settingsFile());
  std::string damaged = "garbage";
  if (way == "empty") damaged = "";
  if (way == "cut") damaged = whole.substr(0, whole.size() / 2);
  if (way == "NUL bytes") damaged = std::string(whole.size(), '\0');
  if (way == "too large") damaged = whole + std::string(std::size_t{17} << 20U, ' ');
  if (way == "connections") damaged = replaced(whole, "\"locks\": [", "\"locks\": 5, \"were\": [");
  std::ofstream(user.settingsFile(), std::ios::binary) << damaged;
}

}  // namespace

TEST_CASE("damaged settings lose no key, lock, or data, and connecting again restores the rest",
          "[end-to-end][state][damage]") {
  for (const std::string way : {"garbage", "empty", "cut", "NUL bytes", "too large", "connections"}) {
    INFO(way);
    const HostUser user;
    prepare(user);
    damage(user, way);
    const bool moco_is_lost = way != "connections";
    const std::string damaged = contentOf(user.settingsFile());
    const std::string secrets = secretsOf(user);

    // Commands that only read change nothing.
    for (const std::vector<std::string> &words :
         std::vector<std::vector<std::string>>{{"status"},
                                               {"calendar", "--month", "2026-07"},
                                               {"calendar", "--month", "2027-03"},
                                               {"timeline"},
                                               {"settings", "show"},
                                               {"absences", "list"},
                                               {"plugins", "list"},
                                               {"balance"}}) {
      INFO(words.front());
      const auto seen = user.type(words);
      INFO(seen.out << seen.err);
      CHECK(seen.exit_code == 0);
      CHECK(countOf(seen.err, user.settingsFile().string() + ") is damaged. It was not changed") == 1);
      CHECK((contentOf(user.settingsFile()) == damaged));
      CHECK_FALSE(fs::exists(copyOf(user)));
      CHECK(secretsOf(user) == secrets);
    }
    const auto status = user.typeJson({"status"});
    CHECK(status.root()["connections"].at(0)["state"].asText() == "needs_sign_in");
    CHECK(status.root()["reports"].size() == 1);

    const auto sync = user.type({"sync"});
    INFO(sync.out << sync.err);
    CHECK(sync.exit_code == 4);
    CHECK(sync.out.empty());
    CHECK(countOf(sync.err, "was damaged. It is kept as " + copyOf(user).string() + " ") == 1);
    CHECK(contains(sync.err, "connect roots.personio"));
    CHECK((contentOf(copyOf(user)) == damaged));
    CHECK((fs::status(copyOf(user)).permissions() & fs::perms(077)) == fs::perms::none);
    const auto again = user.type({"sync"});
    CHECK(again.exit_code == 4);
    CHECK_FALSE(contains(again.err, "It is kept as"));
    CHECK(contains(secretsOf(user), HostUser::secretOfSandbox()));
    CHECK(contains(secretsOf(user), "moco-key-of-the-sandbox"));

    // Fetched data is still shown, and settings that Personio may own stay locked.
    CHECK(contains(user.type({"explain", "2026-07-08"}).out, "vacation"));
    const auto locked = user.type({"settings", "set", "weekday-hours", "8 8 8 8 8 0 0"});
    CHECK(locked.exit_code == 3);
    CHECK(
        contains(locked.err, "settings.json was damaged, so it is not known whether this provider decides"));
    CHECK(contains(user.type({"status"}).out, copyOf(user).string()));

    user.connectAll();
    CHECK(user.type({"sync"}).exit_code == 0);
    CHECK(countOf(secretsOf(user), HostUser::secretOfSandbox()) == 1);
    CHECK(countOf(secretsOf(user), "moco-key-of-the-sandbox") == 1);
    const auto settled = user.typeJson({"status"});
    CHECK(settled.root()["connections"].size() == 1);
    CHECK(settled.root()["connections"].at(0)["state"].asText() == "connected");
    CHECK(contains(user.type({"settings", "show"}).out, "Personio"));
    CHECK_FALSE(contains(user.type({"settings", "show"}).out, "damaged"));

    const auto ended = user.type({"disconnect", "roots.personio"});
    INFO(ended.out << ended.err);
    CHECK(ended.exit_code == 0);
    CHECK(contains(ended.err, copyOf(user).string()));
    CHECK_FALSE(contains(secretsOf(user), HostUser::secretOfSandbox()));
    CHECK(fs::exists(copyOf(user)));
    CHECK(user.type({"settings", "set", "weekday-hours", "8 8 8 8 8 0 0"}).exit_code == 0);
    CHECK(contains(user.type({"absences", "list"}).out, "2026-07-20") == !moco_is_lost);
  }
}

TEST_CASE("a connection that damaged settings no longer describe can be disconnected",
          "[end-to-end][state][damage]") {
  const HostUser user;
  prepare(user);
  damage(user, "cut");
  const auto ended = user.type({"disconnect", "roots.personio"});
  INFO(ended.out << ended.err);
  CHECK(ended.exit_code == 0);
  CHECK(countOf(ended.err, "It is kept as") == 1);
  CHECK_FALSE(contains(secretsOf(user), HostUser::secretOfSandbox()));
  CHECK(contains(secretsOf(user), "moco-key-of-the-sandbox"));
  CHECK_FALSE(contains(contentOf(user.home() / "context.json"), "Urlaub"));
  CHECK(user.type({"moco", "disconnect"}).exit_code == 0);
  CHECK_FALSE(contains(secretsOf(user), "moco-key-of-the-sandbox"));
  CHECK(user.type({"settings", "set", "weekday-hours", "8 8 8 8 8 0 0"}).exit_code == 0);
}

TEST_CASE("connecting reports damaged settings once, and a restored file takes effect again",
          "[end-to-end][state][damage]") {
  const HostUser user;
  prepare(user);
  damage(user, "connections");
  const auto connected = user.connect();
  INFO(connected.out << connected.err);
  CHECK(connected.exit_code == 0);
  CHECK(countOf(connected.err, "settings.json)") == 1);
  CHECK(contains(connected.err, "It is kept as"));

  const std::string good = contentOf(user.settingsFile());
  damage(user, "cut");
  REQUIRE(user.type({"sync"}).exit_code == 4);
  std::ofstream(user.settingsFile()) << good;
  const auto sync = user.type({"sync"});
  INFO(sync.err);
  CHECK(sync.exit_code == 0);
}

TEST_CASE("if both files are damaged, each is reported once and kept", "[end-to-end][state][damage]") {
  const HostUser user;
  prepare(user);
  damage(user, "cut");
  std::ofstream(user.home() / "context.json") << "garbage";
  const auto status = user.type({"status"});
  CHECK(status.exit_code == 0);
  CHECK(countOf(status.err, "settings.json)") == 1);
  CHECK(countOf(status.err, "context.json)") == 1);
  CHECK(contentOf(user.home() / "context.json") == "garbage");
  const auto sync = user.type({"sync"});
  CHECK(sync.exit_code == 4);
  CHECK(countOf(sync.err, "It is kept as") == 2);
  CHECK(contains(secretsOf(user), HostUser::secretOfSandbox()));
  CHECK(contains(secretsOf(user), "moco-key-of-the-sandbox"));
}

TEST_CASE("a missing settings file beside keys is reported, and no key is removed",
          "[end-to-end][state][damage]") {
  const HostUser user;
  prepare(user);
  const std::string secrets = secretsOf(user);
  fs::rename(user.settingsFile(), user.home() / "moved away");
  const auto status = user.type({"status"});
  CHECK(status.exit_code == 0);
  CHECK(countOf(status.err, user.settingsFile().string() + ") is missing") == 1);
  const auto sync = user.type({"sync"});
  INFO(sync.err);
  CHECK(sync.exit_code == 4);
  CHECK(countOf(sync.err, user.settingsFile().string() + ") is missing") == 1);
  CHECK(secretsOf(user) == secrets);
}

TEST_CASE("a former settings file does not remove later keys, and connecting again replaces them",
          "[end-to-end][state][damage]") {
  const HostUser user;
  prepare(user);
  const std::string former = contentOf(user.settingsFile());
  user.connectAll();
  const std::string secrets = secretsOf(user);
  std::ofstream(user.settingsFile()) << former;
  const auto status = user.type({"status"});
  INFO(status.out << status.err);
  CHECK(contains(status.out, "An earlier settings.json or secrets.json may have been restored"));
  const auto sync = user.type({"sync"});
  INFO(sync.err);
  CHECK(sync.exit_code == 4);
  CHECK(contains(sync.err, "Nothing was removed"));
  CHECK(secretsOf(user) == secrets);
  user.connectAll();
  CHECK(user.type({"sync"}).exit_code == 0);
  CHECK(countOf(secretsOf(user), HostUser::secretOfSandbox()) == 1);
  CHECK(countOf(secretsOf(user), "moco-key-of-the-sandbox") == 1);
}

TEST_CASE("a copy of damaged data stays when something is connected for the first time",
          "[end-to-end][state][damage]") {
  const HostUser user;
  const fs::path copy = user.home() / "context.json.damaged";
  std::ofstream(user.home() / "context.json") << "garbage";
  user.connectAll();
  CHECK(contentOf(copy) == "garbage");
  CHECK(user.type({"disconnect", "roots.personio"}).exit_code == 0);
  CHECK_FALSE(fs::exists(copy));
}

TEST_CASE("no export omits unreadable absences entered by hand", "[end-to-end][state][damage]") {
  const HostUser user;
  REQUIRE(user.type({"absences", "add", "--type", "vacation", "--from", "2026-07-20", "--to", "2026-07-20"})
              .exit_code == 0);
  REQUIRE(user.type({"calendar", "--ics", "--month", "2026-07"}).exit_code == 0);
  damage(user, "cut");
  const auto file = user.type({"calendar", "--ics", "--month", "2026-07"});
  CHECK(file.exit_code == 1);
  CHECK(file.out.empty());
  CHECK(contains(file.err, "Absences are not known from 2026-07-01 to 2026-07-31"));
  CHECK(user.typeJson({"timeline"}).root()["days"].at(0)["absences_known"].asFlag() == false);
  // Nothing was connected, so nothing is locked.
  CHECK(user.type({"settings", "set", "weekday-hours", "8 8 8 8 8 0 0"}).exit_code == 0);
  CHECK(user.type({"calendar", "--ics", "--month", "2026-07"}).exit_code == 0);
}
