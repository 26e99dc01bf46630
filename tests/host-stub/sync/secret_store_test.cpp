// The host with its helper for the keyring, and secrets that are too large or left over.
#include "state/secret_errors.h"
#include "support/catch.h"
#include "support/temporary_folder.h"
#include "sync/connection.h"

#include <csignal>
#include <thread>

using namespace roots;
using namespace roots::host;
using namespace roots::test;

namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

// A helper that runs these shell commands; $dir/calls gets a line for each start.
class Helper {
 public:
  explicit Helper(const std::string &lines) {
    ::setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere", 1);
    program_ =
        folder_.write("helper", "#!/bin/sh\ndir=" + folder_.path().string() +
                                    "\necho \"$1 $3\" >> $dir/calls\necho $$ > $dir/pid\n" + lines + "\n");
    fs::permissions(program_, fs::perms::owner_all);
  }
  ~Helper() { ::unsetenv("DBUS_SESSION_BUS_ADDRESS"); }
  Helper(const Helper &) = delete;
  Helper &operator=(const Helper &) = delete;

  [[nodiscard]] KeyringAccess access(milliseconds wait_limit = std::chrono::minutes(2)) {
    KeyringAccess access;
    access.program = program_;
    access.wait_limit = wait_limit;
    access.report = [this](std::string_view line) { reported_ += std::string(line) + "\n"; };
    return access;
  }
  [[nodiscard]] std::string calls() const { return contentOf(folder_.path() / "calls"); }
  [[nodiscard]] const std::string &reported() const { return reported_; }
  [[nodiscard]] fs::path home() const { return folder_.path(); }
  [[nodiscard]] bool isRunning() const {
    const std::string pid = contentOf(folder_.path() / "pid");
    return !pid.empty() && ::kill(std::stoi(pid), 0) == 0;
  }

 private:
  TemporaryFolder folder_;
  fs::path program_;
  std::string reported_;
};

constexpr const char *kAsksForEver = "printf p >&3\nwhile :; do sleep 1; done";

// A provider that stores the test's secrets while it signs in.
class SavingSession : public PluginSession {
 public:
  SavingSession(HostServices services, std::function<void(const HostServices &)> saves)
      : services_(std::move(services)), saves_(std::move(saves)) {}
  Result<Account> connect(const Settings &, const CallOptions &) override {
    saves_(services_);
    return Account{"4711", "Nele Muster", {}, {}};
  }
  Result<std::vector<AbsenceDay>> fetchAbsences(Days, const CallOptions &) override {
    return std::vector<AbsenceDay>();
  }
  Result<std::vector<Week>> fetchSchedule(Days, const CallOptions &) override { return std::vector<Week>(); }
  Result<std::vector<Balance>> fetchBalances(const CallOptions &) override { return std::vector<Balance>(); }
  Result<std::vector<Lock>> settingsLocks() override { return std::vector<Lock>(); }

 private:
  HostServices services_;
  std::function<void(const HostServices &)> saves_;
};

}  // namespace

TEST_CASE("a command waits once, for a bounded time, for a keyring that never replies",
          "[secrets][keyring]") {
  Helper helper(kAsksForEver);
  Keyring keyring(helper.home(), helper.access(milliseconds(400)));
  CHECK(keyring.load("a").exit == KeyringExit::unanswered);
  CHECK_FALSE(helper.isRunning());
  CHECK(keyring.load("b").exit == KeyringExit::unanswered);
  CHECK(keyring.keep("c", "text") == KeyringExit::unanswered);
  CHECK(helper.calls() == "load a\n");
  CHECK(helper.reported() == "Your keyring asks for permission.\n");
}

TEST_CASE("cancelling a wait for the keyring ends it and the helper immediately", "[secrets][keyring]") {
  Helper helper(kAsksForEver);
  KeyringAccess access = helper.access();
  access.is_cancelled = [&] { return !helper.reported().empty(); };
  Keyring keyring(helper.home(), access);
  CHECK(keyring.load("a").exit == KeyringExit::cancelled);  // a wait of minutes would exceed the test's limit
  CHECK_FALSE(helper.isRunning());
}

TEST_CASE("each set in the keyring is recorded in the file before it exists", "[secrets][keyring]") {
  Helper helper("cp $dir/secrets.json $dir/seen\ncat >$dir/kept\nexit 0");
  auto store = SecretStore::open(helper.home(), helper.access());
  REQUIRE(store.ok());
  store->nameInForce({});
  REQUIRE(store->replaceAll("a", {{"token", "of the test"}}).ok());
  CHECK(contentOf(helper.home() / "seen").find("\"a\"") != std::string::npos);
  CHECK(contentOf(helper.home() / "kept").find("of the test") != std::string::npos);
  CHECK(contentOf(helper.home() / "secrets.json").find("of the test") == std::string::npos);
  auto again = SecretStore::open(helper.home(), helper.access());
  REQUIRE(again.ok());
  again->nameInForce({});  // the settings were not written
  CHECK(again->hasLeftoversInKeyring());
  REQUIRE(again->removeLeftovers().ok());
  CHECK_FALSE(again->hasLeftoversInKeyring());
  CHECK(helper.calls().find("remove a") != std::string::npos);
}

