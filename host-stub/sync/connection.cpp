#include "sync/connection.h"

#include "day/day_overview.h"
#include "day/remembered_weeks.h"
#include "state/fetched_data.h"
#include "state/lost_connections.h"
#include "sync/sign_in.h"

#include <roots/kit/wipe.h>

#include <algorithm>

namespace roots::host {
namespace {

Settings withoutSecrets(const Manifest &manifest, const Settings &settings) {
  Settings others;
  for (const auto &[key, value] : settings) {
    const SettingField *field = manifest.setting(key);
    if (field == nullptr || !field->isSecret()) others[key] = value;
  }
  return others;
}

// The locks until the next fetch, which may change them. If a provider fails to report its locks, all locks
// that its manifest declares may apply.
std::vector<Lock> locksOf(LiveProvider &live, const Manifest &manifest) {
  auto reported = live.client->settingsLocks();
  if (reported) return std::move(*reported);
  std::vector<Lock> locks;
  for (const std::string &setting : manifest.declared_locks) {
    locks.push_back({setting, manifest.name + " has not reported yet whether it decides here. Run sync to "
                                              "ask again, or disconnect to edit it yourself."});
  }
  return locks;
}

void addLocks(std::vector<Lock> &locks, const std::vector<Lock> &more) {
  for (const Lock &lock : more) {
    const bool is_there = std::any_of(locks.begin(), locks.end(),
                                      [&](const Lock &other) { return other.setting == lock.setting; });
    if (!is_there) locks.push_back(lock);
  }
}

Connection::State stateAfter(const Error &error) {
  const bool user_must_act = error.status == Status::sign_in_failed ||
                             error.status == Status::invalid_setting ||
                             error.status == Status::person_not_found;
  return user_must_act ? Connection::State::needs_sign_in : Connection::State::failing;
}

Error rememberFailure(Stores &stores, const std::string &plugin_id, Error error) {
  if (error.status == Status::cancelled) return error;
  const auto written = stores.settings.change([&](HostSettings &settings) {
    if (Connection *connection = settings.connection(plugin_id)) {
      connection->state = stateAfter(error);
      connection->problem = error.message;
    }
  });
  return written ? error : written.error();
}

Result<std::vector<Week>> fetchSchedule(LiveProvider &live, CivilDays days) {
  return watchedStep(live.on_step, live.name, "schedule", [&] {
    return live.client->fetchSchedule({kit::toRecord(days.first), kit::toRecord(days.last)}, live.options);
  });
}

void forgetFailedConnect(HostSettings &settings, const std::string &plugin_id) {
  std::erase_if(settings.failed_connects,
                [&](const FailedConnect &failed) { return failed.plugin_id == plugin_id; });
}

}  // namespace

Result<LiveProvider> connectProvider(Stores &stores, const Manifest &manifest,
                                     const OpenSession &open_session, const Settings &settings,
                                     const CallHooks &hooks) {
  LiveProvider live = prepareProvider(manifest, settings, hooks);
  // Secrets of the attempt are stored only after it has succeeded.
  auto staged = std::make_shared<Secrets>();
  const kit::WipedAtEnd staged_wiped(*staged);
  auto open = std::make_shared<bool>(true);
  HostServices services;
  services.log = hooks.log;
  services.load_secret = [&stores, staged, open,
                          id = manifest.id](std::string_view key) -> std::optional<std::string> {
    if (!*open) return loadPluginSecret(stores, id, key);
    const auto found = staged->find(pluginKey(key));
    return found == staged->end() ? std::nullopt : std::optional(found->second);
  };
  services.save_secret = [&stores, staged, open, id = manifest.id](std::string_view key,
                                                                   std::string_view value) {
    if (!*open) return savePluginSecret(stores, id, key, value);
    Secrets changed = *staged;
    const kit::WipedAtEnd changed_wiped(changed);
    changed[pluginKey(key)] = std::string(value);
    if (!SecretStore::fits(changed)) return false;
    std::swap(*staged, changed);
    return true;
  };
  if (auto done = signIn(live, open_session, settings, std::move(services)); !done)
    return std::move(done).error();
  const std::vector<Lock> locks = locksOf(live, manifest);
  *open = false;

  for (const auto &field : manifest.settings) {
    const auto found = settings.find(field.key);
    if (field.isSecret() && found != settings.end()) (*staged)[secretKey(field.key)] = found->second;
  }
  std::erase_if(*staged, [](const auto &secret) { return secret.second.empty(); });
  // The new secrets are stored beside the old ones. The settings decide, in one step, which are in effect.
  const Connection *former = stores.settings.get().connection(manifest.id);
  const auto former_sets =
      former == nullptr ? std::set<std::string>() : secretSetsOf(*former, stores.secrets);
  const bool is_known = former != nullptr && !former->is_lost;
  const bool other_person = is_known && former->account_id != live.account.id;
  const std::string secret_set = stores.secrets.newName(manifest.id);
  if (auto kept = stores.addSecrets(secret_set, *staged); !kept) return std::move(kept).error();
  auto kept = stores.settings.change([&](HostSettings &changed) {
    forgetFailedConnect(changed, manifest.id);
    Connection connection;
    connection.locks = locks;
    if (const Connection *before = changed.connection(manifest.id);
        before != nullptr && before->account_id == live.account.id)
      addLocks(connection.locks, before->locks);
    connection.secret_set = secret_set;
    connection.plugin_id = manifest.id;
    connection.plugin_name = manifest.name;
    connection.settings = withoutSecrets(manifest, settings);
    connection.account_id = live.account.id;
    connection.account_name = live.account.display_name;
    // At the same position: the order decides whose schedule is in effect.
    if (Connection *before = changed.connection(manifest.id)) {
      *before = std::move(connection);
    } else {
      changed.connections.push_back(std::move(connection));
    }
  });
  if (!kept) return std::move(kept).error();
  if (other_person) stores.fetched.removeSetAside();
  (void)dropRemains(stores, former_sets);  // leftovers are recorded
  return live;
}

Result<ConnectPreview> previewProvider(const Stores &stores, const Manifest &manifest,
                                       const OpenSession &open_session, const Settings &settings,
                                       CivilDays days, CivilDate today, const CallHooks &hooks) {
  LiveProvider live = prepareProvider(manifest, settings, hooks);
  HostServices services;
  services.log = hooks.log;
  services.load_secret = [](std::string_view) { return std::nullopt; };
  services.save_secret = [](std::string_view, std::string_view) { return false; };
  if (auto done = signIn(live, open_session, settings, std::move(services)); !done)
    return std::move(done).error();
  const auto schedule = fetchSchedule(live, days);
  if (!schedule && schedule.error().status == Status::cancelled) return schedule.error();
  auto locks = live.client->settingsLocks();
  if (!locks) return std::move(locks).error();

  ConnectPreview preview{live.account, std::move(*locks), std::nullopt, *live.notices};
  if (!schedule) {
    preview.notices.push_back(schedule.error().message);
    return preview;
  }
  const auto known = stores.fetched.get().providers.find(manifest.id);
  const bool same_person =
      known != stores.fetched.get().providers.end() && known->second.account_id == live.account.id;
  std::vector<ScheduledWeek> weeks = same_person ? known->second.weeks : std::vector<ScheduledWeek>();
  rememberWeeks(weeks, *schedule, days, today);
  if (const ScheduledWeek *week = weekInForce(weeks, today)) preview.week = *week;
  return preview;
}

Result<LiveProvider> restoreProvider(Stores &stores, const Manifest &manifest,
                                     const OpenSession &open_session, const CallHooks &hooks) {
  const Connection *connection = stores.settings.get().connection(manifest.id);
  if (connection == nullptr) {
    return makeError(Status::not_connected,
                     manifest.name + " is not connected. Connect it first: connect " + manifest.id + ".");
  }
  if (connection->is_lost)
    return rememberFailure(stores, manifest.id, makeError(Status::sign_in_failed, connection->problem));
  const std::string secret_set = connection->secretSet();
  if (auto loaded = stores.secrets.load(secret_set); !loaded)
    return rememberFailure(stores, manifest.id, std::move(loaded).error());
  const std::string expected_account = connection->account_id;
  Settings settings = connection->settings;
  const kit::WipedAtEnd wiped(settings);
  for (const auto &field : manifest.settings) {
    if (!field.isSecret()) continue;
    if (auto secret = stores.secrets.get(secret_set, secretKey(field.key)))
      settings[field.key] = std::move(*secret);
  }
  LiveProvider live = prepareProvider(manifest, settings, hooks);
  HostServices services;
  services.log = hooks.log;
  services.load_secret = [&stores, id = manifest.id](std::string_view key) {
    return loadPluginSecret(stores, id, key);
  };
  services.save_secret = [&stores, id = manifest.id](std::string_view key, std::string_view value) {
    return savePluginSecret(stores, id, key, value);
  };
  if (auto done = signIn(live, open_session, settings, std::move(services)); !done)
    return rememberFailure(stores, manifest.id, std::move(done).error());
  if (live.account.id != expected_account) {
    return rememberFailure(
        stores, manifest.id,
        makeError(Status::sign_in_failed,
                  "Signing in to " + manifest.name +
                      " returned another person than before. Connect again to confirm this."));
  }
  const bool was_failing = connection->state != Connection::State::connected;
  if (was_failing) {
    auto kept = stores.settings.change([&](HostSettings &changed) {
      Connection *restored = changed.connection(manifest.id);
      restored->state = Connection::State::connected;
      restored->problem.clear();
    });
    if (!kept) return std::move(kept).error();
  }
  return live;
}

void rememberFailedConnect(Stores &stores, const Manifest &manifest, const Error &error,
                           const std::string &now) {
  if (error.status == Status::cancelled) return;
  (void)stores.settings.change([&](HostSettings &settings) {
    forgetFailedConnect(settings, manifest.id);
    settings.failed_connects.push_back({manifest.id, manifest.name, now, error.message});
  });
}

}  // namespace roots::host
