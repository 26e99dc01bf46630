// Damaged settings: readable parts stay in effect, a copy is kept, and neither secrets nor locks of an
// unreadable connection are treated as leftovers.
#include "damaged_settings.h"
#include "state/state_file.h"

#include <unistd.h>

using namespace roots;
using namespace roots::host;
using namespace roots::host::damage;

namespace {

// Damage as after a crash, a full disk, or a manual edit.
const std::vector<std::pair<const char *, std::function<std::string(const std::string &)>>> kUnreadable{
    {"empty", [](const std::string &) { return std::string(); }},
    {"truncated", [](const std::string &text) { return text.substr(0, text.size() / 2); }},
    {"garbage",
     [](const std::string &) {
       return std::string(
           "\x7f"
           "ELF garbage");
     }},
    {"NUL bytes", [](const std::string &text) { return std::string(text.size(), '\0'); }},
    {"NUL bytes at the end", [](const std::string &text) { return text + std::string(512, '\0'); }},
    {"another text", [](const std::string &) { return std::string("[1, 2]"); }},
    {"too large", [](const std::string &text) { return text + std::string(std::size_t{17} << 20U, ' '); }},
};

}  // namespace

TEST_CASE(
    "settings that cannot be read at all are set aside, and secrets, data, and locks of connections stay",
    "[settings][damage]") {
  for (const auto &[name, damage] : kUnreadable) {
    INFO(name);
    const TemporaryFolder home;
    fill(home);
    const std::string damaged = damage(contentOf(fileOf(home)));
    write(home, damaged);
    for (int round = 0; round < 3; ++round) {
      const Stores stores = openedToChange(home);
      REQUIRE(stores.reports.size() == (round == 0 ? 1 : 0));
      if (round == 0) {
        const std::string &report = stores.reports.front();
        INFO(report);
        CHECK(contains(report, fileOf(home).string() + ") was damaged. It is kept as " +
                                   fileOf(home).string() + ".damaged "));
        CHECK(contains(
            report,
            "(plugins enable roots.personio, then connect roots.personio; moco connect --domain NAME)"));
      }
      CHECK(stores.settings.setAsideCopies().size() == 1);
      CHECK((contentOf(fileOf(home).string() + ".damaged") == damaged));
      CHECK(stores.settings.get().weekday_minutes == HostSettings().weekday_minutes);
      CHECK(stores.settings.get().absences.empty());
      const Connection *lost = stores.settings.get().connection("roots.personio");
      REQUIRE(lost != nullptr);
      CHECK(lost->is_lost);
      CHECK(lost->state == Connection::State::needs_sign_in);
      REQUIRE(stores.settings.get().moco);
      CHECK(stores.settings.get().moco->is_lost);
      for (const char *setting : {"weekday_hours", "absences"}) {
        const auto lock = stores.settings.lockOn(setting);
        REQUIRE(lock);
        CHECK(contains(lock->reason, "disconnect roots.personio"));
      }
      requireNothingIsLost(home);
    }
  }
}

TEST_CASE("a command that only reads damaged settings reports them and changes nothing",
          "[settings][damage]") {
  for (const auto &[name, damage] : kUnreadable) {
    INFO(name);
    const TemporaryFolder home;
    fill(home);
    write(home, damage(contentOf(fileOf(home))));
    const std::string before = contentOf(fileOf(home));
    const auto stores = Stores::open(home.path());
    REQUIRE(stores.ok());
    CHECK(contains(stores->settingsDamage(), "is damaged. It was not changed"));
    CHECK(stores->settings.lockOn("absences").has_value());
    CHECK((contentOf(fileOf(home)) == before));
    CHECK(stores->settings.setAsideCopies().empty());
    requireNothingIsLost(home);
  }
}

TEST_CASE("unreadable absences entered by hand are unknown until the damaged file is set aside",
          "[settings][damage][unknown]") {
  const CivilDays july{day("2026-07-01"), day("2026-07-31")};
  for (const bool all : {true, false}) {
    const TemporaryFolder home;
    {
      auto store = SettingsStore::open(home.path());
      REQUIRE(store.ok());
      REQUIRE(store->addAbsence({"", Kind::vacation, july, Extent::whole_day, ""}).ok());
    }
    write(home, all ? "garbage" : replaced(contentOf(fileOf(home)), "\"vacation\"", "7"));
    const auto seen = Stores::open(home.path());
    REQUIRE(seen.ok());
    const auto known = factsFrom(seen->settings.get(), seen->fetched.get(), july).known.absences;
    REQUIRE(known);
    CHECK(known->empty());
    const Stores stores = openedToChange(home);
    CHECK_FALSE(factsFrom(stores.settings.get(), stores.fetched.get(), july).known.absences);
    CHECK_FALSE(stores.settings.lockOn("absences"));
  }
}

