// A session whose keyring does not start in time: it is unknown whether there is one, so nothing is written
// to a file instead.
#include "support/catch.h"
#include "support/desktop_session.h"
#include "support/folders.h"
#include "support/text_search.h"

using namespace roots;
using namespace roots::test;

namespace {

// A session bus that starts the Secret Service with this command, and waits for it for this many
// milliseconds.
class StartingBus {
 public:
  StartingBus(const std::string &command, int wait_limit) {
    folder_.write("services/org.freedesktop.secrets.service",
                  "[D-BUS Service]\nName=org.freedesktop.secrets\nExec=" + command + "\n");
    config_ = folder_.write(
        "bus.conf",
        "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" "
        "\"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n<busconfig><type>session</type>"
        "<listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth><servicedir>" +
            (folder_.path() / "services").string() +
            "</servicedir><policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>"
            "<allow eavesdrop=\"true\"/><allow own=\"*\"/></policy><limit name=\"service_start_timeout\">" +
            std::to_string(wait_limit) + "</limit></busconfig>\n");
  }

  // Runs it in this session.
  [[nodiscard]] ProcessResult run(std::vector<std::string> command, const std::string &input = "") const {
    command.insert(command.begin(), {"/usr/bin/dbus-run-session", "--config-file=" + config_.string(), "--"});
    ProcessOptions options;
    options.input = input;
    options.environment = {{"HOME", folder_.path().string()}, {"XDG_RUNTIME_DIR", folder_.path().string()}};
    return roots::test::run(command, options);
  }

 private:
  TemporaryFolder folder_;
  std::filesystem::path config_;
};

std::vector<std::string> load(const HostUser &user) {
  return {"/bin/sh",
          "-c",
          "exec \"$@\" 3>&1",
          "sh",
          hostBuild() + "/bin/roots-keyring",
          "load",
          user.home().string(),
          "roots.personio"};
}

}  // namespace

TEST_CASE("a keyring that does not start in time does not count as missing",
          "[end-to-end][secrets][keyring]") {
  HostUser user;
  CHECK(StartingBus("/bin/sleep 1000", 300).run(load(user)).exit_code == 1);   // failed
  CHECK(StartingBus("/nowhere/keyring", 300).run(load(user)).exit_code == 4);  // no_service
  CHECK(StartingBus("/bin/false", 300).run(load(user)).exit_code == 4);

  // Neither key nor connection is stored; the user did not choose a file.
  user.enable();
  const auto connected =
      StartingBus("/bin/sleep 1000", 300).run(user.command(user.connectWords()), HostUser::secretLine());
  INFO(connected.out << connected.err);
  CHECK(connected.exit_code == 6);
  CHECK(contains(connected.err, "did not store the credentials"));
  CHECK_FALSE(contains(filesOf(user), HostUser::secretOfSandbox()));
  CHECK(contains(user.type({"status"}).out, "No provider is connected."));
}

TEST_CASE("with damaged settings, keys stay in the keyring until connecting again or disconnecting",
          "[end-to-end][secrets][keyring][damage]") {
  HostUser user;
  user.enable();
  const DesktopSession desktop;
  const std::string told = desktop.run(
      user,
      "connect; moco_connect; echo exit $?; echo garbage > $home/settings.json\n"
      "$host status; $host sync; echo sync $?; entry load roots.personio; echo load $?; entry load moco; "
      "echo load $?\n"
      "$host plugins enable roots.personio; connect; echo again $?; entry load roots.personio; echo former "
      "$?\n"
      "entry load 'roots.personio#2'; echo new $?\n"
      "$host moco disconnect; echo ended $?; entry load moco; echo gone $?",
      DesktopSession::kUnlocked);
  INFO(told);
  CHECK(contains(told, "exit 0"));
  CHECK(contains(told, "sync 4"));
  CHECK(countOf(told, "load 0") == 2);
  CHECK(contains(told, "again 0"));
  CHECK(contains(told, "former 3"));
  CHECK(contains(told, "new 0"));
  CHECK(contains(told, "ended 0"));
  CHECK(contains(told, "gone 3"));
}
