// The real host program, killed at random times during a command that writes, and then used again.
#include "support/catch.h"
#include "support/generated_table.h"
#include "support/host_user.h"
#include "support/text_search.h"

#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <climits>
#include <csignal>
#include <map>
#include <random>

using namespace roots;
using namespace roots::test;

namespace {

namespace fs = std::filesystem;
using std::chrono::microseconds;

constexpr int kKills = 200;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kKillsHere = kKills / 8;  // programs under observation start slowly
#else
constexpr int kKillsHere = kKills;
#endif

// The host's stored data, with the version number of each part.
struct Kept {
  int hours = 0;
  int absences = 0;
  int rotation = 0;
  bool connected = false;
  int label = 0;  // of the provider's absence, as last fetched
};

struct Command {
  std::string name;
  std::vector<std::string> words;
  std::string input;
  Kept after;
};

// How often something in a folder changed.
class Changes {
 public:
  explicit Changes(const fs::path &folder) : descriptor_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
    REQUIRE(::inotify_add_watch(descriptor_, folder.c_str(), IN_CREATE | IN_MODIFY | IN_MOVED_TO) >= 0);
  }
  ~Changes() { ::close(descriptor_); }
  Changes(const Changes &) = delete;
  Changes &operator=(const Changes &) = delete;

  int seen() {
    alignas(inotify_event) std::array<char, 4096> events{};
    const ssize_t size = ::read(descriptor_, events.data(), events.size());
    for (ssize_t at = 0; at < size;) {
      const auto *event = reinterpret_cast<const inotify_event *>(events.data() + at);
      at += static_cast<ssize_t>(sizeof *event + event->len);
      ++seen_;
    }
    return seen_;
  }

 private:
  int descriptor_;
  int seen_ = 0;
};

