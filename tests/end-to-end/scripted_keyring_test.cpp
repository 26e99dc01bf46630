// The real host with a keyring that lies, dismisses its prompt, never answers it, or locks between calls.
#include "support/catch.h"
#include "support/desktop_session.h"
#include "support/folders.h"
#include "support/text_search.h"

using namespace roots;
using namespace roots::test;

namespace {

constexpr const char *kBoth = "connect; echo exit $?; moco_connect; echo exit $?\n";

}  // namespace

TEST_CASE("a keyring that confirms a store without making it is detected, and nothing is changed",
          "[end-to-end][secrets][keyring]") {
  HostUser user;
  user.enable();
  const DesktopSession desktop;
  const std::string lie = GENERATE("stores_not", "stores_other");
  const std::string told = desktop.run(
      user,
      "set_to " + lie + "; connect; echo exit $?; $host status; ROOTS_SECRETS=file connect; echo exit $?",
      DesktopSession::scripted());
  INFO(told);
  CHECK(contains(
      told,
      "did not store the credentials (it confirmed the change but did not make it). Nothing was changed."));
  CHECK(contains(told, "set ROOTS_SECRETS=file in the environment"));
  CHECK(contains(told, "exit 6"));
  CHECK(contains(told, "No provider is connected."));
  const auto refused = told.find("exit 6");
  REQUIRE(refused != std::string::npos);
  CHECK(told.find("Connected to Personio") > refused);
  CHECK(contains(told, "exit 0"));
  CHECK(contains(filesOf(user), HostUser::secretOfSandbox()));  // as the user decided
}

TEST_CASE("keys that a keyring stored before it locked itself are recorded and removed later",
          "[end-to-end][secrets][keyring]") {
  HostUser user;
  user.enable();
  const DesktopSession desktop;
  const std::string told = desktop.run(
      user,
      "set_to locks_stored; connect; echo exit $?; cat $HOME/keyring.items $home/secrets.json; echo seen\n"
      "set_to; $host settings set weekday-hours '8 8 8 8 8 0 0'; echo held; cat $HOME/keyring.items "
      "$home/secrets.json",
      DesktopSession::scripted());
  INFO(told);
  CHECK(contains(told, "exit 6"));
  const auto seen = told.find("seen\n");
  const auto held = told.find("held\n");
  REQUIRE(held != std::string::npos);
  CHECK(contains(told.substr(0, seen), HostUser::secretOfSandbox()));  // it was stored
  CHECK(contains(told.substr(0, seen), "\"kept_in\": \"keyring\""));
  CHECK_FALSE(contains(told.substr(held), HostUser::secretOfSandbox()));
  CHECK_FALSE(contains(told.substr(held), "kept_in"));
}

TEST_CASE("a dismissed prompt while connecting changes nothing, and the error names the alternatives",
          "[end-to-end][secrets][keyring]") {
  HostUser user;
  user.enable();
  const DesktopSession desktop;
  const std::string state = GENERATE("locked", "locked hides");
  const std::string told =
      desktop.run(user, "set_to " + state + "; connect; echo exit $?", DesktopSession::scripted());
  INFO(told);
  CHECK(contains(
      told,
      "did not store the credentials (it is locked, or its prompt was dismissed). Nothing was changed."));
  CHECK(contains(told, "set ROOTS_SECRETS=file in the environment"));
  CHECK(contains(told, "exit 6"));
  CHECK(countOf(told, "Your keyring asks for permission.") == 1);
  CHECK(countOf(desktop.content("keyring.log"), "prompt") == 1);
  CHECK_FALSE(contains(filesOf(user), HostUser::secretOfSandbox()));
  CHECK_FALSE(contains(filesOf(user), "papi-token-"));
}

