// Connecting again with other keys or as another person, while writing fails or the host is killed: either
// the former connection or the new one is complete.
#include "support/catch.h"
#include "support/host_user.h"
#include "support/text_search.h"

#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <csignal>

using namespace roots;
using namespace roots::test;

namespace {

namespace fs = std::filesystem;

constexpr const char *kOtherId = "papi-00000000-0000-4000-8000-000000000002";
constexpr const char *kOtherSecret = "papi-secret-of-another-pair";
constexpr const char *kOtherKey = "moco-key-of-another-account";

// With a second pair of credentials, a second person, and a second Moco account.
sandbox::Scenario twoOfEach() {
  sandbox::Scenario scenario = sandbox::small();
  auto credentials = scenario.personio.credentials.front();
  credentials.client_id = kOtherId;
  credentials.client_secret = kOtherSecret;
  scenario.personio.credentials.push_back(credentials);
  auto person = scenario.personio.employees.front();
  person.id = 4712;
  person.first_name = "Timo";
  person.last_name = "Beispiel";
  person.email = "Timo.Beispiel@example.com";
  scenario.personio.employees.push_back(person);
  auto user = scenario.moco.users.front();
  user.id = 70012;
  user.api_key = kOtherKey;
  scenario.moco.users.push_back(user);
  scenario.personio.behaviour.sign_ins_per_minute = 100000;
  return scenario;
}

class Settled {
 public:
  Settled() : user(twoOfEach()) { user.connectAll(); }

  [[nodiscard]] std::vector<std::string> wordsOf(bool other) const {
    return user.connectWords(other ? Settings{{"client_id", kOtherId}} : Settings());
  }
  [[nodiscard]] static std::string secretOf(bool other) {
    return HostUser::secretLine(other ? kOtherSecret : "");
  }
  [[nodiscard]] std::vector<std::string> mocoWords() {
    return {"moco",
            "connect",
            "--domain",
            "example",
            "--base-url",
            user.services().mocoUrl(),
            "--secrets-from-stdin"};
  }
  [[nodiscard]] static std::string keyOf(bool other) {
    return "api_key=" + std::string(other ? kOtherKey : "moco-key-of-the-sandbox") + "\n";
  }

  [[nodiscard]] kit::JsonDocument file(const std::string &name) const {
    auto document = kit::JsonDocument::parse(contentOf(user.home() / name));
    REQUIRE(document.ok());
    return std::move(*document);
  }

  // The secret in effect for these settings.
  [[nodiscard]] std::string secretIn(kit::JsonView connection, const std::string &key) const {
    const auto secrets = file("secrets.json");
    return secrets.root()["sets"][connection["secret_set"].textOrEmpty()]["secrets"][key].textOrEmpty();
  }

  // Client ID and secret, Moco's user and key must belong to one pair each. True: to the other one.
  bool requireWholeProvider() const {
    const auto settings = file("settings.json");
    REQUIRE(settings.root()["connections"].size() == 1);
    const auto connection = settings.root()["connections"].at(0);
    const bool other = connection["settings"]["client_id"].textOrEmpty() == kOtherId;
    CHECK(secretIn(connection, "setting.client_secret") ==
          (other ? std::string(kOtherSecret) : HostUser::secretOfSandbox()));
    return other;
  }
  bool requireWholeMoco() const {
    const auto settings = file("settings.json");
    const bool other = settings.root()["moco"]["user_id"].textOrEmpty() == "70012";
    CHECK(secretIn(settings.root()["moco"], "api_key") == (other ? kOtherKey : "moco-key-of-the-sandbox"));
    return other;
  }

  // While it is blocked, not even root can write this file.
  void block(const std::string &name) const { fs::create_directory(user.home() / (name + ".new")); }
  void unblock(const std::string &name) const { fs::remove(user.home() / (name + ".new")); }

  HostUser user;
};

// Kills the host after this many changes of the home. True: it was still running.
bool killAfter(const HostUser &user, int changes, const std::vector<std::string> &words,
               const std::string &input) {
  const int watch = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  REQUIRE(::inotify_add_watch(watch, user.home().c_str(), IN_CREATE | IN_MODIFY | IN_MOVED_TO) >= 0);
  ProcessOptions options;
  options.input = input;
  RunningProcess host(user.command(words), options);
  int seen = 0;
  (void)host.letRunUntil([&] {
    alignas(inotify_event) std::array<char, 4096> events{};
    const ssize_t size = ::read(watch, events.data(), events.size());
    for (ssize_t at = 0; at < size; ++seen) {
      const auto *event = reinterpret_cast<const inotify_event *>(events.data() + at);
      at += static_cast<ssize_t>(sizeof *event + event->len);
    }
    return seen >= changes;
  });
  host.signal(SIGKILL);
  ::close(watch);
  return host.end().signal == SIGKILL;
}

}  // namespace

