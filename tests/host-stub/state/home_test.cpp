// The folders of the home, and moving the fetched data of former versions.
#include "state/home.h"
#include "state/former_home.h"
#include "state/stores.h"
#include "support/catch.h"
#include "support/changed_environment.h"
#include "support/killed_child.h"
#include "support/temporary_folder.h"

#include <sys/stat.h>

#include <map>

using namespace roots;
using namespace roots::host;
using namespace roots::test;

namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

mode_t modeOf(const fs::path &file) {
  struct stat state{};
  REQUIRE(::stat(file.c_str(), &state) == 0);
  return state.st_mode & 07777;
}

// The content of each file of a folder, except the lock.
std::map<std::string, std::string> filesIn(const fs::path &folder) {
  std::map<std::string, std::string> files;
  for (const auto &entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name != "lock") files[name] = contentOf(entry.path());
  }
  return files;
}

// A user with separate folders for settings and state.
class User {
 public:
  User()
      : environment_({{"XDG_CONFIG_HOME", (folder_.path() / "config").string()},
                      {"XDG_STATE_HOME", (folder_.path() / "state").string()}}) {}

  [[nodiscard]] fs::path settings() const { return folder_.path() / "config" / "roots-host-stub"; }
  [[nodiscard]] fs::path data() const { return folder_.path() / "state" / "roots-host-stub"; }
  [[nodiscard]] Home home() const { return {settings(), data()}; }

  fs::path writeFormer(const std::string &name, const std::string &content) const {
    return folder_.write("config/roots-host-stub/" + name, content);
  }
  fs::path writeData(const std::string &name, const std::string &content) const {
    return folder_.write("state/roots-host-stub/" + name, content);
  }

  // Everything that a former version may have stored, in one folder.
  void writeFormerHome() const {
    for (const auto &[name, content] : kept()) writeFormer(name, content);
    for (const auto &[name, content] : moved()) writeFormer(name, content);
    writeFormer("context.json.new", "a draft with absences");
    writeFormer("calendar.json.new", "a draft");
    writeFormer("context.json.damaged-2.new", "a draft with absences");
    fs::permissions(settings(), fs::perms::owner_all);
  }
  static std::map<std::string, std::string> kept() {
    return {{"settings.json", "settings"},
            {"settings.json.damaged", "damaged settings"},
            {"secrets.json", "secrets"},
            {"context.json.of-the-user", "untouched"}};
  }
  static std::map<std::string, std::string> moved() {
    return {{"context.json", "absences"},
            {"context.json.damaged", "damaged absences"},
            {"context.json.damaged-2", "other damaged absences"},
            {"calendar.json", "record of exports"}};
  }

 private:
  TemporaryFolder folder_;
  ChangedEnvironment environment_;
};

void age(const fs::path &file, std::chrono::seconds by) {
  fs::last_write_time(file, fs::last_write_time(file) - by);
}

}  // namespace

TEST_CASE("without an option, settings and fetched data are in the user's folders for them", "[home]") {
  const TemporaryFolder user;
  const std::string named = (user.path() / "named").string();
  const fs::path default_settings = user.path() / ".config" / "roots-host-stub";
  const fs::path default_data = user.path() / ".local" / "state" / "roots-host-stub";
  using Value = std::optional<std::string>;
  const auto open = [&](const Value &config, const Value &state) {
    const ChangedEnvironment environment(
        {{"HOME", user.path().string()}, {"XDG_CONFIG_HOME", config}, {"XDG_STATE_HOME", state}});
    const auto home = openHome("");
    REQUIRE(home.ok());
    return *home;
  };
  // An empty or a relative path is ignored.
  for (const Value &ignored : std::vector<Value>{std::nullopt, "", "relative/folder", "./here"}) {
    INFO(ignored.value_or("not set"));
    const Home home = open(ignored, ignored);
    CHECK(home.settings == default_settings);
    CHECK(home.data == default_data);
    CHECK(open(named, ignored).data == default_data);
    CHECK(open(ignored, named).settings == default_settings);
  }
  const Home home = open(named + "/config", named + "/state");
  CHECK(home.settings == named + "/config/roots-host-stub");
  CHECK(home.data == named + "/state/roots-host-stub");
  for (const fs::path &folder : {home.settings, home.data, default_settings, default_data,
                                 user.path() / ".local", user.path() / ".local" / "state"})
    CHECK(modeOf(folder) == 0700);
}