TEST_CASE("a locked keyring is reported, asked once, and loses nothing", "[end-to-end][secrets][keyring]") {
  HostUser user;
  user.enable();
  const DesktopSession desktop;
  const std::string state = GENERATE("locked", "locked hides");
  const std::string told =
      desktop.run(user,
                  std::string(kBoth) + "fresh_log; set_to " + state +
                      "; $host sync; echo sync $?; grep -c prompt $HOME/keyring.log\n"
                      // The next dialog is accepted: what was hidden behind the first one is still there.
                      "set_to " +
                      state + " accepts; moco_connect; echo moco $?; set_to; $host sync; echo sync $?",
                  DesktopSession::scripted());
  INFO(told);
  CHECK(countOf(told, "exit 0") == 2);
  CHECK(contains(told,
                 "The keyring with your credentials cannot be used (it is locked, or its prompt was "
                 "dismissed). Sign in to the desktop and unlock it, then try again."));
  CHECK_FALSE(contains(told, "\"Client Secret\" is missing"));
  CHECK_FALSE(contains(told, "refused"));
  CHECK(contains(told, "sync 6\n1\n"));
  CHECK(contains(told, "moco 0"));
  CHECK(contains(told, "sync 0"));
  CHECK(contains(desktop.content("keyring.items"), HostUser::secretOfSandbox()));
}

TEST_CASE("a disconnect that cannot use the keyring reports it, and the next command removes the rest",
          "[end-to-end][secrets][keyring]") {
  HostUser user;
  user.enable();
  const DesktopSession desktop;
  const std::string state = GENERATE("locked", "locked hides", "deletes_not");
  const std::string told = desktop.run(
      user,
      std::string(kBoth) + "set_to " + state +
          "; $host disconnect roots.personio; echo ended $?; cat $HOME/keyring.items; $host status\n"
          "$host disconnect roots.personio; echo again $?\n"
          "set_to; $host settings set weekday-hours '8 8 8 8 8 0 0'; echo held; cat $HOME/keyring.items\n"
          "$host status; $host sync; echo sync $?",
      DesktopSession::scripted());
  INFO(told);
  CHECK(contains(told, "Disconnected from Personio"));
  CHECK(contains(told, "The credentials are still in the keyring of your desktop (it "));
  CHECK(contains(told, "They will be removed as soon as a command can use the keyring."));
  CHECK_FALSE(contains(told, "credentials are removed"));
  CHECK(contains(told, "ended 6"));
  CHECK(contains(told, "again 6"));
  CHECK(contains(told, "No provider is connected."));
  const auto removed = told.find("held\n");
  REQUIRE(removed != std::string::npos);
  CHECK(contains(told.substr(0, removed),
                 HostUser::secretOfSandbox()));  // otherwise, nothing was left to remove
  CHECK(contains(told.substr(0, removed), "still holds credentials of a connection that has ended"));
  CHECK_FALSE(contains(told.substr(removed), HostUser::secretOfSandbox()));
  CHECK_FALSE(contains(told.substr(removed), "still holds credentials"));
  CHECK(contains(told.substr(removed), "moco-key-of-the-sandbox"));
  CHECK(contains(told.substr(removed), "sync 0"));
  CHECK_FALSE(contains(filesOf(user), "Nele.Muster"));
}

TEST_CASE("Ctrl-C ends an unanswered prompt and the program that waits for it",
          "[end-to-end][secrets][keyring]") {
  HostUser user;
  user.enable();
  const DesktopSession desktop;
  const std::string told = desktop.run(
      user,
      std::string(kBoth) +
          "fresh_log; set_to locked never_answers; $host sync & pid=$!; wait_for prompt $HOME/keyring.log\n"
          "kill -INT $pid; wait $pid; echo sync $?\n"
          "for each in /proc/[0-9]*/cmdline; do tr '\\0' ' ' 2>/dev/null <$each; echo; done | grep "
          "\"[r]oots-keyring .*$home\"; echo looked; set_to; $host sync; echo after $?",
      DesktopSession::scripted());
  INFO(told);
  CHECK(countOf(told, "Your keyring asks for permission.") == 1);
  CHECK(contains(told, "Canceled.\nsync 1\nlooked\n"));
  CHECK(contains(told, "after 0"));
  CHECK(countOf(desktop.content("keyring.log"), "prompt") == 1);
}

TEST_CASE("a keyring that locks between two calls loses nothing", "[end-to-end][secrets][keyring]") {
  HostUser user;
  user.enable();
  const DesktopSession desktop;
  const std::string connected =
      desktop.run(user,
                  std::string(kBoth) +
                      "set_to locks_after; $host sync; echo sync $?; $host sync; echo sync $?; set_to; "
                      "$host sync; echo after $?",
                  DesktopSession::scripted());
  INFO(connected);
  CHECK(contains(connected, "cannot be used (it is locked, or its prompt was dismissed)"));
  CHECK(contains(connected, "after 0"));
  const std::string items = desktop.content("keyring.items");
  CHECK(contains(items, HostUser::secretOfSandbox()));
  CHECK(contains(items, "moco-key-of-the-sandbox"));
}

