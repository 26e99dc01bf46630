#include "sync/sync.h"

#include "day/remembered_weeks.h"

#include <algorithm>
#include <ctime>

namespace roots::host {
namespace {

Days recordOf(CivilDays days) { return {kit::toRecord(days.first), kit::toRecord(days.last)}; }

// Includes today, so that the delivered weeks always cover it.
CivilDays scheduleDays(CivilDays days, CivilDate today) {
  return {std::min(days.first, today), std::max(days.last, today)};
}

std::vector<Absence> absencesFrom(const std::vector<AbsenceDay> &days, const std::string &source) {
  std::vector<Absence> absences;
  for (const auto &day : days) {
    const auto date = kit::fromRecord(day.date);
    if (!date) continue;
    absences.push_back({*date, day.kind, day.extent, day.minutes, day.effect, day.absence_id, day.label,
                        source, false, day.counted_hundredths});
  }
  return absences;
}

// Fetches the parts of one source, one after another, until the service is unavailable: each further
// request would only wait for its whole time limit.
class PartsOfSource {
 public:
  PartsOfSource(std::string source, std::string name, const OnStep &on_step)
      : source_(std::move(source)), name_(std::move(name)), on_step_(on_step) {}

  template <class Fetch>
  auto fetch(const char *part, Fetch fetch) -> decltype(fetch()) {
    auto fetched = watchedStep(on_step_, name_, part, [&]() -> decltype(fetch()) {
      if (unreachable_) return *unreachable_;
      return fetch();
    });
    if (fetched) return fetched;
    problems_.push_back({source_, name_, part, fetched.error()});
    if (isWithoutReply(fetched.error())) unreachable_ = fetched.error();
    return fetched;
  }

  [[nodiscard]] std::vector<SyncProblem> &problems() { return problems_; }
  // In that case, nothing is stored.
  [[nodiscard]] const Error *cancellation() const {
    for (const auto &problem : problems_)
      if (problem.error.status == Status::cancelled) return &problem.error;
    return nullptr;
  }

 private:
  static bool isWithoutReply(const Error &error) {
    return error.status == Status::cancelled || (error.status == Status::try_later && error.http_status == 0);
  }

