// A long day of a laptop: the host serves the page while the network sleeps, resets or refuses connections,
// and changes its address; the keyring locks and unlocks; the plugin's folder is overwritten; and files
// become unwritable. In between, everything works again. No crash, no lost key, setting, or absence; every
// message names the cause, and the host's memory stays constant.
#include "support/catch.h"
#include "support/certificates.h"
#include "support/desktop_session.h"
#include "support/folders.h"
#include "support/host_user.h"
#include "support/served_host.h"
#include "support/unreliable_network.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <random>
#include <thread>

using namespace roots;
using namespace roots::test;
using namespace std::chrono_literals;

namespace {

namespace fs = std::filesystem;

constexpr int kRounds = 6;
constexpr unsigned kSeed = 20261126;
constexpr int kTryLater = 6;
constexpr std::chrono::seconds kTimeLimit{5};  // the user's, for each call
constexpr const char *kTimeIsUp = "did not answer within the time limit";

// A sanitizer keeps freed memory to detect its use.
bool measuresMemory() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return false;
#else
  return true;
#endif
}

// One call of the page and its result.
struct Answer {
  int exit_code = -1;
  std::string lines;  // the whole reply of the host, as JSON
  [[nodiscard]] bool says(const std::string &part) const { return lines.find(part) != std::string::npos; }
};

std::vector<std::string> everythingKept(const HostUser &user) {
  const auto month = user.typeJson({"calendar", "--month", "2026-07"});
  std::vector<std::string> kept;
  for (std::size_t index = 0; index < month.root()["days"].size(); ++index) {
    const auto day = month.root()["days"].at(index);
    std::string line(day["date"].textOrEmpty());
    line += " " + std::to_string(day["target_minutes"].asInteger().value_or(-1));
    line += " " + std::to_string(day["booked_minutes"].asInteger().value_or(-1));
    for (std::size_t at = 0; at < day["absences"].size(); ++at)
      line += " " + std::string(day["absences"].at(at)["label"].textOrEmpty());
    kept.push_back(line);
  }
  return kept;
}

sandbox::SandboxOptions overTls(const Certificate &certificate) {
  sandbox::SandboxOptions options;
  options.certificate_file = certificate.certificate_file;
  options.private_key_file = certificate.key_file;
  return options;
}

// Without the number of polls.
sandbox::Scenario patientCompany() {
  sandbox::Scenario scenario = sandbox::small();
  constexpr int without_limit = 1'000'000;
  scenario.personio.behaviour.sign_ins_per_minute = without_limit;
  scenario.moco.behaviour.requests_per_two_minutes = without_limit;
  return scenario;
}

std::uint16_t portOf(const std::string &url) {
  return static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
}

// A connected user; everything around the host can fail.
class LaptopUser {
 public:
  LaptopUser() {
    for (const auto &file : fs::directory_iterator(builtPlugin())) {
      fs::create_directories(pluginFolder());
      fs::copy(file, pluginFolder() / file.path().filename());
    }
    user_.usePlugins(plugins_.path());
    desktop_.start();
    user_.useEnvironment(desktop_.environment());
    user_.enable();
    const auto connected =
        user_.connect({{"base_url", "https://localhost:" + std::to_string(network_.port())},
                       {"ca_file", authority_.file()},
                       {"timeout_seconds", std::to_string(kTimeLimit.count())}});
    INFO(connected.err);
    REQUIRE(connected.exit_code == 0);
    const auto moco =
        user_.type({"moco", "connect", "--domain", "example", "--base-url", user_.services().mocoUrl(),
                    "--ca-file", authority_.file(), "--secrets-from-stdin"},
                   "api_key=moco-key-of-the-sandbox\n");
    INFO(moco.err);
    REQUIRE(moco.exit_code == 0);
    REQUIRE(user_.type({"status"}).out.find("in the keyring") != std::string::npos);
    served_ = std::make_unique<ServedHost>(user_, ProcessOptions{"", desktop_.environment(), 20min});
  }

  [[nodiscard]] Answer ask(const std::vector<std::string> &words) const {
    Answer answer;
    answer.lines = served_->begin(words)->reply().body;
    answer.exit_code = ServedHost::exitCodeIn(answer.lines);
    return answer;
  }

