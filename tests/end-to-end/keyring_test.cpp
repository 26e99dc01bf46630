// Keys in the keyring of the desktop: the real host, a real Secret Service in a session bus of its own.
#include "support/build_folder.h"
#include "support/catch.h"
#include "support/host_user.h"

using namespace roots;
using namespace roots::test;

namespace {

// A desktop session in which these lines of shell are run; $host is the host with the user's home.
class Desktop {
 public:
  explicit Desktop(const HostUser &user) : user_(user) {
    options_.environment = {{"HOME", folder_.path().string()}, {"XDG_RUNTIME_DIR", folder_.path().string()}};
  }

  // keyring: what starts the Secret Service, or what stands in its place.
  [[nodiscard]] std::string run(const std::string &lines, const std::string &keyring) const {
    std::string script = "exec 2>&1\nhost='" + hostBuild() + "/bin/roots-host-stub --home " +
                         user_.home().string() + " --plugins " + pluginBuild() +
                         "/plugins --today 2026-07-15'\n";
    script += "connect() { printf 'client_secret=" + HostUser::secretOfSandbox() + "\\n' | $host";
    for (const auto &word : user_.connectWords()) script += " '" + word + "'";
    script += "; }\n" + keyring + "\n" + lines + "\n";
    const auto file = folder_.write("script.sh", script);
    const auto result =
        roots::test::run({"/usr/bin/dbus-run-session", "--", "/bin/sh", file.string()}, options_);
    CHECK_FALSE(result.timed_out);
    return result.out;
  }

  static constexpr const char *kUnlocked =
      "printf 'password\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null\nsleep 1";

 private:
  const HostUser &user_;
  TemporaryFolder folder_;
  ProcessOptions options_;
};

bool holds(const std::string &text, const std::string &part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("where a keyring answers, keys are in it and nowhere on disk", "[end-to-end][secrets][keyring]") {
  HostUser user;
  user.enable();
  const Desktop desktop(user);
  const std::string told = desktop.run("connect && $host sync && $host status", Desktop::kUnlocked);
  INFO(told);
  CHECK(holds(told, "Connected to Personio as Nele Muster."));
  CHECK(holds(told, "Up to date from"));
  CHECK(holds(told, "Keys are in the keyring of your desktop."));
  for (const auto &entry : std::filesystem::directory_iterator(user.home())) {
    const std::string content = contentOf(entry.path());
    INFO(entry.path().filename().string());
    CHECK_FALSE(holds(content, HostUser::secretOfSandbox()));
    CHECK_FALSE(holds(content, "papi-token-"));
  }

  SECTION("without the keyring nothing is lost: what was known is shown, and a sync says what to do") {
    const auto sync = user.type({"sync"});
    CHECK(sync.exit_code == 6);
    CHECK(
        holds(sync.err, "Your keys are in the keyring of your desktop, which cannot be reached from here."));
    CHECK(user.type({"calendar"}).exit_code == 0);
    CHECK(holds(user.type({"status"}).out, "Nele Muster"));
    const auto month = user.typeJson({"calendar", "--month", "2026-07"});
    CHECK(month.root()["days"].size() == 31);
  }
  SECTION("a disconnect that was interrupted after its first step is completed by the next one") {
    const TemporaryFolder elsewhere;
    std::filesystem::rename(user.home() / "settings.json", elsewhere.path() / "settings.json");
    const std::string ended = desktop.run(
        "$host disconnect roots.personio; cat " + (user.home() / "secrets.json").string() + "; mv " +
            (elsewhere.path() / "settings.json").string() + " " + user.home().string() + "; $host sync",
        Desktop::kUnlocked);
    INFO(ended);
    CHECK(holds(ended, "There is no connection to roots.personio."));
    CHECK_FALSE(holds(ended, "kept_in"));
    CHECK(holds(ended, "\"Client Secret\" is missing."));
  }
  SECTION("keys that are damaged or of a newer version are named, and left as they are") {
    const std::string text =
        GENERATE("{\\\"version\\\":1,\\\"secr", "{\\\"version\\\":2,\\\"secrets\\\":{}}");
    const std::string keyring = "'" + hostBuild() + "/bin/roots-keyring'";
    const std::string told_then = desktop.run(
        "printf \"" + text + "\" | " + keyring + " keep " + user.home().string() +
            "; $host sync; echo exit $?; $host disconnect roots.personio; echo exit $?; " + keyring +
            " load " + user.home().string() + " 3>&1; $host calendar >/dev/null; echo exit $?",
        Desktop::kUnlocked);
    INFO(told_then);
    CHECK(holds(told_then, "Your keys in the keyring of your desktop are damaged or of a newer version"));
    CHECK(holds(told_then, "exit 1\nYour keys"));
    CHECK(holds(told_then, "{\"version\":"));
    CHECK(holds(told_then, "exit 0"));
  }
  SECTION("a session in which no keyring answers is told from one without keys") {
    const std::string silent =
        desktop.run("$host sync; echo exit $?", "export DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere");
    INFO(silent);
    CHECK(holds(silent,
                "The keyring that holds your keys cannot be used (no keyring answers in this session)."));
    CHECK(holds(silent, "exit 6"));
    const std::string emptied =
        desktop.run("$host sync; $host status", std::string("rm -rf $HOME/.local\n") + Desktop::kUnlocked);
    INFO(emptied);
    CHECK(holds(emptied, "\"Client Secret\" is missing."));
    CHECK(holds(emptied, "needs to sign in again, Nele Muster"));
  }
}

TEST_CASE(
    "keys that were in the file move into the keyring at the next change, and leave with the connection",
    "[end-to-end][secrets][keyring]") {
  HostUser user;
  user.connectAll();
  REQUIRE(holds(contentOf(user.home() / "secrets.json"), HostUser::secretOfSandbox()));
  CHECK(holds(user.type({"status"}).out, "Keys are in a file (secrets.json) that only you may read."));
  user.services().expireTokens();  // so that a new one has to be kept
  const Desktop desktop(user);
  const std::string told =
      desktop.run("$host sync && $host status && cat " + (user.home() / "secrets.json").string() +
                      " && $host disconnect roots.personio && $host moco disconnect && $host status && "
                      "ROOTS_SECRETS=file connect && ROOTS_SECRETS=file $host status",
                  Desktop::kUnlocked);
  INFO(told);
  const auto moved = told.find("Keys are in the keyring of your desktop.");
  REQUIRE(moved != std::string::npos);
  CHECK(holds(told, "\"kept_in\": \"keyring\""));
  CHECK_FALSE(holds(told, HostUser::secretOfSandbox()));
  CHECK(told.find("Keys are in a file", moved) != std::string::npos);
  CHECK(holds(told, "Connected to Personio as Nele Muster."));
  CHECK(holds(contentOf(user.home() / "secrets.json"), HostUser::secretOfSandbox()));
}