TEST_CASE("without a home of the user, the variables decide alone", "[home]") {
  const TemporaryFolder user;
  const auto open = [](const std::optional<std::string> &config) {
    const ChangedEnvironment environment(
        {{"HOME", std::nullopt}, {"XDG_CONFIG_HOME", config}, {"XDG_STATE_HOME", std::nullopt}});
    return openHome("");
  };
  const auto home = open(user.path().string());
  REQUIRE(home.ok());
  CHECK(home->settings == user.path() / "roots-host-stub");
  CHECK(home->data == home->settings);
  const auto nowhere = open(std::nullopt);
  REQUIRE_FALSE(nowhere.ok());
  CHECK(nowhere.error().message == "There is no home folder for the settings. Specify one with --home DIR.");
}

TEST_CASE("a folder for state that others can write to is refused", "[home]") {
  const User user;
  fs::create_directories(user.data());
  fs::permissions(user.data(), fs::perms(0777));
  const auto home = openHome("");
  REQUIRE_FALSE(home.ok());
  CHECK(home.error().message.find("who could replace your data") != std::string::npos);
}

TEST_CASE("with --home, everything is in its folder, and nothing is moved", "[home]") {
  const User user;
  user.writeFormerHome();
  const auto before = filesIn(user.settings());
  const auto home = openHome(user.settings().string());
  REQUIRE(home.ok());
  CHECK(home->settings == user.settings());
  CHECK(home->data == user.settings());
  CHECK(home->dataFile("context.json") == user.settings() / "context.json");
  CHECK(filesIn(user.settings()) == before);
  CHECK_FALSE(fs::exists(user.data()));
}

TEST_CASE("the fetched data of a former version is moved once", "[home]") {
  const User user;
  user.writeFormerHome();
  const auto home = openHome("");
  REQUIRE(home.ok());
  CHECK(filesIn(user.settings()) == User::kept());
  CHECK(filesIn(user.data()) == User::moved());
  CHECK(modeOf(user.data()) == 0700);
  for (const auto &entry : fs::directory_iterator(user.data())) CHECK(modeOf(entry.path()) == 0600);
  CHECK(home->dataFile("context.json") == user.data() / "context.json");

  age(user.data() / "context.json", std::chrono::hours(1));
  const auto written = fs::last_write_time(user.data() / "context.json");
  fs::remove(user.settings() / "lock");
  REQUIRE(openHome("").ok());
  CHECK(filesIn(user.data()) == User::moved());
  CHECK(fs::last_write_time(user.data() / "context.json") == written);
  CHECK_FALSE(fs::exists(user.settings() / "lock"));  // there was nothing to move
}

TEST_CASE("a host that is killed at any moment while it moves data loses nothing, and the next one continues",
          "[home][killed]") {
  bool was_killed = true;
  int between = 0;  // kills that left data in both folders
  for (int moment = 1; was_killed; ++moment) {
    const User user;
    user.writeFormerHome();
    was_killed = killAtMoment(moment, [] { (void)openHome(""); });
    INFO("moment " << moment);
    // A view that cannot lock the home reads what is in effect.
    const Home home = user.home();
    for (const char *file : {"context.json", "calendar.json"})
      REQUIRE(contentOf(home.dataFile(file)) == User::moved()[file]);
    between += fs::exists(user.settings() / "context.json") && fs::exists(user.data() / "context.json");
    REQUIRE(openHome("").ok());
    REQUIRE(filesIn(user.settings()) == User::kept());
    REQUIRE(filesIn(user.data()) == User::moved());
    for (const auto &entry : fs::directory_iterator(user.data())) REQUIRE(modeOf(entry.path()) == 0600);
  }
  CHECK(between > 0);
}

TEST_CASE("data that was written later is never overwritten by a move", "[home]") {
  const User user;
  const fs::path former = user.writeFormer("context.json", "former");
  const fs::path present = user.writeData("context.json", "present");
  for (const fs::path &folder : {user.settings(), user.data()}) fs::permissions(folder, fs::perms::owner_all);
  SECTION("in the folder for state") {
    age(former, std::chrono::seconds(1));
    CHECK(user.home().dataFile("context.json") == present);
    REQUIRE(openHome("").ok());
    CHECK(contentOf(present) == "present");
  }
  SECTION("in the folder for settings, by a former version that was used again") {
    age(present, std::chrono::seconds(1));
    CHECK(user.home().dataFile("context.json") == former);
    REQUIRE(openHome("").ok());
    CHECK(contentOf(present) == "former");
  }
  SECTION("at the same time") {
    fs::last_write_time(former, fs::last_write_time(present));
    REQUIRE(openHome("").ok());
    CHECK(contentOf(present) == "present");
  }
  CHECK_FALSE(fs::exists(former));
}

