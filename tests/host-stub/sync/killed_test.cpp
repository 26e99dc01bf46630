// A host that is killed while it writes, and disks that reject writes.
#include "state/home.h"
#include "state/state_file.h"
#include "support/catch.h"
#include "support/generated_table.h"
#include "support/temporary_folder.h"
#include "support/text_search.h"
#include "sync/connection.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <random>
#include <thread>

using namespace roots;
using namespace roots::host;
using namespace roots::test;

namespace {

namespace fs = std::filesystem;

constexpr int kKills = 300;

// Everything that the host stores, with one number in each file.
bool write(Stores &stores, int version) {
  const std::string text = std::to_string(version);
  const bool settings =
      stores.settings
          .change([&](HostSettings &kept) {
            kept.weekday_minutes.fill(version % 1441);
            const CivilDate date{std::chrono::year(2026), std::chrono::month(7), std::chrono::day(1)};
            Connection connection;
            connection.plugin_id = "example";
            kept.connections = {connection};
            kept.absences.assign(40, {text, Kind::vacation, {date, date}, Extent::whole_day, text});
          })
          .ok();
  const bool context = stores.fetched
                           .change([&](FetchedData &kept) {
                             Balance balance;
                             balance.balance_id = text;
                             balance.label = text;
                             kept.providers["example"].balances.assign(200, balance);
                             kept.providers["example"].account_id = text;
                           })
                           .ok();
  return settings && context &&
         stores.secrets.replaceAll("example", {{"first", text}, {"second", text}}).ok();
}

// The number in each file; -1: it mixes versions.
struct Versions {
  int settings = -1;
  int context = -1;
  int secrets = -1;
};

Versions versionsOf(const Stores &stores) {
  Versions versions;
  const HostSettings &settings = stores.settings.get();
  if (settings.absences.size() == 40) versions.settings = std::stoi(settings.absences.front().note);
  for (const auto &absence : settings.absences) {
    const bool same = absence.note == settings.absences.front().note &&
                      settings.weekday_minutes.back() == versions.settings % 1441;
    if (!same) versions.settings = -1;
  }
  const ProviderData &context = stores.fetched.get().providers.at("example");
  if (context.balances.size() == 200) versions.context = std::stoi(context.account_id);
  for (const auto &balance : context.balances)
    if (balance.label != context.account_id) versions.context = -1;
  const auto first = stores.secrets.get("example", "first");
  if (first && first == stores.secrets.get("example", "second")) versions.secrets = std::stoi(*first);
  return versions;
}

// A process that writes version after version and reports each completed one.
class Writer {
 public:
  Writer(const fs::path &home, int version) {
    REQUIRE(::pipe(pipe_) == 0);
    child_ = ::fork();
    REQUIRE(child_ >= 0);
    if (child_ != 0) {
      ::close(pipe_[1]);
      return;
    }
    auto stores = Stores::open(home);
    while (stores && write(*stores, version) && ::write(pipe_[1], &version, sizeof version) > 0) ++version;
    ::_exit(1);
  }
  ~Writer() { ::close(pipe_[0]); }
  Writer(const Writer &) = delete;
  Writer &operator=(const Writer &) = delete;

  // The last version that it confirmed before it was killed.
  int kill(std::chrono::microseconds after) {
    int confirmed = next();
    std::this_thread::sleep_for(after);
    ::kill(child_, SIGKILL);
    for (int version = next(); version >= 0; version = next()) confirmed = version;
    int status = 0;
    REQUIRE(::waitpid(child_, &status, 0) == child_);
    REQUIRE(WIFSIGNALED(status));
    return confirmed;
  }

 private:
  int next() const {
    int version = -1;
    return ::read(pipe_[0], &version, sizeof version) == sizeof version ? version : -1;
  }

