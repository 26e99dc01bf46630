// Daily use of broken plugins: in the host's process, and isolated.
#include "check/loopback_service.h"
#include "support/catch.h"
#include "support/folders.h"
#include "support/process.h"
#include "support/temporary_folder.h"
#include "support/text_search.h"

#include <roots/kit/json.h>

#include <regex>
#include <set>

using namespace roots;
using namespace roots::test;

namespace {

namespace fs = std::filesystem;

const fs::path kBroken = fs::path(buildFolder()) / "broken-plugins";

// A user with one plugin, made from the template, and its service.
class DoubtfulUser {
 public:
  explicit DoubtfulUser(const std::string &way)
      : service_(*check::readReplies(sourceFolder() + "/sdk/template/replies.json")) {
    std::string manifest = contentOf(sourceFolder() + "/sdk/template/manifest.json");
    manifest = replaced(manifest, "example.larkspur", "example.broken");
    // A short time limit for tests.
    manifest = replaced(manifest, "\"settings\": [",
                        "\"settings\": [ {\"key\": \"timeout_seconds\", \"label\": \"Time limit\", \"type\": "
                        "\"integer\", \"default\": \"1\"},");
    folder_.write("plugins/example.broken/manifest.json", manifest);
    install(way);
  }

  void install(const std::string &way) const {
    fs::copy(kBroken / (way + ".so"), folder_.path() / "plugins" / "example.broken" / "liblarkspur.so",
             fs::copy_options::overwrite_existing);
  }

  ProcessResult type(std::vector<std::string> words, const std::string &input = "") const {
    std::vector<std::string> command{hostBuild() + "/bin/roots-host-stub",
                                     "--home",
                                     (folder_.path() / "home").string(),
                                     "--plugins",
                                     (folder_.path() / "plugins").string(),
                                     "--today",
                                     "2026-07-08"};
    command.insert(command.end(), words.begin(), words.end());
    ProcessOptions options;
    options.input = input;
    return run(command, options);
  }

  ProcessResult enable(bool isolated) const {
    return isolated ? type({"plugins", "enable", "example.broken", "--isolated"})
                    : type({"plugins", "enable", "example.broken"});
  }

  ProcessResult connect() const {
    return type(
        {"connect", "example.broken", "--setting", "base_url=" + service_.address(), "--secrets-from-stdin"},
        "api_key=a-key-that-is-secret\n");
  }

  // How often the plugin signed in with the key instead of a stored token.
  int signIns() const {
    int count = 0;
    for (const auto &target : service_.targets()) count += target.rfind("/v1/session", 0) == 0 ? 1 : 0;
    return count;
  }

 private:
  check::LoopbackService service_;
  TemporaryFolder folder_;
};

// Two users fetch at different times, possibly in different minutes.
std::string withoutTimes(const std::string &text) {
  static const std::regex kTime(R"(\d{4}-\d\d-\d\d \d\d:\d\d)");
  return std::regex_replace(text, kTime, "TIME");
}

// Exited by itself, with a documented exit code, and without printing the secret.
void livedOn(const ProcessResult &result) {
  INFO(result.out << result.err);
  CHECK(result.signal == 0);
  CHECK_FALSE(result.timed_out);
  CHECK(result.exit_code >= 0);
  CHECK(result.exit_code <= 6);
  CHECK_FALSE(contains(result.out + result.err, "a-key-that-is-secret"));
}

void useEveryDay(const std::string &way, bool isolated) {
  INFO(way);
  const DoubtfulUser user(way);
  const auto enabled = user.enable(isolated);
  livedOn(enabled);
  if (enabled.exit_code != 0) {
    CHECK(contains(enabled.err, "The plugin example.broken is refused. "));
    return;
  }
  livedOn(user.connect());
  livedOn(user.type({"sync"}));
  livedOn(user.type({"calendar"}));
  livedOn(user.type({"balance"}));
  const auto status = user.type({"status"});
  livedOn(status);
  CHECK(status.exit_code == 0);
}

std::set<std::string> everyWay() {
  std::set<std::string> ways;
  for (const auto &entry : fs::directory_iterator(kBroken)) ways.insert(entry.path().stem().string());
  REQUIRE(ways.size() >= 15);
  // Each takes 10 seconds, see "a library that never finishes loading is abandoned"; or 3
  // seconds, many times.
  for (const char *way : {"hang_at_load", "closes_pipes_at_load", "slow_to_load"}) ways.erase(way);
#if defined(__SANITIZE_ADDRESS__)
  ways.erase("leaks");  // which the sanitizer reports
#endif
  return ways;
}

std::string absencesOf(const DoubtfulUser &user) {
  const auto timeline = user.type({"timeline", "--json"});
  INFO(timeline.err);
  REQUIRE(timeline.exit_code == 0);
  const auto document = kit::JsonDocument::parse(timeline.out);
  REQUIRE(document.ok());
  std::string absences;
  const auto days = document->root()["days"];
  for (std::size_t index = 0; index < days.size(); ++index)
    absences += kit::JsonDocument::textOf(days.at(index)["absences"]) + "\n";
  return absences;
}

}  // namespace