  void syncWorks(const std::string &after) const {
    const Answer answer = ask({"sync"});
    INFO(after << ": " << answer.lines);
    CHECK(answer.exit_code == 0);
  }

  // A sync that cannot work reports one of these causes, and the month is shown as before. On a busy
  // computer, a sync can also reach the user's time limit.
  void syncSays(const std::string &during, std::vector<std::string> reasons) const {
    const auto start = std::chrono::steady_clock::now();
    const Answer answer = ask({"sync"});
    if (std::chrono::steady_clock::now() - start >= kTimeLimit) reasons.emplace_back(kTimeIsUp);
    INFO(during << ": " << answer.lines);
    CHECK(answer.exit_code == kTryLater);
    CHECK(
        std::any_of(reasons.begin(), reasons.end(), [&](const auto &reason) { return answer.says(reason); }));
    CHECK(ask({"calendar", "--month", "2026-07"}).exit_code == 0);
  }

  // The network fails during a sync.
  [[nodiscard]] Answer syncWhile(const std::function<void()> &happens) const {
    const auto running = served_->begin({"sync"});
    std::this_thread::sleep_for(30ms);
    happens();
    Answer answer;
    answer.lines = running->reply().body;
    answer.exit_code = ServedHost::exitCodeIn(answer.lines);
    return answer;
  }

  [[nodiscard]] long residentKilobytes() const {
    std::ifstream status("/proc/" + std::to_string(served_->id()) + "/status");
    for (std::string line; std::getline(status, line);)
      if (line.rfind("VmRSS:", 0) == 0) return std::stol(line.substr(6));
    return -1;
  }

  // Like an update of the same version: file by file, each in several parts.
  void copyPluginOverItself() const {
    for (const auto &file : fs::directory_iterator(builtPlugin())) {
      const std::string content = contentOf(file.path());
      std::ofstream target(pluginFolder() / file.path().filename(), std::ios::binary | std::ios::trunc);
      target << content.substr(0, content.size() / 2) << std::flush;
      std::this_thread::sleep_for(20ms);
      target << content.substr(content.size() / 2);
    }
  }

  // Works for every user, also root: a folder blocks the name of the new file.
  void makeUnwritable(const std::string &file) const { fs::create_directory(user_.home() / (file + ".new")); }
  void makeWritable(const std::string &file) const { fs::remove(user_.home() / (file + ".new")); }

  [[nodiscard]] HostUser &user() { return user_; }
  [[nodiscard]] UnreliableNetwork &network() { return network_; }
  [[nodiscard]] DesktopSession &desktop() { return desktop_; }
  [[nodiscard]] ServedHost &served() { return *served_; }

 private:
  static fs::path builtPlugin() { return fs::path(pluginBuild()) / "plugins" / "roots.personio"; }
  [[nodiscard]] fs::path pluginFolder() const { return plugins_.path() / "roots.personio"; }

  Authority authority_;
  Certificate certificate_ = authority_.issue({"server", {"localhost"}, {"127.0.0.1", "::1"}, false, false});
  HostUser user_{patientCompany(), overTls(certificate_)};
  UnreliableNetwork network_{portOf(user_.services().personioUrl())};
  DesktopSession desktop_;
  TemporaryFolder plugins_;
  std::unique_ptr<ServedHost> served_;
};

using Disturbance = std::function<void(LaptopUser &)>;