TEST_CASE("new keys are stored beside the old ones in the keyring, which are then removed",
          "[end-to-end][secrets][keyring]") {
  HostUser user;
  user.enable();
  const DesktopSession desktop;
  const std::string told =
      desktop.run(user,
                  std::string(kBoth) +
                      "connect; echo exit $?; mkdir $home/settings.json.new; connect; echo refused $?\n"
                      "rmdir $home/settings.json.new; $host sync; echo sync $?",
                  DesktopSession::scripted());
  INFO(told);
  CHECK(contains(told, "settings.json cannot be written"));
  CHECK(contains(told, "refused 1"));
  CHECK(contains(told, "sync 0"));
  CHECK(countOf(desktop.content("keyring.items"), HostUser::secretOfSandbox()) == 1);
}

TEST_CASE("a host that is killed around any call of the keyring leaves one complete connection",
          "[end-to-end][secrets][keyring][reconnect][killed]") {
  constexpr const char *kOtherId = "papi-00000000-0000-4000-8000-000000000002";
  constexpr const char *kOtherSecret = "papi-secret-of-another-pair";
  auto scenario = sandbox::small();
  auto credentials = scenario.personio.credentials.front();
  credentials.client_id = kOtherId;
  credentials.client_secret = kOtherSecret;
  scenario.personio.credentials.push_back(credentials);
  scenario.personio.behaviour.sign_ins_per_minute = 100000;
  HostUser user(scenario);
  user.enable();
  const DesktopSession desktop;
  // The host finds this helper in its own folder: it ends the host before or after the selected call.
  const std::string helper =
      "#!/bin/sh\necho $1 >> $HOME/calls\nturn=$(grep -c . $HOME/calls)\n[ $turn = \"$KILL_BEFORE\" ] && "
      "kill -9 "
      "$PPID && exit 1\n" +
      hostBuild() +
      "/bin/roots-keyring \"$@\"\ncode=$?\n[ $turn = \"$KILL_AFTER\" ] && kill -9 $PPID\nexit $code\n";
  std::string lines =
      "mkdir $HOME/bin; cp ${host%% *} $HOME/bin/; host=\"$HOME/bin/${host##*/bin/}\"\n"
      "cat > $HOME/bin/roots-keyring <<'EOF'\n" +
      helper + "EOF\nchmod +x $HOME/bin/roots-keyring\nconnect; echo exit $?\n";
  lines += "other() { printf 'client_secret=" + std::string(kOtherSecret) + "\\n' | $host";
  for (const auto &word : user.connectWords({{"client_id", kOtherId}})) lines += " '" + word + "'";
  lines +=
      "; }\n"
      "look() { set=$(sed -n 's/.*\"secret_set\": \"\\(.*\\)\".*/\\1/p' $home/settings.json | head -n 1)\n"
      "  echo; echo pair $(grep -o 'papi-0[-0-9]*' $home/settings.json) $(entry load $set | grep -o "
      "'papi-secret[-a-z]*'); }\n"
      "for turn in 1 2 3 4 5 6; do for when in BEFORE AFTER; do for who in other connect; do\n"
      "  : > $HOME/calls; export KILL_$when=$turn; $who >/dev/null 2>&1; echo $who $? at $(grep -c . "
      "$HOME/calls)\n"
      "  unset KILL_$when; : > $HOME/calls; look; done; done; done\n"
      "set_to; $host sync; echo sync $?\n";
  const std::string told = desktop.run(user, lines, DesktopSession::scripted());
  INFO(told);
  const std::string one =
      "pair papi-00000000-0000-4000-8000-000000000001 " + HostUser::secretOfSandbox() + "\n";
  const std::string other = "pair " + std::string(kOtherId) + " " + kOtherSecret + "\n";
  CHECK(countOf(told, one) + countOf(told, other) == 24);
  CHECK(countOf(told, one) > 0);
  CHECK(countOf(told, other) > 0);
  CHECK(contains(told, "other 137 at 1\n"));
  CHECK(contains(told, "sync 0"));
  // The interrupted commands leave nothing behind.
  CHECK(countOf(desktop.content("keyring.items"), "papi-secret") == 1);
}