  std::string source_;
  std::string name_;
  const OnStep &on_step_;
  std::vector<SyncProblem> problems_;
  std::optional<Error> unreachable_;
};

void replaceOddRows(std::vector<UncountedRow> &known, CivilDays days, std::vector<UncountedRow> rows) {
  std::erase_if(known, [&](const UncountedRow &row) { return kit::contains(days, row.date); });
  for (UncountedRow &row : rows) known.push_back(std::move(row));
}

Result<void> keepLocks(Stores &stores, const std::string &plugin_id, const std::vector<Lock> &locks) {
  return stores.settings.change([&](HostSettings &settings) {
    if (Connection *connection = settings.connection(plugin_id)) connection->locks = locks;
  });
}

Result<void> recordMocoProblem(Stores &stores, const std::string &problem) {
  const auto &moco = stores.settings.get().moco;
  if (!moco || moco->problem == problem) return {};
  return stores.settings.change([&](HostSettings &settings) { settings.moco->problem = problem; });
}

}  // namespace

Result<std::vector<SyncProblem>> syncProvider(Stores &stores, LiveProvider &live, CivilDays days,
                                              CivilDate today, const std::string &now) {
  PartsOfSource parts(live.plugin_id, live.name, live.on_step);

  // Everything is fetched first and stored in one step: a host that is killed in between keeps the old
  // data.
  const CivilDays schedule_days = scheduleDays(days, today);
  const auto schedule = parts.fetch(
      "schedule", [&] { return live.client->fetchSchedule(recordOf(schedule_days), live.options); });
  const auto absences =
      parts.fetch("absences", [&] { return live.client->fetchAbsences(recordOf(days), live.options); });
  const auto balances = parts.fetch("balances", [&] { return live.client->fetchBalances(live.options); });
  if (const Error *cancelled = parts.cancellation()) return *cancelled;

  auto kept = stores.fetched.change([&](FetchedData &fetched) {
    ProviderData &provider = fetched.providers[live.plugin_id];
    provider.account_id = live.account.id;
    provider.employed_from = kit::fromRecord(live.account.employed_from);
    provider.employed_until = kit::fromRecord(live.account.employed_until);
    // A failure of another kind says nothing about the permission.
    if (absences || absences.error().status == Status::access_missing)
      provider.absences_refused = !absences.ok();
    if (absences) {
      replaceDays(provider.absences, days, absencesFrom(*absences, live.plugin_id), now);
    } else {
      provider.absences.fetches.markFailed(days, absences.error().message);
    }
    if (schedule) {
      rememberWeeks(provider.weeks, *schedule, schedule_days, today);
      provider.schedule_fetches.markGood(schedule_days, now);
    } else {
      provider.schedule_fetches.markFailed(days, schedule.error().message);
    }
    if (balances) {
      provider.balances = *balances;
      provider.balance_freshness.markGood(now);
    } else {
      provider.balance_freshness.markFailed(balances.error().message);
    }
    provider.notices = *live.notices;
  });
  if (!kept) return std::move(kept).error();
  // If a provider cannot report its locks, the confirmed ones stay in effect.
  const auto locks = live.client->settingsLocks();
  if (!locks) {
    parts.problems().push_back({live.plugin_id, live.name, "locks", locks.error()});
  } else if (auto written = keepLocks(stores, live.plugin_id, *locks); !written) {
    return std::move(written).error();
  }
  return std::move(parts.problems());
}

Result<std::vector<SyncProblem>> syncMoco(Stores &stores, MocoClient &client, CivilDays days,
                                          const std::string &now, const kit::CallLimits &limits,
                                          const OnStep &on_step) {
  const auto &moco = stores.settings.get().moco;
  if (!moco)
    return makeError(Status::not_connected, "Moco is not connected. Connect it first: moco connect.");
  PartsOfSource parts("moco", "Moco", on_step);
  auto entries = parts.fetch("time_entries", [&] { return client.timeEntries(moco->user_id, days, limits); });
  auto holidays =
      parts.fetch("public_holidays", [&] { return client.publicHolidays(moco->user_id, days, limits); });
  if (const Error *cancelled = parts.cancellation()) return *cancelled;
  auto kept = stores.fetched.change([&](FetchedData &fetched) {
    fetched.moco.account = moco->account();
    if (entries) {
      replaceDays(fetched.moco.entries, days, std::move(entries->rows), now);
      replaceOddRows(fetched.moco.odd_entries, days, std::move(entries->odd));
    } else {
      fetched.moco.entries.fetches.markFailed(days, entries.error().message);
    }
    if (holidays) {
      replaceDays(fetched.moco.holidays, days, std::move(holidays->rows), now);
      replaceOddRows(fetched.moco.odd_holidays, days, std::move(holidays->odd));
    } else {
      fetched.moco.holidays.fetches.markFailed(days, holidays.error().message);
    }
  });
  if (!kept) return std::move(kept).error();
  const auto &problems = parts.problems();
  auto noted = recordMocoProblem(stores, problems.empty() ? "" : problems.front().error.message);
  if (!noted) return std::move(noted).error();
  return problems;
}

Result<void> markMocoFailed(Stores &stores, CivilDays days, const std::string &problem) {
  if (stores.fetched.get().moco.isKnown()) {
    auto marked = stores.fetched.change([&](FetchedData &fetched) {
      fetched.moco.entries.fetches.markFailed(days, problem);
      fetched.moco.holidays.fetches.markFailed(days, problem);
    });
    if (!marked) return marked;
  }
  return recordMocoProblem(stores, problem);
}

Result<void> markProviderFailed(Stores &stores, const std::string &plugin_id, CivilDays days,
                                const std::string &problem) {
  const Connection *connection = stores.settings.get().connection(plugin_id);
  if (connection == nullptr) return {};
  return stores.fetched.change([&](FetchedData &fetched) {
    ProviderData &provider = fetched.providers[plugin_id];
    if (provider.account_id.empty()) provider.account_id = connection->account_id;
    provider.absences.fetches.markFailed(days, problem);
    provider.schedule_fetches.markFailed(days, problem);
    provider.balance_freshness.markFailed(problem);
  });
}

std::string utcNow() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

std::string localText(const std::string &utc) {
  std::tm parts{};
  if (::strptime(utc.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts) == nullptr) return utc;
  const std::time_t moment = ::timegm(&parts);
  std::tm local{};
  ::localtime_r(&moment, &local);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &local);
  return text;
}

}  // namespace roots::host
