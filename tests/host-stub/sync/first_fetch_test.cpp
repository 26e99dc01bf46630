// A connection whose first fetch fails: its absences are unknown, and settings that it may lock stay
// locked.
#include "host-stub/sync/scripted_home.h"
#include "support/dates.h"

using namespace roots;
using namespace roots::host;
using namespace roots::test;

namespace {

Error failure(Status status) { return makeError(status, "It failed."); }

// The result of each call.
struct Ways {
  std::optional<Error> schedule = {};
  std::optional<Error> absences = {};
  std::optional<Error> locks = {};
  std::vector<Lock> locks_before_fetch = {};
  std::vector<Lock> locks_after_fetch = {};
};

class PlannedSession final : public PluginSession {
 public:
  explicit PlannedSession(const Ways &ways) : ways_(ways) {}
  Result<Account> connect(const Settings &, const CallOptions &) override {
    return Account{"4711", "Nele Muster", {}, {}};
  }
  Result<std::vector<Week>> fetchSchedule(Days, const CallOptions &) override {
    if (ways_.schedule) return *ways_.schedule;
    return std::vector<Week>();
  }
  Result<std::vector<AbsenceDay>> fetchAbsences(Days, const CallOptions &) override {
    has_fetched_ = true;
    if (ways_.absences) return *ways_.absences;
    return std::vector<AbsenceDay>();
  }
  Result<std::vector<Balance>> fetchBalances(const CallOptions &) override { return std::vector<Balance>(); }
  Result<std::vector<Lock>> settingsLocks() override {
    if (ways_.locks) return *ways_.locks;
    return has_fetched_ ? ways_.locks_after_fetch : ways_.locks_before_fetch;
  }

 private:
  const Ways &ways_;
  bool has_fetched_ = false;
};

class User {
 public:
  LiveProvider connect(const Ways &ways) {
    Manifest manifest;
    manifest.id = "example.one";
    manifest.name = "One";
    manifest.declared_locks = {"weekday_hours", "absences"};
    return home_.connect(manifest, [&] { return std::make_unique<PlannedSession>(ways); });
  }

  [[nodiscard]] Stores &stores() { return home_.stores(); }

  Result<std::vector<SyncProblem>> sync(LiveProvider &live) {
    return syncProvider(stores(), live, kJuly, day("2026-07-15"), "2026-07-15T08:00:00Z");
  }

  // Known absences; those entered by hand are always known.
  [[nodiscard]] bool isKnown() const {
    const Stores again = home_.open();
    const auto known = factsFrom(again.settings.get(), again.fetched.get(), kJuly).known.absences;
    return !known || *known == std::vector<CivilDays>{kJuly};
  }

  [[nodiscard]] bool isLocked(const std::string &setting) const {
    return home_.stores().settings.lockOn(setting).has_value();
  }

 private:
  ScriptedHome home_;
};

}  // namespace

TEST_CASE("days of a provider whose first fetch failed are unknown, whatever the reason", "[sync][unknown]") {
  for (const Status status : {Status::internal, Status::try_later, Status::unexpected_reply,
                              Status::sign_in_failed, Status::not_connected, Status::person_not_found}) {
    INFO(static_cast<int>(status));
    User user;
    Ways ways;
    ways.absences = failure(status);
    LiveProvider live = user.connect(ways);
    CHECK_FALSE(user.isKnown());
    REQUIRE(user.sync(live).ok());
    CHECK_FALSE(user.isKnown());
    ways.absences.reset();
    REQUIRE(user.sync(live).ok());
    CHECK(user.isKnown());
    // A successful fetch stays in effect.
    ways.absences = failure(status);
    REQUIRE(user.sync(live).ok());
    CHECK(user.isKnown());
  }
}

TEST_CASE("a first fetch that is cancelled or gets no reply leaves the days unknown", "[sync][unknown]") {
  for (const Status status : {Status::cancelled, Status::try_later}) {
    User user;
    Ways ways;
    ways.schedule = failure(status);
    ways.locks_before_fetch = {{"absences", "Because."}};
    LiveProvider live = user.connect(ways);
    (void)user.sync(live);
    CHECK_FALSE(user.isKnown());
    if (status == Status::cancelled) CHECK(user.isLocked("absences"));
  }
}

TEST_CASE("if absences are denied and not locked, those entered by hand are complete", "[sync][unknown]") {
  User user;
  Ways ways;
  ways.absences = failure(Status::access_missing);
  ways.locks_before_fetch = {{"absences", "Because."}};
  LiveProvider live = user.connect(ways);
  CHECK(user.isLocked("absences"));
  REQUIRE(user.sync(live).ok());
  CHECK_FALSE(user.isLocked("absences"));
  CHECK(user.isKnown());
  // A later outage says nothing about the permission.
  ways.absences = failure(Status::try_later);
  REQUIRE(user.sync(live).ok());
  CHECK(user.isKnown());
}

TEST_CASE("locks apply from connecting on, and if a provider cannot report them, all declared locks apply",
          "[sync][unknown]") {
  {
    User user;
    Ways ways;
    ways.locks_before_fetch = {{"absences", "Because."}};
    (void)user.connect(ways);
    CHECK(user.isLocked("absences"));
    CHECK_FALSE(user.isLocked("weekday_hours"));
  }
  User user;
  Ways ways;
  ways.locks = failure(Status::internal);
  LiveProvider live = user.connect(ways);
  REQUIRE(user.sync(live).ok());
  CHECK(user.isLocked("absences"));
  CHECK(user.isLocked("weekday_hours"));
  ways.locks.reset();
  REQUIRE(user.sync(live).ok());
  CHECK_FALSE(user.isLocked("absences"));
}

TEST_CASE("connecting again does not remove a lock that was in effect", "[sync][unknown]") {
  User user;
  Ways ways;
  ways.locks_after_fetch = {{"absences", "Because."}, {"weekday_hours", "Because."}};
  LiveProvider live = user.connect(ways);
  REQUIRE(user.sync(live).ok());
  (void)user.connect(ways);
  CHECK(user.isLocked("absences"));
  CHECK(user.isLocked("weekday_hours"));
}

TEST_CASE("time entries and holidays are unknown if Moco never replied", "[sync][unknown]") {
  HostSettings settings;
  settings.moco = MocoConnection();
  FetchedData context;
  context.moco.entries.fetches.markFailed(kJuly, "It failed.");
  context.moco.holidays.fetches.markFailed(kJuly, "It failed.");
  const KnownDays known = factsFrom(settings, context, kJuly).known;
  REQUIRE(known.entries);
  CHECK(known.entries->empty());
  REQUIRE(known.holidays);
  CHECK(known.holidays->empty());
}
