#include "command/source_sync.h"

#include "command/moco_transport.h"

#include <roots/kit/retry.h>

#include <algorithm>

namespace roots::host {
namespace {

constexpr std::chrono::seconds kMocoTime{60};

SourceProblems asSourceProblems(Result<std::vector<SyncProblem>> problems) {
  if (!problems) return storageFailed(std::move(problems).error());
  std::vector<SourceProblem> all;
  for (auto &problem : *problems) {
    all.push_back({std::move(problem.source), std::move(problem.source_name), std::move(problem.part),
                   std::move(problem.error)});
  }
  return all;
}

// Nothing could be requested, so all data of these days stays as it is.
SourceProblems failedConnection(Stores &stores, const Connection &connection, CivilDays days,
                                Failure failure) {
  if (failure.status == HostStatus::cancelled) return failure;
  auto marked = markProviderFailed(stores, connection.plugin_id, days, failure.message);
  if (!marked) return storageFailed(std::move(marked).error());
  return std::vector<SourceProblem>{
      {connection.plugin_id, connection.plugin_name, "connection", std::move(failure)}};
}

SourceProblems failedMoco(Stores &stores, CivilDays days, Error error) {
  if (error.status == Status::cancelled) return Failure(std::move(error));
  auto marked = markMocoFailed(stores, days, error.message);
  if (!marked) return storageFailed(std::move(marked).error());
  return std::vector<SourceProblem>{{"moco", "Moco", "connection", std::move(error)}};
}

SourceProblems syncConnection(CommandContext &context, Stores &stores, const Connection &connection,
                              CivilDays days) {
  ProgressLine progress(context.console());
  progress.show(0, "Fetching from " + connection.plugin_name);
  const auto failed = [&](Failure failure) {
    return failedConnection(stores, connection, days, std::move(failure));
  };
  if (connection.is_lost) return failed(makeError(Status::sign_in_failed, connection.problem));
  const auto plugin = context.candidate(connection.plugin_id);
  if (!plugin) return failed(plugin.error());
  const auto sessions = context.sessionsOf(stores, *plugin);
  if (!sessions) return failed(sessions.error());
  auto live = restoreProvider(stores, plugin->manifest, *sessions, context.callHooks(progress));
  if (!live) return failed(std::move(live).error());
  return syncOne(context, stores, *live, days);
}

Result<std::string> mocoKey(Stores &stores, const MocoConnection &moco) {
  if (auto loaded = stores.secrets.load(moco.secret_set); !loaded) return std::move(loaded).error();
  auto key = stores.secrets.get(moco.secret_set, "api_key");
  if (key) return std::move(*key);
  return makeError(Status::sign_in_failed,
                   "The Moco API key is missing. Connect again: moco connect --domain " + moco.domain + ".");
}

// The smallest range that contains all days that a connected source has not delivered.
std::optional<CivilDays> missingOfSources(const Stores &stores, CivilDays days) {
  std::optional<CivilDays> hull;
  const auto collect = [&](const std::vector<CivilDays> &fetched) {
    for (const CivilDays &missing : missingDays(fetched, days)) {
      hull = hull ? CivilDays{std::min(hull->first, missing.first), std::max(hull->last, missing.last)}
                  : missing;
    }
  };
  // Nothing can be fetched over a lost connection.
  for (const auto &connection : stores.settings.get().connections) {
    if (connection.is_lost) continue;
    const auto known = stores.fetched.get().providers.find(connection.plugin_id);
    collect(known == stores.fetched.get().providers.end() ? std::vector<CivilDays>()
                                                          : known->second.absences.fetchedDays());
  }
  if (const auto &moco = stores.settings.get().moco; moco && !moco->is_lost) {
    collect(stores.fetched.get().moco.entries.fetchedDays());
    collect(stores.fetched.get().moco.holidays.fetchedDays());
  }
  return hull;
}

CommandResult fetchMissingOrFail(CommandContext &context, Stores &stores, CivilDays days) {
  const auto missing = missingOfSources(stores, days);
  if (!missing) return {};
  if (!stores.settings.damage().empty()) {
    return Failure(
        HostStatus::storage_failed,
        "The settings file is damaged. To keep a copy of it and fetch the missing days, run sync.");
  }
  auto renewed = context.openForWriting();
  if (!renewed) return std::move(renewed).error();
  // Another host may have changed the stores before this one got the lock.
  stores = std::move(renewed->stores);
  auto problems = syncAll(context, stores, *missing);
  if (!problems) return std::move(problems).error();
  return {};
}

}  // namespace

SourceProblems syncOne(CommandContext &context, Stores &stores, LiveProvider &live, CivilDays days) {
  return asSourceProblems(syncProvider(stores, live, days, context.today(), utcNow()));
}

SourceProblems syncMocoNow(CommandContext &context, Stores &stores, CivilDays days) {
  ProgressLine progress(context.console());
  progress.show(0, "Fetching from Moco");
  const MocoConnection moco = *stores.settings.get().moco;
  // If Moco cannot be reached, only Moco fails, not the sync.
  if (moco.is_lost) return failedMoco(stores, days, makeError(Status::sign_in_failed, moco.problem));
  auto transport = mocoTransport(moco);
  if (!transport) return failedMoco(stores, days, std::move(transport).error());
  const auto key = mocoKey(stores, moco);
  if (!key) return failedMoco(stores, days, key.error());
  MocoClient client(**transport, kit::realWaiter(), *key);
  return asSourceProblems(syncMoco(stores, client, days, utcNow(), context.limits(progress, kMocoTime),
                                   context.console().on_step));
}

SourceProblems syncAll(CommandContext &context, Stores &stores, CivilDays days) {
  std::vector<SourceProblem> all;
  const auto add = [&](SourceProblems problems) -> CommandResult {
    if (!problems) return std::move(problems).error();
    for (auto &problem : *problems) all.push_back(std::move(problem));
    return {};
  };
  const std::vector<Connection> connections = stores.settings.get().connections;
  for (const auto &connection : connections) {
    if (auto added = add(syncConnection(context, stores, connection, days)); !added)
      return std::move(added).error();
  }
  if (stores.settings.get().moco) {
    if (auto added = add(syncMocoNow(context, stores, days)); !added) return std::move(added).error();
  }
  return all;
}

CommandResult fetchMissing(CommandContext &context, Stores &stores, CivilDays days) {
  auto fetched = fetchMissingOrFail(context, stores, days);
  if (fetched || fetched.error().status == HostStatus::cancelled) return fetched;
  context.rememberFetchProblem(std::move(fetched).error());
  return {};
}

}  // namespace roots::host
