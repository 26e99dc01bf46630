// A complete use of the host with distinctive data, including failures: the data appears only where it is
// intended. Searched are outputs, errors, files, command lines and environments of all processes, URLs, and
// log lines.
#include "canaries.h"
#include "support/process_family.h"
#include "support/served_host.h"

using namespace roots;
using namespace roots::test;

namespace {

namespace fs = std::filesystem;

class CanaryUser {
 public:
  explicit CanaryUser(bool isolated) : user(canaries()), isolated_(isolated) {
    // The keyring's helper starts and finds no keyring.
    options_.environment = {{"DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere"}};
  }

  // Runs a command and searches everything that it left; meant: what its output may contain.
  ProcessResult run(const std::vector<std::string> &words, const Canaries &meant = {},
                    const std::string &input = "") {
    ProcessOptions options = options_;
    options.input = input;
    RunningProcess host(user.command(words), options);
    ProcessFamily family(host.id());
    const auto result = host.end();
    requireNoneIn(result.out + result.err, words.front() + " prints", meant);
    lookAt(family);
    lookAtFiles();
    return result;
  }

  void lookAt(ProcessFamily &family) {
    for (const auto &line : family.seen().command_lines) {
      // The email is a setting that users type there.
      requireNoneIn(line, "command line", contains(line, " connect ") ? kPerson : Canaries());
      command_lines_ += line + "\n";
    }
    for (const auto &environment : family.seen().environments) requireNoneIn(environment, "environment");
  }

  void lookAtFiles(const Canaries &nowhere = {}) const {
    for (const auto &entry : fs::directory_iterator(user.home())) {
      const std::string file = entry.path().filename().string();
      Canaries meant;
      if (file == "secrets.json") meant = {kSecret, kMocoKey, "papi-token-"};
      if (file == "settings.json") meant = {kEmail, kName};
      if (file == "context.json") meant = {kIllness};
      requireNoneIn(contentOf(entry.path()), file, nowhere.empty() ? meant : Canaries());
    }
  }

  void connect(int expected_exit, const Settings &changed = {}, const std::string &secret = kSecret) {
    Settings settings{{"email", kEmail}, {"timeout_seconds", "1"}};
    for (const auto &[key, value] : changed) settings[key] = value;
    auto words = user.connectWords(settings);
    if (expected_exit != 0 && (++failures_ % 2) == 0) words.emplace_back("--json");
    const auto result =
        run(words, expected_exit == 0 ? Canaries{kName} : Canaries(), HostUser::secretLine(secret));
    INFO(result.out << result.err);
    CHECK((result.exit_code == expected_exit || (expected_exit < 0 && result.exit_code != 0)));
  }

  void failToConnect() {
    connect(4, {}, kWrongSecret);
    connect(5, {{"email", kWrongEmail}});
    connect(6, {{"base_url", "http://127.0.0.1:1"}});
    for (const char *endpoint : {"POST /v1/auth", "GET /v1/company/employees"}) {
      for (auto &fault : mishaps(endpoint)) {
        user.services().change([](sandbox::Scenario &scenario) { scenario.faults.clear(); });
        if (std::string(endpoint) == "POST /v1/auth") {
          auto no_second_generation = faultOf("POST /v2/auth/token");
          no_second_generation.status = 404;
          user.fault(no_second_generation);
        }
        user.fault(fault);
        connect(-1);
      }
    }
    user.services().change([](sandbox::Scenario &scenario) { scenario.faults.clear(); });
  }

  void connectMoco(const std::string &key, int expected_exit) {
    const auto result = run({"moco", "connect", "--domain", "example", "--base-url",
                             user.services().mocoUrl(), "--secrets-from-stdin"},
                            {kName}, "api_key=" + key + "\n");
    INFO(result.err);
    CHECK(result.exit_code == expected_exit);
  }

