// What a sync requests from a provider, and what it stores. The provider is scripted, without a plugin.
#include "day/day_overview.h"
#include "host-stub/sync/scripted_home.h"
#include "support/dates.h"

using namespace roots;
using namespace roots::host;
using namespace roots::test;

namespace {

// The data of the provider, and the requests that it received.
struct Service {
  std::vector<Week> weeks;
  std::optional<Error> problem;
  std::vector<CivilDays> asked_for_schedule = {};
};

Week weekOf(int minutes) {
  Week week;
  week.minutes.fill(minutes);
  return week;
}

class CountingSession : public PluginSession {
 public:
  explicit CountingSession(Service &service) : service_(service) {}
  Result<Account> connect(const Settings &, const CallOptions &) override {
    return Account{"4711", "Nele Muster", {}, {}};
  }
  Result<std::vector<AbsenceDay>> fetchAbsences(Days, const CallOptions &) override {
    if (service_.problem) return *service_.problem;
    return std::vector<AbsenceDay>();
  }
  Result<std::vector<Week>> fetchSchedule(Days asked, const CallOptions &) override {
    service_.asked_for_schedule.push_back({*kit::fromRecord(asked.first), *kit::fromRecord(asked.last)});
    if (service_.problem) return *service_.problem;
    return service_.weeks;
  }
  Result<std::vector<Balance>> fetchBalances(const CallOptions &) override {
    if (service_.problem) return *service_.problem;
    return std::vector<Balance>();
  }
  Result<std::vector<Lock>> settingsLocks() override { return std::vector<Lock>(); }

 private:
  Service &service_;
};

class SyncedHome {
 public:
  [[nodiscard]] Stores &stores() { return home_.stores(); }

  LiveProvider connect(const std::string &id, Service &service) {
    Manifest manifest;
    manifest.id = id;
    manifest.name = id;
    return home_.connect(manifest, [&] { return std::make_unique<CountingSession>(service); });
  }

  void sync(LiveProvider &live, CivilDays asked, const std::string &today, const std::string &now) {
    REQUIRE(syncProvider(stores(), live, asked, day(today), now).ok());
  }

  [[nodiscard]] std::optional<int> targetOn(const std::string &date) const {
    const CivilDate asked = day(date);
    const DayFacts facts =
        factsFrom(home_.stores().settings.get(), home_.stores().fetched.get(), {asked, asked});
    return overviewOf(asked, facts).target_minutes;
  }

 private:
  ScriptedHome home_;
};

}  // namespace

TEST_CASE("signing in again does not change which of two providers delivers the weekly hours", "[sync]") {
  for (const bool first_again : {true, false}) {
    SyncedHome home;
    Service first{{weekOf(300)}, {}};
    Service second{{weekOf(240)}, {}};
    const CivilDays asked = days("2026-07-01", "2026-07-31");
    LiveProvider live_first = home.connect("example.first", first);
    home.sync(live_first, asked, "2026-07-15", "2026-07-15T08:00:00Z");
    LiveProvider live_second = home.connect("example.second", second);
    home.sync(live_second, asked, "2026-07-15", "2026-07-15T08:00:00Z");
    REQUIRE(home.targetOn("2026-07-15") == 300);
    (void)home.connect(first_again ? "example.first" : "example.second", first_again ? first : second);
    CHECK(home.targetOn("2026-07-15") == 300);
    CHECK(home.stores().settings.get().connections.size() == 2);
  }
}

TEST_CASE("the schedule is fetched for days that include today, so that the newest one applies today",
          "[sync][schedule]") {
  SyncedHome home;
  Service service{{weekOf(480)}, {}};
  LiveProvider live = home.connect("example.first", service);
  home.sync(live, days("2026-06-01", "2026-08-31"), "2026-07-15", "2026-07-15T08:00:00Z");
  service.weeks = {weekOf(360)};
  home.sync(live, days("2026-05-01", "2026-05-31"), "2026-07-16", "2026-07-16T08:00:00Z");
  home.sync(live, days("2026-12-24", "2026-12-24"), "2026-07-16", "2026-07-16T08:00:00Z");
  CHECK(service.asked_for_schedule == std::vector<CivilDays>{days("2026-06-01", "2026-08-31"),
                                                             days("2026-05-01", "2026-07-16"),
                                                             days("2026-07-16", "2026-12-24")});
  CHECK(home.targetOn("2026-07-15") == 480);
  CHECK(home.targetOn("2026-07-16") == 360);
}

TEST_CASE("a failed sync does not change the age of days that it did not request", "[sync][freshness]") {
  SyncedHome home;
  Service service{{weekOf(480)}, {}};
  const CivilDays summer = days("2026-06-01", "2026-08-31");
  LiveProvider live = home.connect("example.first", service);
  home.sync(live, summer, "2026-07-15", "2026-07-15T08:00:00Z");
  service.problem = makeError(Status::try_later, "Nobody answers.");
  home.sync(live, days("2026-12-24", "2026-12-24"), "2026-07-16", "2026-07-16T08:00:00Z");
  const auto known = [&]() -> const ProviderData & {
    return home.stores().fetched.get().providers.at("example.first");
  };
  CHECK_FALSE(known().absences.fetches.summary(summer).last_failed);
  CHECK_FALSE(known().schedule_fetches.summary(summer).last_failed);
  CHECK(known().absences.fetches.summary(days("2026-12-24", "2026-12-24")).problem == "Nobody answers.");

  REQUIRE(markProviderFailed(home.stores(), "example.first", days("2026-07-01", "2026-07-31"), "Off.").ok());
  CHECK(known().absences.fetches.summary(days("2026-06-01", "2026-06-30")).staleSince() == std::nullopt);
  CHECK(known().absences.fetches.summary(summer).staleSince() == "2026-07-15T08:00:00Z");

  service.problem.reset();
  home.sync(live, days("2026-12-01", "2026-12-31"), "2026-07-17", "2026-07-17T08:00:00Z");
  CHECK(known().absences.fetches.summary(summer).staleSince() == "2026-07-15T08:00:00Z");
  CHECK(known().absences.fetches.summary(days("2026-12-24", "2026-12-24")) ==
        Freshness{"2026-07-17T08:00:00Z", false, ""});
}
