// The files on disk, and the locks on settings.
#include "state/home.h"
#include "state/state_file.h"
#include "support/catch.h"
#include "support/dates.h"
#include "support/temporary_folder.h"
#include "sync/connection.h"
#include "sync/connection_settings.h"

#include <sys/stat.h>

using namespace roots;
using namespace roots::host;
using namespace roots::test;

namespace {

SettingsStore settingsIn(const TemporaryFolder &home) {
  auto store = SettingsStore::open(home.path());
  REQUIRE(store.ok());
  return std::move(*store);
}

ManualAbsence absence(const std::string &first, const std::string &last, Extent extent = Extent::whole_day) {
  return {"", Kind::vacation, {day(first), day(last)}, extent, "note"};
}

void lock(SettingsStore &store, const std::string &setting) {
  Connection connection;
  connection.plugin_id = "roots.personio";
  connection.plugin_name = "Personio";
  connection.locks = {{setting, "Because."}};
  REQUIRE(store.change([&](HostSettings &settings) { settings.connections = {connection}; }).ok());
}

}  // namespace

TEST_CASE("a state file is replaced as a whole, and only its owner can read it", "[state]") {
  const TemporaryFolder home;
  const auto file = home.path() / "a.json";
  REQUIRE(replaceStateFile(file, "one").ok());
  REQUIRE(replaceStateFile(file, "two").ok());
  CHECK(**readStateFile(file) == "two");
  struct stat state{};
  REQUIRE(::stat(file.c_str(), &state) == 0);
  CHECK((state.st_mode & 0777) == 0600);
  CHECK_FALSE(readStateFile(home.path() / "none.json")->has_value());
  const auto failed = replaceStateFile(home.path() / "no-folder" / "a.json", "x");
  REQUIRE_FALSE(failed.ok());
  CHECK(failed.error().message.find("Nothing was changed") != std::string::npos);
}

TEST_CASE("the next change removes leftovers of an interrupted command, and connections stay",
          "[state][killed]") {
  const TemporaryFolder home;
  {
    auto stores = Stores::open(home.path());
    REQUIRE(stores.ok());
    lock(stores->settings, "absences");
    for (const char *owner : {"roots.personio", "example.larkspur", "moco"})
      REQUIRE(stores->secrets.set(owner, "key", std::string("secret of ") + owner).ok());
    REQUIRE(stores->fetched
                .change([](FetchedData &context) {
                  context.providers["roots.personio"].account_id = "4711";
                  context.providers["example.larkspur"].account_id = "4712";
                  context.moco.entries.fetches.markGood({day("2026-07-01"), day("2026-07-31")},
                                                        "2026-07-15T08:00:00Z");
                })
                .ok());
  }
  for (const char *file : {"settings.json.new", "secrets.json.new", "context.json.new"})
    home.write(file, "half of a secret");
  home.write("of-the-user.new", "untouched");
  const auto stores = Stores::openToChange(home.path());
  REQUIRE(stores.ok());
  CHECK(stores->settings.lockOn("absences").has_value());
  CHECK(stores->secrets.get("roots.personio", "key") == "secret of roots.personio");
  CHECK(stores->fetched.get().providers.size() == 1);
  CHECK(stores->fetched.get().providers.contains("roots.personio"));
  CHECK_FALSE(stores->fetched.get().moco.isKnown());
  std::string kept;
  for (const auto &entry : std::filesystem::directory_iterator(home.path())) kept += contentOf(entry.path());
  for (const char *trace : {"half of", "secret of example", "secret of moco", "4712"})
    CHECK(kept.find(trace) == std::string::npos);
  CHECK(kept.find("untouched") != std::string::npos);
}

TEST_CASE("a new home is accessible to its owner only", "[state]") {
  const TemporaryFolder parent;
  for (const char *name : {"deep/home", "deep/other/"}) {
    const auto home = openHome((parent.path() / name).string());
    REQUIRE(home.ok());
    struct stat state{};
    REQUIRE(::stat(home->settings.c_str(), &state) == 0);
    CHECK((state.st_mode & 0777) == 0700);
  }
  parent.write("file", "");
  CHECK_FALSE(openHome((parent.path() / "file").string()).ok());
}

