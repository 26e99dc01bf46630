#include "sync/connection.h"

#include "day/day_overview.h"
#include "sync/context.h"

#include <roots/kit/wipe.h>

#include <algorithm>
#include <charconv>

namespace roots::host {
namespace {

Error wrongSetting(const std::string &key, std::string message) {
  return Error{Status::invalid_setting, std::move(message), key, 0, {}};
}

std::string knownKeys(const Manifest &manifest) {
  std::string keys;
  for (const auto &field : manifest.settings) keys += (keys.empty() ? "" : ", ") + field.key;
  return keys;
}

Result<void> checkInteger(const SettingField &field, const std::string &value) {
  int number = 0;
  const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), number);
  const bool whole = problem == std::errc() && end == value.data() + value.size();
  if (whole && (!field.minimum || number >= *field.minimum) && (!field.maximum || number <= *field.maximum))
    return {};
  std::string bounds;
  if (field.minimum && field.maximum) {
    bounds = " from " + std::to_string(*field.minimum) + " to " + std::to_string(*field.maximum);
  }
  return wrongSetting(field.key, "\"" + field.label + "\" must be a whole number" + bounds + ".");
}

std::chrono::milliseconds timeoutFrom(const Settings &settings) {
  constexpr std::chrono::seconds usual{30};
  const auto found = settings.find("timeout_seconds");
  if (found == settings.end()) return usual;
  int seconds = 0;
  std::from_chars(found->second.data(), found->second.data() + found->second.size(), seconds);
  return seconds > 0 ? std::chrono::seconds(seconds) : usual;
}

std::string secretKey(std::string_view key) { return "setting." + std::string(key); }
std::string pluginKey(std::string_view key) { return "plugin." + std::string(key); }

Settings withoutSecrets(const Manifest &manifest, const Settings &settings) {
  Settings others;
  for (const auto &[key, value] : settings) {
    const SettingField *field = manifest.setting(key);
    if (field == nullptr || !field->isSecret()) others[key] = value;
  }
  return others;
}

LiveProvider prepare(const Manifest &manifest, const Settings &settings, const Calling &calling) {
  LiveProvider live;
  live.plugin_id = manifest.id;
  live.name = manifest.name;
  live.on_step = calling.on_step;
  live.notices = std::make_shared<std::vector<std::string>>();
  live.options.timeout = timeoutFrom(settings);
  live.options.is_cancelled = calling.is_cancelled;
  live.options.progress = calling.progress;
  live.options.notice = [notices = live.notices](std::string_view message) {
    const std::string text(message);
    if (std::find(notices->begin(), notices->end(), text) == notices->end()) notices->push_back(text);
  };
  return live;
}

// Starts the plugin and signs in.
Result<void> signIn(LiveProvider &live, const OpenSession &open_session, const Settings &settings,
                    HostServices services) {
  auto client = open_session(std::move(services));
  if (!client) return std::move(client).error();
  live.client = std::move(*client);
  auto account = watchedStep(live.on_step, live.name, "connection",
                             [&] { return live.client->connect(settings, live.options); });
  if (!account) return std::move(account).error();
  live.account = std::move(*account);
  return {};
}

Result<void> dropData(Stores &stores, const std::string &plugin_id) {
  if (!stores.context.get().providers.contains(plugin_id)) return {};
  return stores.context.change([&](Context &context) { context.providers.erase(plugin_id); });
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

void forgetFailedConnect(HostSettings &settings, const std::string &plugin_id) {
  std::erase_if(settings.failed_connects,
                [&](const FailedConnect &failed) { return failed.plugin_id == plugin_id; });
}

}  // namespace

Result<std::vector<Week>> fetchScheduleOf(LiveProvider &live, CivilDays days) {
  return watchedStep(live.on_step, live.name, "schedule", [&] {
    return live.client->fetchSchedule({kit::toRecord(days.first), kit::toRecord(days.last)}, live.options);
  });
}

