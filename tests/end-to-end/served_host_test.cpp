// Parallel calls, and ends during a sync: the host that serves the page, called from several threads, and
// interrupted commands. tests/run threads builds the host with ThreadSanitizer for these tests; its reports
// fail them.
#include "support/served_host.h"
#include "state/home.h"
#include "support/catch.h"
#include "support/host_user.h"
#include "support/text_search.h"

#include <array>
#include <csignal>
#include <map>
#include <thread>

using namespace roots;
using namespace roots::test;
using namespace std::chrono_literals;

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr auto kEndless = 10min;  // a reply that no test waits for
constexpr auto kBounded = 50s;    // reached only by a command that waits for that reply anyway

void waitUntil(const std::function<bool()> &condition) {
  const auto end = Clock::now() + kBounded;
  while (!condition() && Clock::now() < end) std::this_thread::sleep_for(5ms);
  REQUIRE(condition());
}

void endedWell(const ProcessResult &result) {
  INFO(result.err);
  CHECK(result.exit_code == 0);
  CHECK_FALSE(result.timed_out);
  CHECK_FALSE(contains(result.err, "ThreadSanitizer"));
}

// A connected user whose absences arrive late.
class PatientUser {
 public:
  explicit PatientUser(bool isolated = false) {
    REQUIRE(user.type(isolated ? std::vector<std::string>{"plugins", "enable", "roots.personio", "--isolated"}
                               : std::vector<std::string>{"plugins", "enable", "roots.personio"})
                .exit_code == 0);
    // The plugin's own time limit must not end a call.
    REQUIRE(user.connect({{"timeout_seconds", "600"}}).exit_code == 0);
  }

  // times: 0 for all.
  void delayAbsences(std::chrono::milliseconds delay, int times) {
    user.services().forgetRequests();
    sandbox::Fault late;
    late.server = "personio";
    late.endpoint = kAbsences;
    late.delay = delay;
    late.times = times;
    user.fault(late);
  }
  void waitUntilAsked() const {
    waitUntil([&] { return user.asked(kAbsences) > 0; });
  }

  [[nodiscard]] std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> content;
    for (const auto &entry : fs::directory_iterator(user.home()))
      content[entry.path().filename().string()] = contentOf(entry.path());
    return content;
  }
  // Waits until no command is changing anything.
  void waitUntilIdle() const { REQUIRE(host::HomeLock::acquire(user.home(), kBounded).ok()); }

  HostUser user;

 private:
  static constexpr const char *kAbsences = "GET /v2/absence-periods";
};

}  // namespace

TEST_CASE("concurrent syncs, changes, and views run one after another, and none is lost",
          "[end-to-end][threads]") {
  PatientUser patient;
  patient.delayAbsences(50ms, 0);
  ServedHost served(patient.user);
  std::vector<std::thread> pages;
  std::array<std::vector<int>, 4> syncs;
  std::array<std::vector<int>, 2> views;
  std::vector<int> changes;
  for (auto &codes : syncs) {
    pages.emplace_back([&] {
      for (int round = 0; round < 2; ++round) codes.push_back(served.run({"sync"}));
    });
  }
  for (auto &codes : views) {
    pages.emplace_back([&] {
      for (int round = 0; round < 5; ++round) {
        codes.push_back(served.run({"status"}));
        codes.push_back(served.run({"calendar", "--month", "2026-07"}));
      }
    });
  }
  pages.emplace_back([&] {
    for (const char *answer : {"work_elsewhere", "time_off", "work_elsewhere"})
      changes.push_back(served.run({"types", "set", "Urlaub", answer}));
  });
  for (auto &page : pages) page.join();
  for (const auto &codes : views)
    for (const int code : codes) CHECK(code == 0);
  // A call that waited too long for the others reports that.
  bool last_change_counts = false;
  for (const int code : changes) {
    CHECK((code == 0 || code == 6));
    last_change_counts = code == 0;
  }
  for (const auto &codes : syncs)
    for (const int code : codes) CHECK((code == 0 || code == 6));
  CHECK((syncs[0][0] == 0 || syncs[1][0] == 0 || syncs[2][0] == 0 || syncs[3][0] == 0));
  endedWell(served.quit());
  const auto month = patient.user.typeJson({"calendar", "--month", "2026-07"});
  CHECK(month.root()["days"].at(7)["absences"].at(0)["label"].asText() == "Urlaub");
  if (last_change_counts)
    CHECK(month.root()["days"].at(7)["absences"].at(0)["effect"].asText() == "work_elsewhere");
}

TEST_CASE("a disconnect during a sync waits for it, and no data reappears", "[end-to-end][threads]") {
  PatientUser patient;
  patient.delayAbsences(500ms, 1);
  ServedHost served(patient.user);
  const auto sync = served.begin({"sync"});
  patient.waitUntilAsked();
  CHECK(served.run({"disconnect", "roots.personio"}) == 0);
  CHECK(ServedHost::exitCodeOf(*sync) == 0);
  const auto files = patient.files();
  endedWell(served.quit());
  CHECK(patient.files() == files);
  for (const auto &[name, content] : files) {
    for (const char *trace : {"papi-", "Urlaub", "Nele.Muster", "4711"}) {
      INFO(name << ": " << trace);
      CHECK_FALSE(contains(content, trace));
    }
  }
}

TEST_CASE("closing the page during a sync cancels it, and nothing is written", "[end-to-end][threads]") {
  PatientUser patient(GENERATE(false, true));
  ServedHost served(patient.user);
  const auto files = patient.files();
  patient.delayAbsences(kEndless, 1);
  {
    const auto gone = served.begin({"sync"});
    patient.waitUntilAsked();
  }
  patient.waitUntilIdle();
  CHECK(patient.files() == files);
  CHECK(served.run({"sync"}) == 0);
  endedWell(served.quit());
}

TEST_CASE("ending serve during a sync ends it immediately, and nothing is written", "[end-to-end][threads]") {
  PatientUser patient(GENERATE(false, true));
  const auto files = patient.files();
  const int signal = GENERATE(SIGINT, SIGTERM);
  patient.delayAbsences(kEndless, 1);
  ServedHost served(patient.user);
  const auto sync = served.begin({"sync"});
  patient.waitUntilAsked();
  const auto start = Clock::now();
  endedWell(served.quit(signal));
  CHECK(Clock::now() - start < kBounded);
  patient.waitUntilIdle();
  CHECK(patient.files() == files);
  CHECK(patient.user.type({"sync"}).exit_code == 0);
}

TEST_CASE("Ctrl-C during a sync cancels it, nothing is written, and a second one ends the program",
          "[end-to-end][threads]") {
  PatientUser patient(GENERATE(false, true));
  const auto files = patient.files();
  patient.delayAbsences(kEndless, 1);
  RunningProcess host(patient.user.command({"sync"}));
  (void)host.letRunUntil([&] { return patient.user.asked("GET /v2/absence-periods") > 0; });
  const bool insists = GENERATE(false, true);
  const auto start = Clock::now();
  host.signal(SIGINT);
  if (insists) host.signal(SIGTERM);
  const auto result = host.end();
  INFO(result.err);
  CHECK(Clock::now() - start < kBounded);
  CHECK_FALSE(contains(result.err, "ThreadSanitizer"));
  if (insists) {
    CHECK((result.signal == SIGTERM || result.signal == SIGINT));
  } else {
    CHECK(result.exit_code == 1);
    CHECK(contains(result.err, "anceled"));
  }
  patient.waitUntilIdle();
  CHECK(patient.files() == files);
  CHECK(patient.user.type({"sync"}).exit_code == 0);
}