// A user whose host is killed repeatedly.
class UnluckyUser {
 public:
  UnluckyUser() {
    user_.enable();
    user_.services().change(
        [](sandbox::Scenario &scenario) { scenario.personio.behaviour.sign_ins_per_minute = 100000; });
    for (const char *name : {"hours", "absence", "rotation", "connect", "sync", "disconnect"}) {
      const Command command = make(name);
      const auto start = std::chrono::steady_clock::now();
      const auto result = user_.type(command.words, command.input);
      usual_[name] = std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now() - start);
      INFO(name << ": " << result.err);
      REQUIRE(result.exit_code == 0);
      kept_ = command.after;
    }
  }

  // Runs one command and kills it, unless it is too fast; then checks everything. True: the kill hit.
  bool suffer() {
    const Command command = make(nextName());
    const bool hit = runAndKill(command);
    const bool half_done = isHalfDone();
    half_done_ += half_done ? 1 : 0;
    INFO(command.name << (hit ? ", killed" : ", done") << (half_done ? ", half done" : ""));
    Kept found = look();
    requireEither(found, hit ? kept_ : command.after, command.after);
    kept_ = found;
    if (hit && found.connected && command.name == "connect") REQUIRE(user_.type({"sync"}).exit_code == 0);
    carryOn();
    return hit;
  }

  [[nodiscard]] int halfDone() const { return half_done_; }

 private:
  const char *nextName() {
    static constexpr std::array by_hand{"hours", "absence", "rotation", "connect", "connect"};
    static constexpr std::array connected{"sync", "sync", "rotation", "disconnect", "disconnect"};
    return (kept_.connected ? connected : by_hand).at(chance_() % 5);
  }

  Command make(const std::string &name) {
    ++version_;
    Command command{name, {}, "", kept_};
    if (name == "hours") {
      command.words = {"settings", "set", "weekday-hours", weekOf(version_)};
      command.after.hours = version_;
    } else if (name == "absence") {
      const std::string day = kit::formatDate(kit::addDays(std::chrono::year(2027) / 1 / 1, version_));
      command.words = {"absences", "add", "--type", "vacation", "--from", day, "--to", day};
      ++command.after.absences;
    } else if (name == "rotation") {
      command.words = {"rotation",       "set",    "--from", "2026-07-06", "--week",
                       weekOf(version_), "--week", weekOf(0)};
      command.after.rotation = version_;
    } else if (name == "disconnect") {
      command.words = {"disconnect", "roots.personio"};
      command.after.connected = false;
    } else {
      user_.services().change([&](sandbox::Scenario &scenario) {
        scenario.personio.time_off_types.front().name = "Urlaub " + std::to_string(version_);
      });
      command.words = name == "sync" ? std::vector<std::string>{"sync"} : user_.connectWords();
      if (name == "connect") command.input = HostUser::secretLine();
      command.after.connected = true;
      command.after.label = version_;
    }
    return command;
  }

  static std::string weekOf(int version) {
    const std::string minutes = std::to_string(100 + version % 60).substr(1);
    return std::to_string(version / 60) + ":" + minutes + " 8 8 8 8 0 0";
  }

  // At a time within its usual duration, or after this many changes of the home.
  bool runAndKill(const Command &command) {
    Changes changes(user_.home());
    ProcessOptions options;
    options.input = command.input;
    RunningProcess host(user_.command(command.words), options);
    if (chance_() % 2 == 0) {
      host.letRun(microseconds(chance_() % static_cast<unsigned>(usual_[command.name].count())));
    } else {
      const int enough = 1 + static_cast<int>(chance_() % 9);
      (void)host.letRunUntil([&] { return changes.seen() >= enough; });
    }
    host.signal(SIGKILL);
    const auto result = host.end();
    INFO(command.name << ": " << result.err);
    REQUIRE((result.signal == SIGKILL || result.exit_code == 0));
    return result.signal == SIGKILL;
  }

  [[nodiscard]] std::string everything() const {
    std::string content;
    for (const auto &entry : fs::directory_iterator(user_.home()))
      content += entry.path().filename().string() + "\n" + contentOf(entry.path()) + "\n";
    return content;
  }

  [[nodiscard]] bool isHalfDone() const {
    const std::string content = everything();
    const bool connection_is_kept = contains(content, "Nele.Muster");
    return contains(content, ".new\n") ||
           connection_is_kept != contains(content, HostUser::secretOfSandbox());
  }

  // The host's own output as JSON.
  [[nodiscard]] Kept look() const {
    Kept found;
    const auto settings = user_.typeJson({"settings", "show"});
    const auto status = user_.typeJson({"status"});
    const auto day = user_.typeJson({"timeline", "--from", "2026-07-06", "--to", "2026-07-06"});
    const auto file = kit::JsonDocument::parse(contentOf(user_.home() / "settings.json"));
    REQUIRE(file.ok());
    const auto monday = [](kit::JsonView week) {
      return static_cast<int>(week.at(0).asInteger().value_or(0));
    };
    found.hours = monday(settings.root()["manual_weekday_minutes"]);
    found.rotation = monday(settings.root()["rotation"]["weeks"].at(0));
    found.absences = static_cast<int>(file->root()["absences"].size());
    found.connected = status.root()["connections"].size() == 1;
    CHECK((found.connected || settings.root()["locks"].size() == 0));
    const std::string label = day.root()["days"].at(0)["absences"].at(0)["label"].textOrEmpty();
    if (!label.empty()) found.label = std::stoi(label.substr(label.find(' ')));
    return found;
  }

  static void requireEither(const Kept &found, const Kept &one, const Kept &other) {
    const auto either = [](int value, int first, int second) { return value == first || value == second; };
    CHECK(either(found.hours, one.hours, other.hours));
    CHECK(either(found.absences, one.absences, other.absences));
    CHECK(either(found.rotation, one.rotation, other.rotation));
    CHECK(either(found.connected, one.connected, other.connected));
    if (found.connected)
      CHECK(either(found.label, one.label, other.label));
    else
      CHECK(found.label == 0);
  }

  // The next command that writes succeeds immediately and leaves nothing of the interrupted one.
  void carryOn() {
    const Command command = make("rotation");
    const auto result = user_.type(command.words);
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    kept_ = command.after;
    const std::string content = everything();
    CHECK_FALSE(contains(content, ".new\n"));
    if (kept_.connected) return;
    for (const char *trace : {"papi-", "Nele.Muster", "Urlaub", "4711"}) {
      INFO(trace);
      CHECK_FALSE(contains(content, trace));
    }
  }

  HostUser user_;
  Kept kept_;
  std::map<std::string, microseconds> usual_;
  std::mt19937 chance_{20260715};
  int version_ = 0;
  int half_done_ = 0;
};

}  // namespace

TEST_CASE("a host that is killed in any command continues with the confirmed state or the one being written",
          "[end-to-end][killed][slow]") {
  UnluckyUser user;
  for (int hits = 0; hits < kKillsHere;) hits += user.suffer() ? 1 : 0;
  CHECK(user.halfDone() > 0);  // otherwise, no kill hit between the changes
}

TEST_CASE("the table of kills of the host program is current", "[end-to-end][killed]") {
  roots::test::compareWithTable(
      "tests/tables/killed-commands.md",
      "| what | how often |\n|---|---:|\n| the host program killed in a command, and used again | " +
          std::to_string(kKills) + " |\n");
}