Result<Settings> completeSettings(const Manifest &manifest, const Settings &given) {
  for (const auto &[key, value] : given) {
    if (manifest.setting(key) != nullptr) continue;
    return wrongSetting(
        key, manifest.name + " has no setting \"" + key + "\". It has: " + knownKeys(manifest) + ".");
  }
  Settings complete;
  for (const auto &field : manifest.settings) {
    const auto found = given.find(field.key);
    const std::string &value =
        found == given.end() || found->second.empty() ? field.default_value : found->second;
    if (value.empty() && field.required) {
      const std::string how = field.isSecret() ? "It is asked for on the terminal, or read as a line " +
                                                     field.key + "=VALUE with --secrets-from-stdin."
                                               : "Give it with --setting " + field.key + "=VALUE.";
      return wrongSetting(field.key, "\"" + field.label + "\" is missing. " + how);
    }
    if (value.empty()) continue;
    if (field.type == "integer") {
      if (auto checked = checkInteger(field, value); !checked) return std::move(checked).error();
    }
    complete[field.key] = value;
  }
  return complete;
}

Result<LiveProvider> connectProvider(Stores &stores, const Manifest &manifest,
                                     const OpenSession &open_session, const Settings &settings,
                                     const Calling &calling) {
  if (auto ready = stores.secrets.ready(); !ready) return std::move(ready).error();
  LiveProvider live = prepare(manifest, settings, calling);
  // Secrets of the attempt are held back until it has succeeded.
  auto staged = std::make_shared<std::map<std::string, std::string>>();
  const kit::WipedAtEnd staged_wiped(*staged);
  auto open = std::make_shared<bool>(true);
  HostServices services;
  services.log = calling.log;
  services.load_secret = [&stores, staged, open,
                          id = manifest.id](std::string_view key) -> std::optional<std::string> {
    if (!*open) return stores.secrets.get(id, pluginKey(key));
    const auto found = staged->find(pluginKey(key));
    return found == staged->end() ? std::nullopt : std::optional(found->second);
  };
  services.save_secret = [&stores, staged, open, id = manifest.id](std::string_view key,
                                                                   std::string_view value) {
    if (*open) {
      (*staged)[pluginKey(key)] = std::string(value);
      return true;
    }
    return stores.settings.get().connection(id) != nullptr &&
           stores.secrets.set(id, pluginKey(key), std::string(value)).ok();
  };
  if (auto done = signIn(live, open_session, settings, std::move(services)); !done)
    return std::move(done).error();
  *open = false;

  for (const auto &field : manifest.settings) {
    const auto found = settings.find(field.key);
    if (field.isSecret() && found != settings.end()) (*staged)[secretKey(field.key)] = found->second;
  }
  std::erase_if(*staged, [](const auto &secret) { return secret.second.empty(); });
  const auto known = stores.context.get().providers.find(manifest.id);
  const bool other_person =
      known != stores.context.get().providers.end() && known->second.account_id != live.account.id;
  if (other_person) {
    if (auto dropped = dropData(stores, manifest.id); !dropped) return std::move(dropped).error();
  }
  if (auto kept = stores.secrets.replaceAll(manifest.id, *staged); !kept) return std::move(kept).error();
  auto kept = stores.settings.change([&](HostSettings &changed) {
    forgetFailedConnect(changed, manifest.id);
    Connection connection;
    if (const Connection *former = changed.connection(manifest.id); former != nullptr && !other_person)
      connection.locks = former->locks;
    connection.plugin_id = manifest.id;
    connection.plugin_name = manifest.name;
    connection.settings = withoutSecrets(manifest, settings);
    connection.account_id = live.account.id;
    connection.account_name = live.account.display_name;
    std::erase_if(changed.connections,
                  [&](const Connection &former) { return former.plugin_id == manifest.id; });
    changed.connections.push_back(std::move(connection));
  });
  if (!kept) return std::move(kept).error();
  return live;
}