TEST_CASE("copies of damaged data get names of their own when they are moved", "[home]") {
  const User user;
  user.writeFormer("context.json.damaged", "one");
  user.writeData("context.json.damaged", "two");
  for (const fs::path &folder : {user.settings(), user.data()}) fs::permissions(folder, fs::perms::owner_all);
  REQUIRE(openHome("").ok());
  CHECK(filesIn(user.data()) == std::map<std::string, std::string>{{"context.json.damaged", "two"},
                                                                   {"context.json.damaged-2", "one"}});
  CHECK(filesIn(user.settings()).empty());
}

TEST_CASE("data is moved only while no other host uses the home", "[home]") {
  const User user;
  user.writeFormerHome();
  const auto before = filesIn(user.settings());
  {
    const auto other = HomeLock::acquire(user.home());
    REQUIRE(other.ok());
    const auto home = openHome("", milliseconds(1));
    REQUIRE(home.ok());
    CHECK(filesIn(user.settings()) == before);
    CHECK(contentOf(home->dataFile("context.json")) == "absences");
  }
  REQUIRE(openHome("").ok());
  CHECK(filesIn(user.data()) == User::moved());
}

TEST_CASE("data that cannot be moved stays in effect where it is", "[home]") {
  const User user;
  user.writeFormerHome();
  fs::remove(user.settings() / "context.json");
  auto former = FetchedDataStore::open(user.settings());
  REQUIRE(former->change([](FetchedData &context) { context.providers["example"].account_id = "1"; }).ok());
  const std::string before = contentOf(user.settings() / "context.json");
  fs::create_directories(user.data() / "context.json.new" / "in the way");
  fs::permissions(user.data(), fs::perms::owner_all);
  const auto home = openHome("");
  REQUIRE(home.ok());
  CHECK(contentOf(user.settings() / "context.json") == before);
  const auto context = FetchedDataStore::open(*home);
  REQUIRE(context.ok());
  CHECK(context->get().providers.contains("example"));
  fs::remove_all(user.data() / "context.json.new");
  REQUIRE(openHome("").ok());
  CHECK(contentOf(user.data() / "context.json") == before);
  CHECK_FALSE(fs::exists(user.settings() / "context.json"));
}

TEST_CASE("a link to fetched data is moved as a link, and its target stays", "[home]") {
  const User user;
  const TemporaryFolder elsewhere;
  fs::create_directories(user.settings());
  const fs::path link = user.settings() / "context.json";
  fs::path target = elsewhere.write("context.json", "absences");
  SECTION("absolute") { fs::create_symlink(target, link); }
  SECTION("relative") {
    target = user.writeFormer("real/context.json", "absences");
    fs::create_symlink("real/context.json", link);
  }
  SECTION("to a disk that is not mounted") {
    fs::remove(target);
    fs::create_symlink(target, link);
  }
  fs::permissions(user.settings(), fs::perms::owner_all);
  const std::string before = contentOf(target);
  REQUIRE(openHome("").ok());
  CHECK_FALSE(fs::is_symlink(fs::symlink_status(link)));
  CHECK(fs::read_symlink(user.data() / "context.json") == target);
  CHECK(contentOf(target) == before);
}

TEST_CASE("a link that leads to nothing does not replace fetched data", "[home]") {
  const User user;
  const fs::path former = user.writeFormer("context.json", "absences");
  fs::create_directories(user.data());
  fs::create_symlink("/nowhere/context.json", user.data() / "context.json");
  for (const fs::path &folder : {user.settings(), user.data()}) fs::permissions(folder, fs::perms::owner_all);
  REQUIRE(openHome("").ok());
  CHECK(contentOf(user.home().dataFile("context.json")) == "absences");
}

TEST_CASE("settings and secrets are stored in one folder, fetched data in the other", "[home]") {
  const User user;
  const auto home = openHome("");
  REQUIRE(home.ok());
  user.writeFormer("settings.json.new", "a draft");
  user.writeData("context.json.new", "a draft");
  auto stores = Stores::openToChange(*home);
  REQUIRE(stores.ok());
  REQUIRE(stores->settings.setWeekdayMinutes({60, 0, 0, 0, 0, 0, 0}).ok());
  REQUIRE(stores->addSecrets("moco", {{"key", "of the test"}}).ok());
  REQUIRE(stores->fetched.change([](FetchedData &) {}).ok());
  const auto names = [](const fs::path &folder) {
    std::vector<std::string> found;
    for (const auto &[name, content] : filesIn(folder)) found.push_back(name);
    return found;
  };
  CHECK(names(user.settings()) == std::vector<std::string>{"secrets.json", "settings.json"});
  CHECK(names(user.data()) == std::vector<std::string>{"context.json"});
}