TEST_CASE("an existing folder keeps its permissions, and one that others can write to is refused",
          "[state]") {
  namespace fs = std::filesystem;
  const TemporaryFolder home;
  fs::permissions(home.path(), fs::perms(0755));
  REQUIRE(openHome(home.path().string()).ok());
  CHECK(fs::status(home.path()).permissions() == fs::perms(0755));
  fs::permissions(home.path(), fs::perms(0757));
  const auto opened = openHome(home.path().string());
  REQUIRE_FALSE(opened.ok());
  CHECK(opened.error().message ==
        "The folder " + home.path().string() +
            " can be written by everybody, who could replace your settings. Remove the write permission of "
            "others (chmod go-w), or specify another one with --home DIR.");
  CHECK(fs::status(home.path()).permissions() == fs::perms(0757));
}

TEST_CASE("a state file that is a link stays a link, and its target is replaced as a whole", "[state]") {
  namespace fs = std::filesystem;
  const TemporaryFolder home;
  const TemporaryFolder elsewhere;
  const auto target = elsewhere.write("real/settings.json", "old");
  for (const char *name : {"settings.json", "context.json", "secrets.json"}) {
    const fs::path link = home.path() / name;
    fs::create_symlink(target, elsewhere.path() / (std::string("via ") + name));
    fs::create_symlink(elsewhere.path() / (std::string("via ") + name), link);
    REQUIRE(replaceStateFile(link, name).ok());
    CHECK(fs::is_symlink(link));
    CHECK(contentOf(target) == name);
    CHECK_FALSE(fs::exists(target.string() + ".new"));
    std::ofstream(target.string() + ".new") << "a draft that was left";
    removeDraft(link);
    CHECK_FALSE(fs::exists(target.string() + ".new"));
  }
  // The file may be missing; a relative link is resolved from its folder.
  fs::create_directory(home.path() / "inside");
  fs::create_symlink("inside/later.json", home.path() / "relative.json");
  REQUIRE(replaceStateFile(home.path() / "relative.json", "new").ok());
  CHECK(contentOf(home.path() / "inside" / "later.json") == "new");
  fs::create_symlink("circle.json", home.path() / "circle.json");
  CHECK_FALSE(replaceStateFile(home.path() / "circle.json", "new").ok());
}

TEST_CASE("a dangling link does not count as a missing file", "[state]") {
  namespace fs = std::filesystem;
  const TemporaryFolder home;
  CHECK(readStateFile(home.path() / "settings.json")->has_value() == false);
  fs::create_symlink("/nowhere/settings.json", home.path() / "settings.json");
  const auto read = readStateFile(home.path() / "settings.json");
  REQUIRE_FALSE(read.ok());
  CHECK(read.error().message.find("leads to nothing") != std::string::npos);
  CHECK_FALSE(Stores::openToChange(home.path()).ok());
}

TEST_CASE("a second host on the same home waits and then reports the first one", "[state]") {
  const TemporaryFolder home;
  const auto first = HomeLock::acquire(home.path());
  REQUIRE(first.ok());
  const auto second = HomeLock::acquire(home.path(), std::chrono::milliseconds(50));
  REQUIRE_FALSE(second.ok());
  CHECK(second.error().status == Status::try_later);
}

TEST_CASE("stored settings are read back unchanged", "[settings]") {
  const TemporaryFolder home;
  {
    auto store = settingsIn(home);
    REQUIRE(store.setWeekdayMinutes({450, 420, 390, 300, 255, 60, 0}).ok());
    REQUIRE(store.addAbsence(absence("2026-07-06", "2026-07-10")).ok());
    REQUIRE(store.addAbsence(absence("2026-07-13", "2026-07-13", Extent::second_half)).ok());
    lock(store, "absences");
  }
  const auto store = settingsIn(home);
  CHECK(store.get().weekday_minutes == std::array<int, 7>{450, 420, 390, 300, 255, 60, 0});
  REQUIRE(store.get().absences.size() == 2);
  CHECK(store.get().absences[1].extent == Extent::second_half);
  CHECK(store.get().absences[1].note == "note");
  CHECK(store.lockOn("absences")->provider == "Personio");
}

