// Keys in the keyring of the desktop: the real host, and a real Secret Service on a separate session bus.
#include "support/catch.h"
#include "support/desktop_session.h"
#include "support/folders.h"
#include "support/text_search.h"

using namespace roots;
using namespace roots::test;

TEST_CASE("if a keyring is available, keys are in it and nowhere on disk", "[end-to-end][secrets][keyring]") {
  HostUser user;
  user.enable();
  const DesktopSession desktop;
  const std::string told =
      desktop.run(user, "connect && $host sync && $host status", DesktopSession::kUnlocked);
  INFO(told);
  CHECK(contains(told, "Connected to Personio as Nele Muster."));
  CHECK(contains(told, "Up to date from"));
  CHECK(contains(told, "Keys are in the keyring of your desktop."));
  for (const auto &entry : std::filesystem::directory_iterator(user.home())) {
    const std::string content = contentOf(entry.path());
    INFO(entry.path().filename().string());
    CHECK_FALSE(contains(content, HostUser::secretOfSandbox()));
    CHECK_FALSE(contains(content, "papi-token-"));
  }

  SECTION("without the keyring, nothing is lost: known data is shown, and a sync says what to do") {
    const auto sync = user.type({"sync"});
    CHECK(sync.exit_code == 6);
    CHECK(contains(
        sync.err, "Your credentials are in the keyring of your desktop, which cannot be reached from here."));
    CHECK(user.type({"calendar"}).exit_code == 0);
    CHECK(contains(user.type({"status"}).out, "Nele Muster"));
    const auto month = user.typeJson({"calendar", "--month", "2026-07"});
    CHECK(month.root()["days"].size() == 31);
  }
  SECTION("the next disconnect completes one that was interrupted after its first step") {
    const TemporaryFolder elsewhere;
    std::filesystem::rename(user.home() / "settings.json", elsewhere.path() / "settings.json");
    std::ofstream(user.home() / "settings.json")
        << R"({"version":1,"weekday_minutes":[480,480,480,480,480,0,0],"absences":[],"plugins":[],)"
           R"("connections":[]})";
    const std::string ended = desktop.run(
        user,
        "$host disconnect roots.personio; cat " + (user.home() / "secrets.json").string() + "; mv " +
            (elsewhere.path() / "settings.json").string() + " " + user.home().string() + "; $host sync",
        DesktopSession::kUnlocked);
    INFO(ended);
    CHECK(contains(ended, "There is no connection to roots.personio."));
    CHECK_FALSE(contains(ended, "kept_in"));
    CHECK(contains(ended, "\"Client Secret\" is missing."));
  }
  SECTION("keys that are damaged or of a newer version are reported and not changed until a disconnect") {
    const std::string text =
        GENERATE("{\\\"version\\\":1,\\\"secr", "{\\\"version\\\":2,\\\"secrets\\\":{}}");
    const std::string told_then = desktop.run(user,
                                              "printf \"" + text +
                                                  "\" | entry keep roots.personio; $host sync; echo exit $?; "
                                                  "entry load roots.personio; $host calendar "
                                                  ">/dev/null; echo exit $?; $host disconnect "
                                                  "roots.personio; echo exit $?; entry load roots.personio; "
                                                  "echo load $?",
                                              DesktopSession::kUnlocked);
    INFO(told_then);
    CHECK(contains(told_then,
                   "Your credentials in the keyring of your desktop are damaged or of a newer version"));
    CHECK(contains(told_then, "\"roots: keys of roots.personio\""));
    CHECK(contains(told_then, "exit 1\nt{\"version\":"));
    CHECK(countOf(told_then, "exit 0") == 2);
    CHECK(contains(told_then, "load 3"));
  }
  SECTION("a session without an available keyring differs from one without keys") {
    const std::string silent =
        desktop.run(user, "$host sync; echo exit $?", "export DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere");
    INFO(silent);
    CHECK(contains(
        silent,
        "The keyring with your credentials cannot be used (no keyring is available in this session)."));
    CHECK(contains(silent, "exit 6"));
    const std::string emptied = desktop.run(user, "$host sync; $host status",
                                            std::string("rm -rf $HOME/.local\n") + DesktopSession::kUnlocked);
    INFO(emptied);
    CHECK(contains(emptied,
                   "The keyring of your desktop answers, but does not hold the keys of this connection"));
    CHECK(contains(emptied, "needs to sign in again, Nele Muster"));
  }
}

TEST_CASE("keys in the file move to the keyring with the next change, and are removed with the connection",
          "[end-to-end][secrets][keyring]") {
  HostUser user;
  user.connectAll();
  REQUIRE(contains(contentOf(user.home() / "secrets.json"), HostUser::secretOfSandbox()));
  CHECK(contains(user.type({"status"}).out, "Keys are in a file (secrets.json) that only you can read."));
  user.services().expireTokens();  // so that a new one must be stored
  const DesktopSession desktop;
  const std::string told =
      desktop.run(user,
                  "$host sync && $host status && cat " + (user.home() / "secrets.json").string() +
                      " && $host disconnect roots.personio && $host moco disconnect && $host status && "
                      "ROOTS_SECRETS=file connect && ROOTS_SECRETS=file $host status",
                  DesktopSession::kUnlocked);
  INFO(told);
  const auto moved = told.find("Keys are in the keyring of your desktop.");
  REQUIRE(moved != std::string::npos);
  CHECK(contains(told, "\"kept_in\": \"keyring\""));
  CHECK_FALSE(contains(told, HostUser::secretOfSandbox()));
  CHECK(told.find("Keys are in a file", moved) != std::string::npos);
  CHECK(contains(told, "Connected to Personio as Nele Muster."));
  CHECK(contains(contentOf(user.home() / "secrets.json"), HostUser::secretOfSandbox()));
}

