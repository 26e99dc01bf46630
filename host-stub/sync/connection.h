// Connecting, restoring and ending the connection to a provider. Everything is tried first and kept after:
// a failed attempt leaves settings, secrets and fetched data as they were. One thread; hold a HomeLock.
#pragma once

#include "plugins/manifest.h"
#include "plugins/plugin_session.h"
#include "sync/step.h"
#include "sync/stores.h"

#include <roots/provider_client.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace roots::host {

// How calls to providers are made: their time limit (from the manifest's setting, if it has one),
// cancellation, progress, steps; and where their log lines go.
struct Calling {
  std::function<bool()> is_cancelled;
  std::function<void(int permille, std::string_view doing)> progress;
  std::function<void(LogLevel, std::string_view)> log;
  OnStep on_step;
};

// A provider that is connected now.
struct LiveProvider {
  std::string plugin_id;
  std::string name;  // for people, from the manifest
  std::unique_ptr<PluginSession> client;
  Account account;
  CallOptions options;  // for further calls
  OnStep on_step;
  std::shared_ptr<std::vector<std::string>> notices;  // what the provider said so far
};

[[nodiscard]] Result<std::vector<Week>> fetchScheduleOf(LiveProvider &live, CivilDays days);

// Settings as the user gave them -> complete and checked against the manifest: defaults filled in, nothing
// unknown, nothing required missing, integers within their bounds. Status::invalid_setting otherwise.
[[nodiscard]] Result<Settings> completeSettings(const Manifest &manifest, const Settings &given);

// Signs in with these settings (secrets included) and keeps the connection only if that works. Data of
// another account than before is dropped.
[[nodiscard]] Result<LiveProvider> connectProvider(Stores &stores, const Manifest &manifest,
                                                   const OpenSession &open_session, const Settings &settings,
                                                   const Calling &calling);

// Signs in with these settings and asks for the schedule and the locks, as connecting would. Keeps nothing
// and changes nothing.
struct ConnectPreview {
  Account account;
  std::vector<Lock> locks;            // what would become read-only
  std::optional<ScheduledWeek> week;  // the weekly hours that would count today; nullopt: still those by hand
  std::vector<std::string> notices;
};
[[nodiscard]] Result<ConnectPreview> previewProvider(const Stores &stores, const Manifest &manifest,
                                                     const OpenSession &open_session,
                                                     const Settings &settings, CivilDays days,
                                                     CivilDate today, const Calling &calling);

// Signs in with what was kept. A failure is remembered as the connection's state; locks and data stay.
[[nodiscard]] Result<LiveProvider> restoreProvider(Stores &stores, const Manifest &manifest,
                                                   const OpenSession &open_session, const Calling &calling);

// Remembers for status why an attempt to connect failed; the next success or disconnect forgets it. A
// failure to write it down is no failure of its own.
void rememberFailedConnect(Stores &stores, const Manifest &manifest, const Error &error,
                           const std::string &now);

// Forgets settings, secrets, locks and fetched data of the provider, on disk too.
[[nodiscard]] Result<void> disconnectProvider(Stores &stores, const std::string &plugin_id);

}  // namespace roots::host