Result<ConnectPreview> previewProvider(const Stores &stores, const Manifest &manifest,
                                       const OpenSession &open_session, const Settings &settings,
                                       CivilDays days, CivilDate today, const Calling &calling) {
  LiveProvider live = prepare(manifest, settings, calling);
  HostServices services;
  services.log = calling.log;
  services.load_secret = [](std::string_view) { return std::nullopt; };
  services.save_secret = [](std::string_view, std::string_view) { return false; };
  if (auto done = signIn(live, open_session, settings, std::move(services)); !done)
    return std::move(done).error();
  const auto schedule = fetchScheduleOf(live, days);
  if (!schedule && schedule.error().status == Status::cancelled) return schedule.error();
  auto locks = live.client->settingsLocks();
  if (!locks) return std::move(locks).error();

  ConnectPreview preview{live.account, std::move(*locks), std::nullopt, *live.notices};
  if (!schedule) {
    preview.notices.push_back(schedule.error().message);
    return preview;
  }
  const auto known = stores.context.get().providers.find(manifest.id);
  const bool same_person =
      known != stores.context.get().providers.end() && known->second.account_id == live.account.id;
  std::vector<ScheduledWeek> weeks = same_person ? known->second.weeks : std::vector<ScheduledWeek>();
  rememberWeeks(weeks, *schedule, today);
  if (const ScheduledWeek *week = weekInForce(weeks, today)) preview.week = *week;
  return preview;
}

Result<LiveProvider> restoreProvider(Stores &stores, const Manifest &manifest,
                                     const OpenSession &open_session, const Calling &calling) {
  const Connection *connection = stores.settings.get().connection(manifest.id);
  if (connection == nullptr) {
    return Error{Status::not_connected,
                 manifest.name + " is not connected. Connect it first: connect " + manifest.id + ".",
                 "",
                 0,
                 {}};
  }
  if (auto ready = stores.secrets.ready(); !ready) return std::move(ready).error();
  const std::string expected_account = connection->account_id;
  Settings settings = connection->settings;
  const kit::WipedAtEnd wiped(settings);
  for (const auto &field : manifest.settings) {
    if (!field.isSecret()) continue;
    if (auto secret = stores.secrets.get(manifest.id, secretKey(field.key)))
      settings[field.key] = std::move(*secret);
  }
  LiveProvider live = prepare(manifest, settings, calling);
  HostServices services;
  services.log = calling.log;
  services.load_secret = [&stores, id = manifest.id](std::string_view key) {
    return stores.secrets.get(id, pluginKey(key));
  };
  services.save_secret = [&stores, id = manifest.id](std::string_view key, std::string_view value) {
    // A save after disconnect must not bring a token back.
    if (stores.settings.get().connection(id) == nullptr) return false;
    if (value.empty()) return stores.secrets.forget(id, pluginKey(key)).ok();
    return stores.secrets.set(id, pluginKey(key), std::string(value)).ok();
  };
  if (auto done = signIn(live, open_session, settings, std::move(services)); !done) {
    return rememberFailure(stores, manifest.id, std::move(done).error());
  }
  if (live.account.id != expected_account) {
    return rememberFailure(stores, manifest.id,
                           Error{Status::sign_in_failed,
                                 "Signing in to " + manifest.name +
                                     " led to another person than before. Connect again to confirm it.",
                                 "",
                                 0,
                                 {}});
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

Result<void> disconnectProvider(Stores &stores, const std::string &plugin_id) {
  // The connection goes first: without it nothing below can be brought back or be of use.
  auto forgotten = stores.settings.change([&](HostSettings &settings) {
    std::erase_if(settings.connections,
                  [&](const Connection &connection) { return connection.plugin_id == plugin_id; });
    forgetFailedConnect(settings, plugin_id);
    std::erase_if(settings.type_answers,
                  [&](const TypeAnswer &answer) { return answer.plugin_id == plugin_id; });
  });
  if (!forgotten) return forgotten;
  if (auto secrets = stores.secrets.forgetAll(plugin_id); !secrets) return secrets;
  return dropData(stores, plugin_id);
}

}  // namespace roots::host
