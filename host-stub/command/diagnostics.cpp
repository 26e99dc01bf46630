#include "command/diagnostics.h"

#include "sync/sync.h"

#include <roots/provider_abi.h>

#include <sys/utsname.h>

namespace roots::host {
namespace {

std::string versionText(int major, int minor) { return std::to_string(major) + "." + std::to_string(minor); }

SystemFacts systemFacts() {
  utsname names{};
  ::uname(&names);
  return {std::string(names.sysname) + " " + names.release, names.machine, __VERSION__,
          versionText(ROOTS_PROVIDER_ABI_MAJOR, ROOTS_PROVIDER_ABI_MINOR), utcNow()};
}

DiagnosticsView::Data dataOf(const char *part, const Freshness &freshness) {
  return {part, freshness.last_good, freshness.last_failed};
}

// Only keys from the manifest; others could contain personal text.
std::vector<std::string> settingsGiven(const Connection &connection, const Manifest *manifest) {
  std::vector<std::string> keys;
  for (const auto &[key, value] : connection.settings) {
    const SettingField *field = manifest == nullptr ? nullptr : manifest->setting(key);
    if (field != nullptr && value != field->default_value) keys.push_back(key);
  }
  return keys;
}

std::vector<std::string> knownLocks(const Connection &connection) {
  std::vector<std::string> settings;
  for (const auto &lock : connection.locks)
    if (isLockable(lock.setting)) settings.push_back(lock.setting);
  return settings;
}

DiagnosticsView::Connection connectionView(const Connection &connection, const Manifest *manifest,
                                           const FetchedData &context, CivilDays days) {
  const auto found = context.providers.find(connection.plugin_id);
  const ProviderData known = found == context.providers.end() ? ProviderData() : found->second;
  return {connection.plugin_id,
          std::string(stateWord(connection.state)),
          settingsGiven(connection, manifest),
          knownLocks(connection),
          known.absences.fetchedDays(),
          static_cast<int>(known.weeks.size()),
          {dataOf("absences", known.absences.fetches.summary(days)),
           dataOf("schedule", known.schedule_fetches.summary(days)),
           dataOf("balances", known.balance_freshness)}};
}

const Manifest *findManifest(const std::string &plugin_id, const PluginFolder &folder) {
  for (const auto &plugin : folder.candidates)
    if (plugin.manifest.id == plugin_id) return &plugin.manifest;
  return nullptr;
}

std::vector<DiagnosticsView::Plugin> pluginsIn(const PluginFolder &folder, const HostSettings &settings) {
  std::vector<DiagnosticsView::Plugin> plugins;
  for (const auto &plugin : folder.candidates) {
    const Manifest &manifest = plugin.manifest;
    const EnabledPlugin *enabled = settings.enabled(manifest.id);
    plugins.push_back({manifest.id, manifest.version, versionText(manifest.abi_major, manifest.abi_minor),
                       enabled != nullptr, enabled != nullptr && enabled->isolated, plugin.has_changed});
  }
  return plugins;
}

}  // namespace

DiagnosticsView diagnosticsView(const HostSettings &settings, const FetchedData &context,
                                const PluginFolder &folder, CivilDays days) {
  DiagnosticsView view;
  view.system = systemFacts();
  view.plugins = pluginsIn(folder, settings);
  view.refused_plugin_count = static_cast<int>(folder.refused.size());
  for (const auto &connection : settings.connections) {
    view.connections.push_back(
        connectionView(connection, findManifest(connection.plugin_id, folder), context, days));
  }
  if (settings.moco) {
    view.moco =
        DiagnosticsView::Moco{std::string(stateWord(*settings.moco)),
                              {dataOf("time_entries", context.moco.entries.fetches.summary(days)),
                               dataOf("public_holidays", context.moco.holidays.fetches.summary(days))}};
  }
  view.has_rotation = settings.rotation.has_value();
  view.failed_connect_count = static_cast<int>(settings.failed_connects.size());
  return view;
}

}  // namespace roots::host