TEST_CASE("GNOME's keyring, locked and with its dialog closed: nothing is lost, and no change is reported",
          "[end-to-end][secrets][keyring]") {
  HostUser user;
  user.enable();
  const DesktopSession desktop;
  const std::string told = desktop.run(
      user,
      "connect; echo exit $?; moco_connect; echo exit $?; lock\n"
      "$host sync; echo sync $?; grep -c dismissed $HOME/prompts\n"
      "moco_connect; echo moco $?\n"
      "$host disconnect roots.personio; echo ended $?; unlock; entry load roots.personio; echo load $?\n"
      "$host sync; echo sync $?; entry load roots.personio; echo load $?; entry load moco; $host status",
      DesktopSession::withPrompter());
  INFO(told);
  CHECK(countOf(told, "exit 0") == 2);
  CHECK(contains(told,
                 "The keyring with your credentials cannot be used (it is locked, or its prompt was "
                 "dismissed)."));
  CHECK(contains(told, "sync 6\n1\n"));
  CHECK(contains(
      told,
      "did not store the credentials (it is locked, or its prompt was dismissed). Nothing was changed."));
  CHECK(contains(told, "moco 6"));
  CHECK(contains(told, "The credentials are still in the keyring of your desktop (it is locked"));
  CHECK(contains(told, "ended 6"));
  CHECK(contains(told, HostUser::secretOfSandbox() + "\"}}load 0"));  // it was still there, as reported
  CHECK(contains(told, "sync 0\nload 3\n"));
  CHECK(contains(told, "moco-key-of-the-sandbox"));
  CHECK_FALSE(contains(told, "still holds credentials of a connection"));
}

TEST_CASE("the single entry of former versions is read once and becomes an entry for each connection",
          "[end-to-end][secrets][keyring]") {
  HostUser user;
  user.connectAll();
  const auto secrets = user.home() / "secrets.json";
  REQUIRE(contains(contentOf(secrets), HostUser::secretOfSandbox()));
  std::ofstream(secrets) << R"({"version": 1, "kept_in": "keyring"})";
  const std::string former =
      R"({"version":1,"secrets":{"roots.personio":{"setting.client_secret":")" + HostUser::secretOfSandbox() +
      R"("},"moco":{"api_key":"moco-key-of-the-sandbox"},"example.gone":{"token":"of nobody"}}})";
  const DesktopSession desktop;
  const std::string told = desktop.run(
      user,
      "printf '" + former +
          "' | entry keep ''; lock; $host sync; echo locked $?; unlock; $host sync; echo sync $?\n"
          "entry load roots.personio; echo; entry load moco; echo; entry load ''; echo former $?\n"
          "cat $home/secrets.json; $host sync; echo sync $?",
      DesktopSession::withPrompter());
  INFO(told);
  CHECK(contains(told, "locked 6"));
  CHECK(countOf(told, "sync 0") == 2);
  CHECK(contains(told, "\"setting.client_secret\":\"" + HostUser::secretOfSandbox() + "\""));
  CHECK(contains(told, "\"api_key\":\"moco-key-of-the-sandbox\""));
  CHECK(contains(told, "former 3"));
  CHECK_FALSE(contains(told, "of nobody"));
  CHECK_FALSE(contains(told, "former_entry"));
}

TEST_CASE("a disconnect without a session bus ends the connection and records what is left in the keyring",
          "[end-to-end][secrets][keyring]") {
  HostUser user;
  user.enable();
  const DesktopSession desktop;
  REQUIRE(contains(desktop.run(user, "connect; moco_connect; echo exit $?", DesktopSession::kUnlocked),
                   "exit 0"));
  for (const auto &words :
       std::vector<std::vector<std::string>>{{"disconnect", "roots.personio"}, {"moco", "disconnect"}}) {
    const auto ended = user.type(words);
    INFO(ended.out << ended.err);
    CHECK(ended.exit_code == 6);
    CHECK(contains(ended.err, "Disconnected from "));
    CHECK(contains(ended.err,
                   "The credentials are still in the keyring of your desktop (it cannot be reached from "
                   "here). They will be removed as soon as a command can use the keyring."));
  }
  CHECK(contains(user.type({"status"}).out, "still holds credentials of a connection that has ended"));
  for (const char *trace : {"Nele.Muster", "Urlaub", "4711", "Sample GmbH"})
    CHECK_FALSE(contains(filesOf(user), trace));
  const std::string told =
      desktop.run(user,
                  "$host settings set weekday-hours '8 8 8 8 8 0 0'; $host status; entry "
                  "load roots.personio; echo load $?; entry load moco; echo load $?",
                  DesktopSession::kUnlocked);
  INFO(told);
  CHECK(countOf(told, "load 3") == 2);
  CHECK_FALSE(contains(told, "still holds credentials"));
}
