// Connects to a provider, restores a connection, and ends it. Nothing is stored before everything has
// succeeded: a failed attempt leaves settings, secrets, and fetched data unchanged. Use on one thread; hold
// a HomeLock.
#pragma once

#include "plugins/manifest.h"
#include "plugins/plugin_session.h"
#include "state/stores.h"
#include "sync/step.h"

#include <roots/provider_client.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace roots::host {

// Options of calls to providers: time limit (from the manifest's setting, if it has one), cancellation,
// progress, steps, and the receiver of log lines.
struct CallHooks {
  std::function<bool()> is_cancelled;
  std::function<void(int permille, std::string_view doing)> progress;
  std::function<void(LogLevel, std::string_view)> log;
  OnStep on_step;
};

// A provider with an open session.
struct LiveProvider {
  std::string plugin_id;
  std::string name;  // for users, from the manifest
  std::unique_ptr<PluginSession> client;
  Account account;
  CallOptions options;  // for further calls
  OnStep on_step;
  std::shared_ptr<std::vector<std::string>> notices;  // the provider's notices so far
};

// Signs in with these settings (secrets included) and stores the connection only if that succeeds. Drops
// the data of another account.
[[nodiscard]] Result<LiveProvider> connectProvider(Stores &stores, const Manifest &manifest,
                                                   const OpenSession &open_session, const Settings &settings,
                                                   const CallHooks &hooks);

// Signs in with these settings and fetches the schedule and the locks, as connecting would. Stores and
// changes nothing.
struct ConnectPreview {
  Account account;
  std::vector<Lock> locks;  // what would become read-only
  std::optional<ScheduledWeek>
      week;  // the weekly hours that would apply today; nullopt: still those entered by hand
  std::vector<std::string> notices;
};
[[nodiscard]] Result<ConnectPreview> previewProvider(const Stores &stores, const Manifest &manifest,
                                                     const OpenSession &open_session,
                                                     const Settings &settings, CivilDays days,
                                                     CivilDate today, const CallHooks &hooks);

// Signs in with the stored settings. A failure is recorded as the connection's state; locks and data stay.
[[nodiscard]] Result<LiveProvider> restoreProvider(Stores &stores, const Manifest &manifest,
                                                   const OpenSession &open_session, const CallHooks &hooks);

// Records for status why an attempt to connect failed; the next success or disconnect removes the record. A
// failure to store the record is ignored.
void rememberFailedConnect(Stores &stores, const Manifest &manifest, const Error &error,
                           const std::string &now);

// What an ended connection left behind. It is removed as soon as possible and recorded until then.
struct Remaining {
  std::optional<Error> secrets;  // why they are still in the keyring
  std::optional<Error> data;     // why it is still on disk
};
// As sentences, with the status of the first.
[[nodiscard]] std::optional<Error> asError(const Remaining &remaining);

// Removes settings, secrets, locks, and fetched data of the provider, also from the disk. On an error,
// nothing was changed.
[[nodiscard]] Result<Remaining> disconnectProvider(Stores &stores, const std::string &plugin_id);

// Drops the data and these sets of secrets, after the settings have recorded the end of a connection or its
// replacement.
[[nodiscard]] Remaining dropRemains(Stores &stores, const std::set<std::string> &secret_sets);

}  // namespace roots::host