  int pipe_[2]{};
  pid_t child_ = -1;
};

// The failure message of a child with other limits or rights; "": it succeeded.
template <class Does>
std::string inChild(Does does) {
  int pipe[2]{};
  REQUIRE(::pipe(pipe) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const std::string said = does();
    const bool is_written = ::write(pipe[1], said.data(), said.size()) == static_cast<ssize_t>(said.size());
    ::_exit(is_written ? 0 : 1);
  }
  ::close(pipe[1]);
  std::string said;
  char buffer[4096];
  for (ssize_t count = ::read(pipe[0], buffer, sizeof buffer); count > 0;
       count = ::read(pipe[0], buffer, sizeof buffer))
    said.append(buffer, static_cast<std::size_t>(count));
  ::close(pipe[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  REQUIRE(status == 0);
  return said;
}

}  // namespace

TEST_CASE("a host that is killed while it writes leaves the confirmed version or the next one",
          "[state][killed]") {
  const TemporaryFolder home;
  std::mt19937 chance(20260715);
  int version = 1;
  int half_way = 0;  // files that already had the next version
  for (int kill = 0; kill < kKills; ++kill) {
    const int confirmed = Writer(home.path(), version).kill(std::chrono::microseconds(chance() % 6000));
    REQUIRE(confirmed >= version);
    const auto stores = Stores::open(home.path());
    REQUIRE(stores.ok());
    const Versions found = versionsOf(*stores);
    INFO("confirmed " << confirmed << ", kill " << kill);
    for (const int each : {found.settings, found.context, found.secrets}) {
      REQUIRE(each >= confirmed);
      REQUIRE(each <= confirmed + 1);
      half_way += each > confirmed ? 1 : 0;
    }
    version = confirmed + 2;
  }
  CHECK(half_way > 0);  // otherwise, no kill hit a write
  for (const auto &entry : fs::directory_iterator(home.path())) {
    struct stat state{};
    REQUIRE(::stat(entry.path().c_str(), &state) == 0);
    CHECK((state.st_mode & 077) == 0);
  }
}

TEST_CASE("a full disk is reported, and nothing is changed", "[state]") {
  const TemporaryFolder home;
  auto stores = Stores::open(home.path());
  REQUIRE(write(*stores, 7));
  const std::string said = inChild([&] {
    // The system refuses writes beyond this size, like a full disk.
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit little{64, 64};
    ::setrlimit(RLIMIT_FSIZE, &little);
    std::string problems;
    const auto changed =
        stores->settings.change([](HostSettings &settings) { settings.weekday_minutes.fill(1); });
    if (!changed) problems += changed.error().message;
    if (stores->settings.get().weekday_minutes.front() != 7) problems += " CHANGED IN MEMORY";
    if (stores->fetched.change([](FetchedData &context) { context.providers.clear(); }).ok())
      problems += " CONTEXT CHANGED";
    return problems;
  });
  CHECK(said == "The file " + (home.path() / "settings.json").string() +
                    " cannot be written (File too large). Nothing was changed.");
  const auto after = Stores::open(home.path());
  REQUIRE(after.ok());
  CHECK(versionsOf(*after).settings == 7);
  CHECK(versionsOf(*after).context == 7);
  CHECK_FALSE(fs::exists(home.path() / "settings.json.new"));
}

TEST_CASE("a read-only home is reported, and nothing is changed", "[state]") {
  const TemporaryFolder home;
  auto stores = Stores::open(home.path());
  REQUIRE(write(*stores, 7));
  fs::permissions(home.path(), fs::perms::owner_read | fs::perms::owner_exec);
  const std::string said = inChild([&] {
    // Root can write everywhere, so the child becomes another user.
    if (::geteuid() == 0 && (::chown(home.path().c_str(), 65534, 65534) != 0 || ::seteuid(65534) != 0))
      return std::string("cannot become somebody");
    const auto changed =
        stores->settings.change([](HostSettings &settings) { settings.weekday_minutes.fill(1); });
    const auto lock = HomeLock::acquire(home.path());
    return (changed ? "CHANGED" : changed.error().message) + "\n" + (lock ? "LOCKED" : lock.error().message);
  });
  CHECK(said == "The file " + (home.path() / "settings.json").string() +
                    " cannot be written (Permission denied). Nothing was changed.\nThe folder " +
                    home.path().string() + " cannot be written to (Permission denied). Nothing was changed.");
  fs::permissions(home.path(), fs::perms::owner_all);
}

TEST_CASE("a home that belongs to another user is refused", "[state]") {
  if (::geteuid() != 0) return;  // only root can change the owner of a folder
  const TemporaryFolder home;
  REQUIRE(::chown(home.path().c_str(), 65534, 65534) == 0);
  const auto opened = openHome(home.path().string());
  REQUIRE_FALSE(opened.ok());
  CHECK(contains(opened.error().message, "belongs to another user"));
}

TEST_CASE("the table of kills while state files are written is current", "[state][killed]") {
  roots::test::compareWithTable(
      "tests/tables/killed-writes.md",
      "| what | how often |\n|---|---:|\n| killed while writing settings, absences, context and "
      "secrets, and opened again | " +
          std::to_string(kKills) + " |\n");
}