std::vector<Disturbance> disturbances() {
  return {
      [](LaptopUser &laptop) {
        const Answer answer = laptop.syncWhile([&] { laptop.network().silenceConnections(); });
        INFO("the network sleeps in the middle of a sync: " << answer.lines);
        CHECK((answer.exit_code == 0 || answer.exit_code == kTryLater));
        if (answer.exit_code != 0) CHECK(answer.says(kTimeIsUp));
        laptop.syncWorks("the network woke up");
      },
      [](LaptopUser &laptop) {
        laptop.network().goSilent();
        laptop.syncSays("the network is asleep", {kTimeIsUp});
        laptop.network().resetConnections();
        laptop.network().recover();
        laptop.syncWorks("the network woke up");
      },
      [](LaptopUser &laptop) {
        const Answer answer = laptop.syncWhile([&] { laptop.network().resetConnections(); });
        INFO("connections are reset in the middle of a sync: " << answer.lines);
        CHECK((answer.exit_code == 0 || answer.exit_code == kTryLater));
        laptop.syncWorks("connections were reset");
      },
      [](LaptopUser &laptop) {
        laptop.network().refuse();
        laptop.syncSays("connections are refused", {"cannot be reached"});
        laptop.network().recover();
        laptop.syncWorks("connections are accepted again");
      },
      [](LaptopUser &laptop) {
        const Answer answer = laptop.syncWhile([&] {
          laptop.network().loseAddress();
          std::this_thread::sleep_for(200ms);
          laptop.network().recover();
        });
        INFO("the address changes in the middle of a sync: " << answer.lines);
        CHECK((answer.exit_code == 0 || answer.exit_code == kTryLater));
        laptop.syncWorks("the address changed");
      },
      [](LaptopUser &laptop) {
        laptop.desktop().lockKeyring();
        laptop.syncSays("the keyring is locked", {"keyring"});
        laptop.desktop().unlockKeyring();
        laptop.syncWorks("the keyring is unlocked");
      },
      [](LaptopUser &laptop) {
        const Answer answer = laptop.syncWhile([&] { laptop.copyPluginOverItself(); });
        INFO("the plugin's folder is copied over itself: " << answer.lines);
        CHECK((answer.exit_code == 0 || answer.says("has changed")));
        laptop.syncWorks("the plugin's folder is whole");
      },
      [](LaptopUser &laptop) {
        const std::string file = "context.json";
        laptop.makeUnwritable(file);
        const Answer answer = laptop.ask({"sync"});
        INFO("a file is unwritable: " << answer.lines);
        CHECK(answer.exit_code == 1);
        CHECK(answer.says("cannot be written"));
        CHECK(laptop.ask({"calendar", "--month", "2026-07"}).exit_code == 0);
        laptop.makeWritable(file);
        laptop.syncWorks("files are writable");
      },
      [](LaptopUser &laptop) {
        const std::string file = "settings.json";
        laptop.makeUnwritable(file);
        const Answer answer = laptop.ask({"types", "set", "Urlaub", "time_off"});
        INFO("settings are unwritable: " << answer.lines);
        CHECK(answer.exit_code == 1);
        CHECK(answer.says("cannot be written"));
        laptop.makeWritable(file);
        CHECK(laptop.ask({"types", "set", "Urlaub", "time_off"}).exit_code == 0);
      },
  };
}

}  // namespace

TEST_CASE("a day of failures: no crash, no loss, every message correct, constant memory",
          "[end-to-end][soak][slow]") {
  LaptopUser laptop;
  laptop.syncWorks("the start");
  const auto before = everythingKept(laptop.user());
  auto order = disturbances();
  std::mt19937 random(kSeed);
  long after_warm_up = 0;
  for (int round = 0; round < kRounds; ++round) {
    INFO("round " << round << " of seed " << kSeed);
    std::shuffle(order.begin(), order.end(), random);
    for (const auto &disturb : order) disturb(laptop);
    if (round == kRounds / 3) after_warm_up = laptop.residentKilobytes();
  }
  const long at_the_end = laptop.residentKilobytes();
  INFO("resident: " << after_warm_up << " kB after the first third, " << at_the_end << " kB at the end");
  CHECK(after_warm_up > 0);
  // Allocators keep some memory; a leak per command would be larger.
  if (measuresMemory()) CHECK(at_the_end - after_warm_up < 6 * 1024);

  CHECK(everythingKept(laptop.user()) == before);
  const auto ended = laptop.served().quit();
  INFO(ended.err);
  CHECK(ended.exit_code == 0);
  CHECK_FALSE(ended.timed_out);

  // The keys are still there, also for a new process.
  const auto synced = laptop.user().type({"sync"});
  INFO(synced.err);
  CHECK(synced.exit_code == 0);
}
