#include "command/diagnostics.h"

#include <roots/kit/json.h>
#include <roots/provider_abi.h>

#include <sys/utsname.h>

namespace roots::host {
namespace {

using kit::JsonWriter;

void writeFreshness(JsonWriter &json, const char *name, const Freshness &freshness) {
  json.name(name).beginObject();
  json.text("last_good", freshness.last_good).flag("last_failed", freshness.last_failed);
  json.endObject();
}

void writeRanges(JsonWriter &json, const std::vector<CivilDays> &ranges) {
  json.name("known_days").beginArray();
  for (const auto &range : ranges)
    json.text(kit::formatDate(range.first) + "/" + kit::formatDate(range.last));
  json.endArray();
}

// Keys that the manifest knows; a key of any other origin might be somebody's text.
void writeSettingKeys(JsonWriter &json, const Connection &connection, const Manifest *manifest) {
  json.name("settings_given").beginArray();
  for (const auto &[key, value] : connection.settings) {
    const SettingField *field = manifest == nullptr ? nullptr : manifest->setting(key);
    if (field != nullptr && value != field->default_value) json.text(key);
  }
  json.endArray();
}

void writeConnection(JsonWriter &json, const Connection &connection, const Manifest *manifest,
                     const Context &context) {
  json.beginObject().text("plugin", connection.plugin_id).text("state", stateWord(connection.state));
  writeSettingKeys(json, connection, manifest);
  json.name("locks").beginArray();
  for (const auto &lock : connection.locks) {
    if (lock.setting == "weekday_hours" || lock.setting == "absences") json.text(lock.setting);
  }
  json.endArray();
  if (const auto found = context.providers.find(connection.plugin_id); found != context.providers.end()) {
    const ProviderContext &provider = found->second;
    writeRanges(json, provider.absences.ranges);
    writeFreshness(json, "absences", provider.absences.freshness);
    writeFreshness(json, "schedule", provider.schedule_freshness);
    writeFreshness(json, "balances", provider.balance_freshness);
    json.integer("schedules_seen", static_cast<int>(provider.weeks.size()));
  }
  json.endObject();
}

const Manifest *manifestOf(const std::string &plugin_id, const PluginFolder &folder) {
  for (const auto &plugin : folder.candidates) {
    if (plugin.manifest.id == plugin_id) return &plugin.manifest;
  }
  return nullptr;
}

void writePlugins(JsonWriter &json, const HostSettings &settings, const PluginFolder &folder) {
  json.name("plugins").beginArray();
  for (const auto &plugin : folder.candidates) {
    const EnabledPlugin *enabled = settings.enabled(plugin.manifest.id);
    json.beginObject().text("id", plugin.manifest.id).text("version", plugin.manifest.version);
    json.text("interface",
              std::to_string(plugin.manifest.abi_major) + "." + std::to_string(plugin.manifest.abi_minor));
    json.flag("enabled", enabled != nullptr).flag("isolated", enabled != nullptr && enabled->isolated);
    json.flag("has_changed", plugin.has_changed);
    json.endObject();
  }
  json.endArray().integer("refused_plugins", static_cast<int>(folder.refused.size()));
}

}  // namespace

SystemFacts systemFacts(const std::string &now) {
  utsname names{};
  ::uname(&names);
  return {std::string(names.sysname) + " " + names.release, names.machine, __VERSION__, now};
}

std::string diagnosticsJson(const HostSettings &settings, const Context &context, const PluginFolder &folder,
                            const SystemFacts &system) {
  JsonWriter json(JsonWriter::Style::indented);
  json.beginObject().text("written", system.now);
  json.text("system", system.system).text("machine", system.machine).text("compiler", system.compiler);
  json.text("interface",
            std::to_string(ROOTS_PROVIDER_ABI_MAJOR) + "." + std::to_string(ROOTS_PROVIDER_ABI_MINOR));
  writePlugins(json, settings, folder);
  json.name("connections").beginArray();
  for (const auto &connection : settings.connections)
    writeConnection(json, connection, manifestOf(connection.plugin_id, folder), context);
  json.endArray().name("moco");
  if (settings.moco) {
    json.beginObject().text("state", settings.moco->problem.empty() ? "connected" : "failing");
    writeFreshness(json, "time_entries", context.moco.entries.freshness);
    writeFreshness(json, "public_holidays", context.moco.holidays.freshness);
    json.endObject();
  } else {
    json.null();
  }
  json.flag("rotation", settings.rotation.has_value());
  json.integer("failed_connects", static_cast<int>(settings.failed_connects.size()));
  json.endObject();
  return json.finish();
}

}  // namespace roots::host