  void live() {
    const Canaries shown{kIllness};
    for (const char *view : {"timeline", "calendar", "balance"}) CHECK(run({view}, shown).exit_code == 0);
    CHECK(run({"explain", "2026-07-08"}, shown).exit_code == 0);
    CHECK(run({"types", "list"}, shown).exit_code == 0);
    CHECK(run({"status"}, {kName}).exit_code == 0);
    CHECK(run({"status", "--json"}, {kName, kEmail}).exit_code == 0);
    CHECK(run({"status", "--diagnostics"}).exit_code == 0);
    CHECK(run({"settings", "show"}).exit_code == 0);
    CHECK(run({"sync"}).exit_code == 0);
    user.services().expireTokens();
    CHECK(run({"sync", "--json"}).exit_code == 0);
    for (auto &fault : mishaps("GET /v2/absence-periods")) {
      user.services().change([](sandbox::Scenario &scenario) { scenario.faults.clear(); });
      user.fault(fault);
      (void)run({"sync", ++failures_ % 2 == 0 ? "--json" : "--from=2026-07-01"});
      CHECK(run({"status"}, {kName}).exit_code == 0);
    }
    user.services().change([](sandbox::Scenario &scenario) { scenario.faults.clear(); });
  }

  HostUser user;
  [[nodiscard]] const std::string &commandLines() const { return command_lines_; }
  [[nodiscard]] const ProcessOptions &options() const { return options_; }
  void enable() {
    CHECK(run(isolated_ ? std::vector<std::string>{"plugins", "enable", "roots.personio", "--isolated"}
                        : std::vector<std::string>{"plugins", "enable", "roots.personio"})
              .exit_code == 0);
  }

 private:
  bool isolated_;
  ProcessOptions options_;
  std::string command_lines_;
  int failures_ = 0;
};

void lookAtRequests(CanaryUser &canary) {
  for (const auto &request : canary.user.services().requests())
    requireNoneIn(
        request.query + request.endpoint, "URL of " + request.endpoint,
        request.endpoint == "GET /v1/company/employees" ? Canaries{kEmail, kWrongEmail} : Canaries());
}

}  // namespace

TEST_CASE("on the command line, personal data appears only where it is intended",
          "[end-to-end][secrets][canary][slow]") {
  const bool isolated = GENERATE(false, true);
  CanaryUser canary(isolated);
  canary.enable();
  canary.failToConnect();
  canary.connect(0);
  canary.connectMoco("canary-no-key", 4);
  canary.connectMoco(kMocoKey, 0);
  canary.live();
  CHECK(contains(contentOf(canary.user.home() / "secrets.json"), "papi-token-"));
  CHECK(contains(contentOf(canary.user.home() / "context.json"), kIllness));
  CHECK(canary.run({"disconnect", "roots.personio"}).exit_code == 0);
  CHECK(canary.run({"moco", "disconnect"}).exit_code == 0);
  canary.lookAtFiles(kEverything);
  lookAtRequests(canary);
  // Otherwise, the processes that the host starts were not searched.
  CHECK(contains(canary.commandLines(), "--probe-plugin-folder"));
  CHECK(contains(canary.commandLines(), "roots-keyring keep"));
  CHECK(contains(canary.commandLines(), "--run-plugin") == isolated);
}

TEST_CASE("requests and replies of the page contain only the personal data that it shows",
          "[end-to-end][secrets][canary]") {
  CanaryUser canary(false);
  canary.enable();
  ServedHost served(canary.user, canary.options());
  ProcessFamily family(served.id());
  const auto call = [&](const std::vector<std::string> &words, const Canaries &meant = {},
                        const std::map<std::string, std::string> &secrets = {}) {
    const std::string lines = served.begin(words, secrets)->reply().body;
    requireNoneIn(lines, "reply to " + words.front(), meant);
    canary.lookAtFiles();
    return ServedHost::exitCodeIn(lines);
  };
  auto words = canary.user.connectWords({{"email", kEmail}});
  words.erase(std::find(words.begin(), words.end(), "--secrets-from-stdin"));
  CHECK(call(words, {}, {{"client_secret", kWrongSecret}}) == 4);
  CHECK(call(words, {}, {{"client_secret", kSecret + "\n" + kSecret}}) == -1);
  CHECK(call(words, {kName}, {{"client_secret", kSecret}}) == 0);
  CHECK(call({"sync"}) == 0);
  CHECK(call({"calendar", "--month", "2026-07"}, {kIllness}) == 0);
  CHECK(call({"disconnect", "roots.personio"}) == 0);
  canary.lookAtFiles(kEverything);
  canary.lookAt(family);
  const auto ended = served.quit();
  requireNoneIn(ended.out + ended.err, "serve prints");
}
