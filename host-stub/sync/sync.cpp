#include "sync/sync.h"

#include <ctime>

namespace roots::host {
namespace {

void markGood(Freshness &freshness, const std::string &now) { freshness = Freshness{now, false, ""}; }

void markFailed(Freshness &freshness, const std::string &problem) {
  freshness.last_failed = true;
  freshness.problem = problem;
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

Result<void> keepLocks(Stores &stores, const std::string &plugin_id, const std::vector<Lock> &locks) {
  return stores.settings.change([&](HostSettings &settings) {
    if (Connection *connection = settings.connection(plugin_id)) connection->locks = locks;
  });
}

}  // namespace

Result<std::vector<SyncProblem>> syncProvider(Stores &stores, LiveProvider &live, CivilDays days,
                                              CivilDate today, const std::string &now) {
  live.notices->clear();
  std::vector<SyncProblem> problems;
  const auto failed = [&](const char *part, const Error &error) {
    problems.push_back({live.name, part, error});
  };

  // All is fetched first and kept in one step: a host that dies in between has the old picture.
  const auto schedule = fetchScheduleOf(live, days);
  if (!schedule) failed("schedule", schedule.error());
  const auto absences = watchedStep(live.on_step, live.name, "absences", [&] {
    return live.client->fetchAbsences({kit::toRecord(days.first), kit::toRecord(days.last)}, live.options);
  });
  if (!absences) failed("absences", absences.error());
  const auto balances = watchedStep(live.on_step, live.name, "balances",
                                    [&] { return live.client->fetchBalances(live.options); });
  if (!balances) failed("balances", balances.error());
  for (const auto &problem : problems) {
    if (problem.error.status == Status::cancelled) return problem.error;  // nothing was kept
  }

  auto kept = stores.context.change([&](Context &context) {
    ProviderContext &provider = context.providers[live.plugin_id];
    provider.account_id = live.account.id;
    provider.employed_from = kit::fromRecord(live.account.employed_from);
    provider.employed_until = kit::fromRecord(live.account.employed_until);
    if (absences) {
      replaceDays(provider.absences, days, absencesFrom(*absences, live.plugin_id));
      markGood(provider.absences.freshness, now);
    } else {
      markFailed(provider.absences.freshness, absences.error().message);
    }
    if (schedule) {
      rememberWeeks(provider.weeks, *schedule, today);
      markGood(provider.schedule_freshness, now);
    } else {
      markFailed(provider.schedule_freshness, schedule.error().message);
    }
    if (balances) {
      provider.balances = *balances;
      markGood(provider.balance_freshness, now);
    } else {
      markFailed(provider.balance_freshness, balances.error().message);
    }
    provider.notices = *live.notices;
  });
  if (!kept) return std::move(kept).error();
  // A provider that cannot tell its locks keeps those it had: what was confirmed stays in force.
  const auto locks = live.client->settingsLocks();
  if (!locks)
    failed("locks", locks.error());
  else if (auto written = keepLocks(stores, live.plugin_id, *locks); !written)
    return std::move(written).error();
  return problems;
}

Result<std::vector<SyncProblem>> syncMoco(Stores &stores, MocoClient &client, CivilDays days,
                                          const std::string &now, const kit::CallLimits &limits,
                                          const OnStep &on_step) {
  const auto &moco = stores.settings.get().moco;
  if (!moco)
    return Error{Status::not_connected, "Moco is not connected. Connect it first: moco connect.", "", 0, {}};
  std::vector<SyncProblem> problems;
  auto entries = watchedStep(on_step, "Moco", "time entries",
                             [&] { return client.timeEntries(moco->user_id, days, limits); });
  if (!entries) problems.push_back({"Moco", "time entries", entries.error()});
  auto holidays = watchedStep(on_step, "Moco", "public holidays",
                              [&] { return client.publicHolidays(moco->user_id, days, limits); });
  if (!holidays) problems.push_back({"Moco", "public holidays", holidays.error()});
  for (const auto &problem : problems) {
    if (problem.error.status == Status::cancelled) return problem.error;
  }
  auto kept = stores.context.change([&](Context &context) {
    if (entries) {
      replaceDays(context.moco.entries, days, *std::move(entries));
      markGood(context.moco.entries.freshness, now);
    } else {
      markFailed(context.moco.entries.freshness, entries.error().message);
    }
    if (holidays) {
      replaceDays(context.moco.holidays, days, *std::move(holidays));
      markGood(context.moco.holidays.freshness, now);
    } else {
      markFailed(context.moco.holidays.freshness, holidays.error().message);
    }
  });
  if (!kept) return std::move(kept).error();
  const std::string problem = problems.empty() ? "" : problems.front().error.message;
  if (problem != moco->problem) {
    auto noted = stores.settings.change([&](HostSettings &settings) { settings.moco->problem = problem; });
    if (!noted) return std::move(noted).error();
  }
  return problems;
}

Result<void> markProviderFailed(Stores &stores, const std::string &plugin_id, const std::string &problem) {
  if (!stores.context.get().providers.contains(plugin_id)) return {};
  return stores.context.change([&](Context &context) {
    ProviderContext &provider = context.providers[plugin_id];
    markFailed(provider.absences.freshness, problem);
    markFailed(provider.schedule_freshness, problem);
    markFailed(provider.balance_freshness, problem);
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
