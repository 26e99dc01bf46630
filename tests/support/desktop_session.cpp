#include "support/desktop_session.h"

#include "support/catch.h"
#include "support/folders.h"

namespace roots::test {
namespace {

constexpr std::chrono::minutes kWholeTest{20};

const std::string kFunctions =
    "wait_for() { until grep -q \"$1\" \"$2\" 2>/dev/null; do sleep 0.05; done; }\n"
    "is_locked() { dbus-send --session --dest=org.freedesktop.secrets --print-reply "
    "/org/freedesktop/secrets/collection/login org.freedesktop.DBus.Properties.Get "
    "string:org.freedesktop.Secret.Collection string:Locked 2>/dev/null | grep -q \"boolean $1\"; }\n"
    "unlock() { printf 'password\\n' | gnome-keyring-daemon --replace --unlock --components=secrets "
    ">/dev/null 2>&1; until is_locked false; do sleep 0.05; done; }\n"
    "lock() { dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets "
    "org.freedesktop.Secret.Service.Lock array:objpath:/org/freedesktop/secrets/collection/login "
    ">/dev/null; until is_locked true; do sleep 0.05; done; }\n";

// The commands of a test, for the user's home.
std::string userFunctions(HostUser &user) {
  const std::string home = user.home().string();
  std::string script = "host='" + hostBuild() + "/bin/roots-host-stub --home " + home + " --plugins " +
                       pluginBuild() + "/plugins --today 2026-07-15'\nhome=" + home + "\n";
  script += "connect() { printf 'client_secret=" + HostUser::secretOfSandbox() + "\\n' | $host";
  for (const auto &word : user.connectWords()) script += " '" + word + "'";
  script +=
      "; }\nmoco_connect() { printf 'api_key=moco-key-of-the-sandbox\\n' | $host moco connect --domain "
      "example --base-url " +
      user.services().mocoUrl() + " --secrets-from-stdin; }\n";
  return script + "entry() { '" + hostBuild() + "/bin/roots-keyring' \"$1\" " + home + " \"$2\" 3>&1; }\n";
}

}  // namespace

const std::string DesktopSession::kUnlocked = "unlock\n";

DesktopSession::DesktopSession()
    : environment_{{"HOME", folder_.path().string()}, {"XDG_RUNTIME_DIR", folder_.path().string()}} {}

DesktopSession::~DesktopSession() = default;

std::string DesktopSession::run(HostUser &user, const std::string &lines, const std::string &keyring) const {
  const auto file = folder_.write(
      "script.sh", "exec 2>&1\n" + kFunctions + userFunctions(user) + keyring + "\n" + lines + "\n");
  const auto result =
      roots::test::run({"/usr/bin/dbus-run-session", "--", "/bin/sh", file.string()}, {"", environment_});
  CHECK_FALSE(result.timed_out);
  return result.out;
}

std::string DesktopSession::content(const std::string &name) const {
  return contentOf(folder_.path() / name);
}

std::string DesktopSession::withPrompter() {
  return buildFolder() +
         "/tests/dismissing-prompter $HOME/prompts >/dev/null 2>&1 &\nwait_for ready $HOME/prompts\n" +
         kUnlocked;
}

std::string DesktopSession::scripted() {
  return "set_to() { echo \"$*\" > $HOME/keyring; }\nfresh_log() { : > $HOME/keyring.log; }\nset_to\n" +
         buildFolder() +
         "/tests/scripted-keyring $HOME/keyring >/dev/null 2>&1 &\nwait_for ready $HOME/keyring.log\n";
}

void DesktopSession::start() {
  bus_ = std::make_unique<RunningProcess>(
      std::vector<std::string>{"/usr/bin/dbus-daemon", "--session", "--nofork", "--print-address"},
      ProcessOptions{"", environment_, kWholeTest});
  REQUIRE(bus_->letRunUntil([&] { return bus_->out().find('\n') != std::string::npos; }));
  environment_["DBUS_SESSION_BUS_ADDRESS"] = bus_->out().substr(0, bus_->out().find('\n'));
  unlockKeyring();
}

void DesktopSession::lockKeyring() const { runOnBus("lock"); }
void DesktopSession::unlockKeyring() const { runOnBus("unlock"); }

void DesktopSession::runOnBus(const std::string &lines) const {
  const auto result = roots::test::run({"/bin/sh", "-c", kFunctions + lines}, {"", environment_});
  INFO(result.err);
  REQUIRE_FALSE(result.timed_out);
}

}  // namespace roots::test