TEST_CASE("defect 69: the store itself refuses invalid absences", "[settings]") {
  const TemporaryFolder home;
  auto store = settingsIn(home);
  CHECK_FALSE(store.addAbsence(absence("2026-07-10", "2026-07-06")).ok());
  CHECK_FALSE(store.addAbsence(absence("2026-07-06", "2026-07-10", Extent::first_half)).ok());
  REQUIRE(store.addAbsence(absence("2026-07-06", "2026-07-06", Extent::first_half)).ok());
  CHECK(store.addAbsence(absence("2026-07-06", "2026-07-06", Extent::second_half)).ok());
  CHECK_FALSE(store.addAbsence(absence("2026-07-01", "2026-07-06")).ok());
  CHECK_FALSE(store.removeAbsence("manual-99").value());
  CHECK(store.get().absences.size() == 2);
  CHECK(store.removeAbsence("manual-1").value());
  CHECK(store.get().absences.size() == 1);
}

TEST_CASE("the store enforces a lock, for its setting only", "[settings]") {
  const TemporaryFolder home;
  auto store = settingsIn(home);
  REQUIRE(store.addAbsence(absence("2026-07-06", "2026-07-06")).ok());
  lock(store, "absences");
  CHECK_FALSE(store.addAbsence(absence("2026-08-06", "2026-08-06")).ok());
  CHECK_FALSE(store.removeAbsence("manual-1").ok());
  CHECK(store.setWeekdayMinutes({60, 0, 0, 0, 0, 0, 0}).ok());
  lock(store, "weekday_hours");
  CHECK_FALSE(store.setWeekdayMinutes({0, 0, 0, 0, 0, 0, 0}).ok());
  CHECK_FALSE(settingsIn(home).setWeekdayMinutes({1441, 0, 0, 0, 0, 0, 0}).ok());
}

TEST_CASE("secrets are stored by owner and removed as a whole", "[secrets]") {
  const TemporaryFolder home;
  auto store = SecretStore::open(home.path());
  REQUIRE(store.ok());
  REQUIRE(store->replaceAll("a", {{"token", "1"}, {"secret", "2"}}).ok());
  REQUIRE(store->set("b", "token", "3").ok());
  auto again = SecretStore::open(home.path());
  REQUIRE(again.ok());
  CHECK(again->get("a", "token") == "1");
  REQUIRE(again->forgetAll("a").ok());
  CHECK(again->get("a", "secret") == std::nullopt);
  CHECK(again->get("b", "token") == "3");
}

TEST_CASE("settings of a connection are completed and checked against the manifest", "[connection]") {
  Manifest manifest;
  manifest.name = "Personio";
  manifest.settings = {
      {"email", "Email", "email", "", "", true, false, {}, {}},
      {"base_url", "API address", "url", "", "https://api.example.com", false, true, {}, {}},
      {"timeout_seconds", "Time limit in seconds", "integer", "", "30", false, true, 1, 600}};
  const auto complete = completeSettings(manifest, {{"email", "a@example.com"}});
  REQUIRE(complete.ok());
  CHECK(complete->at("base_url") == "https://api.example.com");
  CHECK(completeSettings(manifest, {}).error().setting == "email");
  CHECK(completeSettings(manifest, {{"colour", "x"}})
            .error()
            .message.find("It has: email, base_url, timeout_seconds") != std::string::npos);
  for (const char *bad : {"0", "601", "x", "1.5"}) {
    CHECK(completeSettings(manifest, {{"email", "a"}, {"timeout_seconds", bad}}).error().setting ==
          "timeout_seconds");
  }
}