TEST_CASE("the host survives every broken plugin", "[end-to-end][slow]") {
  auto ways = everyWay();
  // In the host's process, these end the host, and a call that outlives the host's record of it may.
  for (const char *way : {"crashes_in_use", "crashes_in_first_fetch", "hangs_in_use", "late_thread",
                          "loops_on_progress", "floods_the_host"})
    ways.erase(way);
  for (const auto &way : ways) useEveryDay(way, false);
}

TEST_CASE("the host survives every broken plugin that is isolated", "[end-to-end][slow]") {
  for (const auto &way : everyWay()) useEveryDay(way, true);
}

TEST_CASE("an isolated plugin shows the same days as one in the host's process", "[end-to-end]") {
  const DoubtfulUser here("nothing");
  const DoubtfulUser isolated("nothing");
  CHECK(here.enable(false).exit_code == 0);
  CHECK(isolated.enable(true).exit_code == 0);
  CHECK(here.connect().exit_code == 0);
  const auto connected = isolated.connect();
  INFO(connected.err);
  CHECK(connected.exit_code == 0);
  for (const auto &words : std::vector<std::vector<std::string>>{
           {"timeline"}, {"calendar"}, {"balance"}, {"explain", "2026-07-10"}, {"settings", "show"}}) {
    const auto text = withoutTimes(here.type(words).out);
    CHECK_FALSE(text.empty());
    CHECK(withoutTimes(isolated.type(words).out) == text);
  }
  CHECK(contains(absencesOf(isolated), "holiday"));
  CHECK(contains(isolated.type({"plugins", "list"}).out, "enabled, isolated"));
  // The host stores its token, and its locks apply.
  CHECK(isolated.type({"sync"}).exit_code == 0);
  CHECK(isolated.signIns() == 1);
  const auto refused = isolated.type({"absences", "add", "--from", "2026-07-20", "--type", "vacation"});
  CHECK(refused.exit_code == 3);
  CHECK(contains(refused.err, "Larkspur"));
  CHECK(isolated.type({"disconnect", "example.broken"}).exit_code == 0);
}