TEST_CASE("restoring the original settings file restores everything", "[settings][damage]") {
  const TemporaryFolder home;
  fill(home);
  const std::string good = contentOf(fileOf(home));
  write(home, "garbage");
  (void)openedToChange(home);
  (void)openedToChange(home);
  write(home, good);
  const Stores stores = openedToChange(home);
  CHECK(stores.reports.empty());
  CHECK_FALSE(stores.settings.get().connection("roots.personio")->is_lost);
  CHECK(stores.secrets.get("roots.personio#2", "key") == "secret of personio");
  CHECK(stores.settings.get().absences.size() == 2);
}

TEST_CASE("if the settings file is missing but a copy was set aside, nothing is treated as a leftover",
          "[settings][damage]") {
  const TemporaryFolder home;
  fill(home);
  fs::rename(fileOf(home), fileOf(home).string() + ".damaged");
  CHECK(contains(Stores::open(home.path())->settingsDamage(), "is missing"));
  const Stores stores = openedToChange(home);
  REQUIRE(stores.reports.size() == 1);
  CHECK(contains(stores.reports.front(), "is missing"));
  CHECK(stores.settings.lockOn("absences").has_value());
  requireNothingIsLost(home);
  CHECK(openedToChange(home).reports.empty());
}

TEST_CASE("a settings file that cannot be accessed does not count as damaged, and nothing is changed",
          "[settings][damage]") {
  const TemporaryFolder home;
  fill(home);
  const auto file = fileOf(home);
  if (::geteuid() == 0) {
    fs::rename(file, home.path() / "elsewhere");
    fs::create_directory(file);
  } else {
    fs::permissions(file, fs::perms::none);
  }
  const auto stores = Stores::openToChange(home.path());
  REQUIRE_FALSE(stores.ok());
  CHECK(contains(stores.error().message, "cannot be read. Check its owner and permissions."));
  CHECK_FALSE(Stores::open(home.path()).ok());
  CHECK_FALSE(fs::exists(file.string() + ".damaged"));
  requireNothingIsLost(home);
}

TEST_CASE("settings of a newer version are not changed", "[settings][damage]") {
  const TemporaryFolder home;
  fill(home);
  write(home, R"({"version":2})");
  const auto stores = Stores::openToChange(home.path());
  REQUIRE_FALSE(stores.ok());
  CHECK(contains(stores.error().message, "newer version"));
  CHECK(contentOf(fileOf(home)) == R"({"version":2})");
  requireNothingIsLost(home);
}

TEST_CASE("if a copy cannot be created, the change fails and the damaged file stays", "[settings][damage]") {
  const TemporaryFolder home;
  fill(home);
  write(home, "garbage");
  fs::create_directory(fileOf(home).string() + ".damaged.new");
  const auto stores = Stores::openToChange(home.path());
  REQUIRE_FALSE(stores.ok());
  CHECK(contains(stores.error().message, "Nothing was changed"));
  CHECK(contentOf(fileOf(home)) == "garbage");
  requireNothingIsLost(home);
}

TEST_CASE("the single entry of former versions is kept for unreadable connections", "[settings][damage]") {
  const TemporaryFolder home;
  home.write("settings.json", R"({"version":1,"weekday_minutes":[480,480,480,480,480,0,0],)"
                              R"("plugins":[{"id":"roots.personio","sha256":"ab"}],"connections":7})");
  const auto secrets = home.write("secrets.json", R"({"version": 1, "kept_in": "keyring"})");
  fs::permissions(secrets, fs::perms(0600));
  const Stores stores = openedToChange(home);
  CHECK(stores.settings.get().connection("roots.personio") != nullptr);
  CHECK_FALSE(stores.secrets.hasLeftoversInKeyring());
  CHECK(stores.secrets.areInKeyring());
}