TEST_CASE("if new keys cannot be written when connecting again, the former connection stays complete",
          "[end-to-end][state][reconnect]") {
  Settled settled;
  const std::string blocked = GENERATE("settings.json", "secrets.json");
  settled.block(blocked);
  const auto provider = settled.user.type(settled.wordsOf(true), Settled::secretOf(true));
  INFO(provider.out << provider.err);
  CHECK(provider.exit_code == 1);
  CHECK(contains(provider.err, blocked + " cannot be written"));
  CHECK_FALSE(settled.requireWholeProvider());
  const auto moco = settled.user.type(settled.mocoWords(), Settled::keyOf(true));
  CHECK(moco.exit_code == 1);
  CHECK(contains(moco.err, blocked + " cannot be written"));
  CHECK_FALSE(settled.requireWholeMoco());
  settled.unblock(blocked);
  CHECK(settled.user.type({"sync"}).exit_code == 0);
  // Secrets written beside the former ones are removed.
  CHECK_FALSE(contains(contentOf(settled.user.home() / "secrets.json"), kOtherSecret));
  CHECK_FALSE(contains(contentOf(settled.user.home() / "secrets.json"), kOtherKey));
}

TEST_CASE("if another person's connection cannot be written, the connected person's data stays",
          "[end-to-end][state][reconnect]") {
  Settled settled;
  const std::string blocked = GENERATE("settings.json", "secrets.json");
  const auto asOther = [&] {
    auto words = settled.user.connectWords({{"email", "Timo.Beispiel@example.com"}});
    return settled.user.type(words, HostUser::secretLine());
  };
  settled.block(blocked);
  CHECK(asOther().exit_code == 1);
  CHECK(contains(contentOf(settled.user.home() / "context.json"), "Urlaub"));
  CHECK(
      contains(settled.user.type({"timeline", "--from", "2026-07-06", "--to", "2026-07-06"}).out, "Urlaub"));
  settled.unblock(blocked);

  // After the decision, the former person's data is not shown, even if it cannot be removed.
  settled.block("context.json");
  const auto decided = asOther();
  CHECK(decided.exit_code == 1);
  CHECK(contains(decided.err, "context.json cannot be written"));
  CHECK(contains(settled.user.type({"status"}).out, "Timo Beispiel"));
  CHECK(contains(contentOf(settled.user.home() / "context.json"), "Urlaub"));
  const auto shown = settled.user.type({"calendar", "--month", "2026-07"});
  INFO(shown.out << shown.err);
  CHECK_FALSE(contains(shown.out, "Urlaub"));
  settled.unblock("context.json");
  CHECK(settled.user.type({"sync"}).exit_code == 0);
  CHECK_FALSE(contains(contentOf(settled.user.home() / "context.json"), "Urlaub"));
}

TEST_CASE("a host that is killed at any step of connecting again leaves one complete connection",
          "[end-to-end][state][reconnect][killed]") {
  Settled settled;
  bool provider_is_other = false;
  bool moco_is_other = false;
  int hits = 0;
  int undecided = 0;
  // More steps than needed: the command then completes in time.
  for (int step = 1; step <= 24; ++step) {
    INFO("step " << step);
    const bool wanted = !provider_is_other;
    const bool hit = killAfter(settled.user, step, settled.wordsOf(wanted), Settled::secretOf(wanted));
    provider_is_other = settled.requireWholeProvider();
    hits += hit ? 1 : 0;
    undecided += provider_is_other == wanted ? 0 : 1;
    const bool moco_wanted = !moco_is_other;
    hits += killAfter(settled.user, step, settled.mocoWords(), Settled::keyOf(moco_wanted)) ? 1 : 0;
    moco_is_other = settled.requireWholeMoco();
  }
  CHECK(hits > 0);
  CHECK(undecided > 0);  // otherwise, all kills came after the decision
  CHECK(settled.user.type({"sync"}).exit_code == 0);
  const std::string secrets = contentOf(settled.user.home() / "secrets.json");
  CHECK(contains(secrets, kOtherSecret) == provider_is_other);
  CHECK(contains(secrets, HostUser::secretOfSandbox()) != provider_is_other);
  CHECK(contains(secrets, kOtherKey) == moco_is_other);
}