TEST_CASE("a keyring without the expected entry is named in the error", "[secrets][keyring]") {
  Helper helper("exit 3");
  std::ofstream(helper.home() / "secrets.json") << R"({"version":2,"sets":{"a":{"kept_in":"keyring"}}})";
  fs::permissions(helper.home() / "secrets.json", fs::perms::owner_read | fs::perms::owner_write);
  auto store = SecretStore::open(helper.home(), helper.access());
  REQUIRE(store.ok());
  const auto loaded = store->load("a");
  REQUIRE_FALSE(loaded.ok());
  CHECK(loaded.error().status == Status::sign_in_failed);
  CHECK(loaded.error().message == notThere().message);
}

TEST_CASE("a new set gets a name that differs from those in effect", "[secrets]") {
  const TemporaryFolder home;
  auto store = SecretStore::open(home.path());
  REQUIRE(store.ok());
  store->nameInForce({"b"});  // in effect, without secrets
  CHECK(store->newName("a") == "a");
  REQUIRE(store->replaceAll("a", {{"token", "1"}}).ok());
  CHECK(store->newName("a") == "a#2");
  CHECK(store->newName("b") == "b#2");
  REQUIRE(store->replaceAll("a#2", {{"token", "2"}}).ok());
  auto again = SecretStore::open(home.path());
  REQUIRE(again.ok());
  CHECK(again->get("a", "token") == "1");
  again->nameInForce({"a#2"});
  REQUIRE(again->removeLeftovers().ok());
  CHECK(again->get("a", "token") == std::nullopt);
  CHECK(again->newName("a") == "a");
}

TEST_CASE("secrets of the former file format are read and stay with their connection", "[secrets]") {
  const TemporaryFolder home;
  const auto file =
      home.write("secrets.json", R"({"version":1,"secrets":{"roots.personio":{"setting.a":"1"}}})");
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  auto store = SecretStore::open(home.path());
  REQUIRE(store.ok());
  Connection connection;
  connection.plugin_id = "roots.personio";
  CHECK(store->get(connection.secretSet(), "setting.a") == "1");
}

TEST_CASE("a secret of a plugin that is too large is refused, and nothing else is affected",
          "[secrets][connection]") {
  const TemporaryFolder home;
  auto stores = Stores::open(home.path());
  REQUIRE(stores.ok());
  Manifest manifest;
  manifest.id = "example.larkspur";
  manifest.name = "Larkspur";
  std::vector<bool> kept;
  const OpenSession open = [&](HostServices services) -> Result<std::unique_ptr<PluginSession>> {
    std::unique_ptr<PluginSession> session =
        std::make_unique<SavingSession>(std::move(services), [&](const HostServices &host) {
          kept = {host.save_secret("small", "1"), host.save_secret("large", std::string(64 * 1024, 'x')),
                  host.save_secret("one", std::string(40 * 1024, 'x')),
                  host.save_secret("more", std::string(40 * 1024, 'x'))};
        });
    return session;
  };
  for (int time = 0; time < 2; ++time) {
    REQUIRE(connectProvider(*stores, manifest, open, {}, {}).ok());
    CHECK(kept == std::vector<bool>{true, false, true, false});
  }
  REQUIRE(restoreProvider(*stores, manifest, open, {}).ok());
  CHECK(kept == std::vector<bool>{true, false, true, false});
  const auto after = Stores::open(home.path());
  REQUIRE(after.ok());
  const std::string set = after->settings.get().connection("example.larkspur")->secretSet();
  CHECK(after->secrets.get(set, "plugin.small") == "1");
  CHECK(after->secrets.get(set, "plugin.large") == std::nullopt);
  CHECK(after->secrets.get(set, "plugin.one")->size() == 40 * 1024);
}

TEST_CASE("the single entry of former versions stays while damaged settings may name its owners",
          "[secrets][keyring][damage]") {
  Helper helper("cat >/dev/null\nexit 0");
  std::ofstream(helper.home() / "settings.json") << "garbage";
  std::ofstream(helper.home() / "secrets.json") << R"({"version":1,"kept_in":"keyring"})";
  fs::permissions(helper.home() / "secrets.json", fs::perms::owner_read | fs::perms::owner_write);
  {
    auto stores = Stores::openToChange(helper.home(), helper.access());
    REQUIRE(stores.ok());
    REQUIRE(stores->settings.get().moco);
    const std::string name = stores->secrets.newName("moco");
    REQUIRE(stores->addSecrets(name, {{"api_key", "new"}}).ok());
    REQUIRE(stores->settings
                .change([&](HostSettings &settings) {
                  settings.moco = MocoConnection{"example", "", "", "1", "Nele", "", name};
                })
                .ok());
    const auto forgotten = stores->secrets.forgetAll("moco");
    REQUIRE_FALSE(forgotten.ok());
    CHECK(forgotten.error().message.find("settings.json.damaged") != std::string::npos);
  }
  REQUIRE(Stores::openToChange(helper.home(), helper.access()).ok());
  CHECK(helper.calls().find("remove \n") == std::string::npos);
  fs::remove(helper.home() / "settings.json.damaged");
  REQUIRE(Stores::openToChange(helper.home(), helper.access()).ok());
  CHECK(helper.calls().find("remove \n") != std::string::npos);
}
