// A sync with an unavailable service: it does not request each part with its own time limit.
#include "support/catch.h"
#include "support/dates.h"
#include "support/temporary_folder.h"
#include "sync/sync.h"

using namespace roots;
using namespace roots::host;
using namespace roots::test;

namespace {

Error failureWith(Status status, int http_status, const std::string &message) {
  return makeError(status, message).withHttpStatus(http_status);
}

struct Asked {
  int schedule = 0;
  int absences = 0;
  int balances = 0;
};

// Its schedule fails, everything else succeeds.
class HalfBroken final : public PluginSession {
 public:
  HalfBroken(Error problem, Asked &asked) : problem_(std::move(problem)), asked_(asked) {}
  Result<Account> connect(const Settings &, const CallOptions &) override { return Account{}; }
  Result<std::vector<Week>> fetchSchedule(Days, const CallOptions &) override {
    ++asked_.schedule;
    return problem_;
  }
  Result<std::vector<AbsenceDay>> fetchAbsences(Days, const CallOptions &) override {
    ++asked_.absences;
    return std::vector<AbsenceDay>{};
  }
  Result<std::vector<Balance>> fetchBalances(const CallOptions &) override {
    ++asked_.balances;
    return std::vector<Balance>{};
  }
  Result<std::vector<Lock>> settingsLocks() override { return std::vector<Lock>{}; }

 private:
  Error problem_;
  Asked &asked_;
};

class OneSync {
 public:
  explicit OneSync(const Error &problem) : stores_(*Stores::open(home_.path())) {
    Connection connection;
    connection.plugin_id = "example.one";
    connection.plugin_name = "One";
    REQUIRE(
        stores_.settings.change([&](HostSettings &settings) { settings.connections = {connection}; }).ok());
    LiveProvider live;
    live.plugin_id = "example.one";
    live.name = "One";
    live.client = std::make_unique<HalfBroken>(problem, asked);
    live.notices = std::make_shared<std::vector<std::string>>();
    live.on_step = [this](const StepEvent &event) {
      if (event.has_ended) steps.push_back(event.part + ": " + event.problem);
    };
    auto synced = syncProvider(stores_, live, kJuly, day("2026-07-15"), "2026-07-15T08:00:00Z");
    if (synced)
      problems = std::move(*synced);
    else
      failed = synced.error();
  }

  [[nodiscard]] const ProviderData &known() const {
    return stores_.fetched.get().providers.at("example.one");
  }
  [[nodiscard]] bool knowsAnything() const { return !stores_.fetched.get().providers.empty(); }

  Asked asked;
  std::vector<SyncProblem> problems;
  std::vector<std::string> steps;
  std::optional<Error> failed;

 private:
  TemporaryFolder home_;
  Stores stores_;
};

}  // namespace

TEST_CASE("an unavailable service gets one request in a sync, and every part reports the reason", "[sync]") {
  const OneSync sync(failureWith(Status::try_later, 0, "One did not answer within the time limit."));
  CHECK(sync.asked.schedule == 1);
  CHECK(sync.asked.absences == 0);
  CHECK(sync.asked.balances == 0);
  REQUIRE(sync.problems.size() == 3);
  for (const auto &problem : sync.problems)
    CHECK(problem.error.message == "One did not answer within the time limit.");
  CHECK(sync.steps == std::vector<std::string>{"schedule: One did not answer within the time limit.",
                                               "absences: One did not answer within the time limit.",
                                               "balances: One did not answer within the time limit."});
  for (const Freshness &freshness :
       {sync.known().schedule_fetches.summary(kJuly), sync.known().absences.fetches.summary(kJuly),
        sync.known().balance_freshness}) {
    CHECK(freshness.last_failed);
    CHECK(freshness.problem == "One did not answer within the time limit.");
  }
}

TEST_CASE("a part that fails with a reply does not stop the others", "[sync]") {
  const Error problem = GENERATE(failureWith(Status::try_later, 503, "One has a problem of its own."),
                                 failureWith(Status::access_missing, 403, "One refuses."),
                                 failureWith(Status::unexpected_reply, 200, "One said nonsense."),
                                 failureWith(Status::internal, 0, "The plugin failed."));
  const OneSync sync(problem);
  CHECK(sync.asked.absences == 1);
  CHECK(sync.asked.balances == 1);
  CHECK(sync.problems.size() == 1);
  CHECK(sync.known().schedule_fetches.summary(kJuly).last_failed);
  CHECK_FALSE(sync.known().absences.fetches.summary(kJuly).last_failed);
}

TEST_CASE("a cancelled sync sends no more requests and stores nothing", "[sync]") {
  const OneSync sync(failureWith(Status::cancelled, 0, "Canceled."));
  CHECK(sync.asked.absences == 0);
  REQUIRE(sync.failed.has_value());
  CHECK(sync.failed->status == Status::cancelled);
  CHECK_FALSE(sync.knowsAnything());
}