TEST_CASE("after a crash of an isolated plugin, the last known data is shown with the reason",
          "[end-to-end]") {
  const DoubtfulUser user("nothing");
  CHECK(user.enable(true).exit_code == 0);
  CHECK(user.connect().exit_code == 0);
  const std::string before = absencesOf(user);
  const std::string balance = user.type({"balance"}).out;
  user.install("crashes_in_use");
  CHECK(user.enable(true).exit_code == 0);
  const auto synced = user.type({"sync"});
  INFO(synced.out << synced.err);
  livedOn(synced);
  CHECK(synced.exit_code != 0);
  CHECK(contains(synced.out + synced.err,
                 "The plugin Larkspur crashed (SIGABRT). Previously fetched data is still shown."));
  // It cannot report its locks any more: the known ones stay in effect.
  CHECK(contains(synced.out + synced.err, "Larkspur, locks: "));
  CHECK(user.type({"absences", "add", "--from", "2026-07-20", "--type", "vacation"}).exit_code == 3);
  CHECK(absencesOf(user) == before);
  CHECK(contains(user.type({"balance"}).out, "18.5"));
  CHECK(contains(balance, "18.5"));
}

TEST_CASE("if a plugin crashes in its first fetch, its days are unknown and its locks apply",
          "[end-to-end][unknown]") {
  const DoubtfulUser user("crashes_in_first_fetch");
  CHECK(user.enable(true).exit_code == 0);
  CHECK(user.type({"absences", "add", "--from", "2026-07-09", "--to", "2026-07-09", "--type", "vacation"})
            .exit_code == 0);
  const auto connected = user.connect();
  INFO(connected.out << connected.err);
  livedOn(connected);
  CHECK(contains(connected.out + connected.err, "crashed (SIGABRT)"));
  const auto timeline = kit::JsonDocument::parse(user.type({"timeline", "--json"}).out);
  REQUIRE(timeline.ok());
  const auto days = timeline->root()["days"];
  REQUIRE(days.size() == 7);
  for (std::size_t index = 0; index < days.size(); ++index)
    CHECK(days.at(index)["absences_known"].asFlag() == false);
  CHECK(contains(user.type({"calendar", "--month", "2026-08"}).out, "Absences are not known."));
  const auto file = user.type({"calendar", "--ics"});
  CHECK(file.exit_code == 1);
  CHECK(file.out.empty());
  const auto locked =
      user.type({"absences", "add", "--from", "2026-07-20", "--to", "2026-07-20", "--type", "vacation"});
  CHECK(locked.exit_code == 3);
  CHECK(contains(locked.err, "Larkspur"));
  // After the fault is gone, it delivers data.
  user.install("nothing");
  CHECK(user.enable(true).exit_code == 0);
  CHECK(user.type({"sync"}).exit_code == 0);
  CHECK(contains(absencesOf(user), "holiday"));
  CHECK(user.type({"disconnect", "example.broken"}).exit_code == 0);
}

TEST_CASE("an isolated plugin that hangs is terminated after its time limit, whatever it does meanwhile",
          "[end-to-end]") {
  const DoubtfulUser user(GENERATE("hangs_in_use", "loops_on_progress", "floods_the_host"));
  CHECK(user.enable(true).exit_code == 0);
  const auto connected = user.connect();
  livedOn(connected);
  CHECK(contains(connected.out + connected.err, "exceeded its time limit and was terminated"));
  CHECK(contains(absencesOf(user), "holiday"));
}

TEST_CASE("an isolated plugin whose library changed is refused like any other", "[end-to-end]") {
  const DoubtfulUser user("nothing");
  CHECK(user.enable(true).exit_code == 0);
  user.install("prints");
  const auto connected = user.connect();
  CHECK(connected.exit_code == 1);
  CHECK(contains(connected.err, "has changed since the plugin was enabled"));
  CHECK(
      contains(user.type({"plugins", "list"}).out, "refused: its library has changed since it was enabled"));
  CHECK(contains(user.type({"status"}).out, "Refused plugin"));
  CHECK(contains(user.type({"status"}).out, "its library has changed since it was enabled"));
  CHECK(contains(user.type({"status", "--diagnostics"}).out, "\"has_changed\": true"));
  CHECK(user.enable(true).exit_code == 0);
  CHECK(contains(user.type({"plugins", "list"}).out, "enabled, isolated"));
  CHECK_FALSE(contains(user.type({"status"}).out, "Refused plugin"));
}
