#include "command/commands.h"

#include <sstream>

namespace roots::host {
namespace {

// What somebody who draws the form for connecting needs to know.
void writeForm(kit::JsonWriter &writer, const Manifest &manifest) {
  writer.name("settings").beginArray();
  for (const auto &field : manifest.settings) {
    writer.beginObject()
        .text("key", field.key)
        .text("label", field.label)
        .text("type", field.type)
        .text("hint", field.hint)
        .text("default", field.default_value)
        .flag("required", field.required)
        .flag("advanced", field.advanced)
        .endObject();
  }
  writer.endArray();
  writer.texts("network", manifest.network_hosts);
  writer.texts("service_access", manifest.service_access);
  writer.texts("may_lock", manifest.declared_locks);
}

std::string stateOf(const PluginCandidate &plugin, const EnabledPlugin *enabled) {
  if (enabled == nullptr) return "not enabled";
  if (plugin.has_changed) return "refused: " + changedText(plugin);
  return enabled->isolated ? "enabled, isolated" : "enabled";
}

Outcome listPlugins(Workplace &workplace, const ParsedCommand &) {
  const auto stores = workplace.openStores();
  if (!stores) return Failure(stores.error());
  const PluginFolder folder = pluginsOf(workplace, stores->settings.get());
  if (workplace.json()) {
    kit::JsonWriter writer;
    writer.beginObject().text("folder", workplace.pluginsFolder().string()).name("plugins").beginArray();
    for (const auto &plugin : folder.candidates) {
      const EnabledPlugin *enabled = stores->settings.get().enabled(plugin.manifest.id);
      writer.beginObject()
          .text("id", plugin.manifest.id)
          .text("name", plugin.manifest.name)
          .text("version", plugin.manifest.version)
          .text("description", plugin.manifest.description)
          .flag("enabled", enabled != nullptr)
          .flag("isolated", enabled != nullptr && enabled->isolated)
          .flag("has_changed", plugin.has_changed);
      writeForm(writer, plugin.manifest);
      writer.endObject();
    }
    writer.endArray().name("refused").beginArray();
    for (const auto &refused : folder.refused) {
      writer.beginObject().text("folder", refused.folder).text("reason", refused.reason).endObject();
    }
    writer.endArray().endObject();
    workplace.print(writer.finish());
    return {};
  }
  std::ostringstream text;
  text << "Plugins in " << workplace.pluginsFolder().string() << "\n";
  for (const auto &plugin : folder.candidates) {
    const EnabledPlugin *enabled = stores->settings.get().enabled(plugin.manifest.id);
    text << "  " << plugin.manifest.id << " " << plugin.manifest.version << "  " << stateOf(plugin, enabled)
         << "\n    " << plugin.manifest.description << "\n";
  }
  for (const auto &refused : folder.refused)
    text << "  " << refused.folder << "  refused: " << refused.reason << "\n";
  if (folder.candidates.empty() && folder.refused.empty()) {
    std::error_code ignored;
    text << (std::filesystem::is_directory(workplace.pluginsFolder(), ignored)
                 ? "  none; copy a plugin's folder here\n"
                 : "  none: there is no such folder; create it and copy a plugin's folder into it\n");
  }
  workplace.print(text.str());
  return {};
}

Outcome reportPlugin(Workplace &workplace, const std::string &id, bool enabled, const std::string &sentence) {
  if (!workplace.json()) {
    workplace.print(sentence);
    return {};
  }
  kit::JsonWriter writer;
  writer.beginObject().text("id", id).flag("enabled", enabled).endObject();
  workplace.print(writer.finish());
  return {};
}

Outcome enablePlugin(Workplace &workplace, const ParsedCommand &command) {
  const std::string &id = command.positionals.front();
  const auto plugin = workplace.candidate(id);
  if (!plugin) return plugin.error();
  if (auto tried = probeInChildProcess(*plugin, workplace.executable()); !tried) {
    Error refused = std::move(tried).error();
    refused.message = "The plugin " + id + " is refused. " + refused.message;
    return Failure(std::move(refused));
  }
  const bool isolated = command.has("--isolated");
  const auto hash = fileHash(plugin->library);
  if (!hash) return Failure(hash.error());
  auto edit = workplace.edit();
  if (!edit) return Failure(std::move(edit).error());
  Stores &stores = edit->stores;
  auto kept = stores.settings.change([&](HostSettings &settings) {
    std::erase_if(settings.plugins, [&](const EnabledPlugin &enabled) { return enabled.id == id; });
    settings.plugins.push_back({id, *hash, isolated});
  });
  if (!kept) return Failure(std::move(kept).error());
  const bool is_connected = stores.settings.get().connection(id) != nullptr;
  return reportPlugin(
      workplace, id, true,
      plugin->manifest.name + " " + plugin->manifest.version + " is enabled" +
          (isolated ? " in a process of its own. " : ". ") +
          (is_connected ? "It is still connected; sync fetches." : "Connect it with: connect " + id));
}

Outcome disablePlugin(Workplace &workplace, const ParsedCommand &command) {
  const std::string &id = command.positionals.front();
  auto edit = workplace.edit();
  if (!edit) return Failure(std::move(edit).error());
  Stores &stores = edit->stores;
  if (stores.settings.get().enabled(id) == nullptr) return notFound("The plugin " + id + " is not enabled.");
  const bool was_connected = stores.settings.get().connection(id) != nullptr;
  if (was_connected) {
    // Its locks would stay without anybody to answer for them.
    if (auto ended = disconnectProvider(stores, id); !ended) return Failure(std::move(ended).error());
  }
  auto kept = stores.settings.change([&](HostSettings &settings) {
    std::erase_if(settings.plugins, [&](const EnabledPlugin &enabled) { return enabled.id == id; });
  });
  if (!kept) return Failure(std::move(kept).error());
  return reportPlugin(
      workplace, id, false,
      "The plugin " + id + " is disabled" +
          (was_connected ? " and disconnected: its data and secrets are removed, and what you "
                           "entered by hand counts again."
                         : "."));
}

}  // namespace

PluginFolder pluginsOf(const Workplace &workplace, const HostSettings &settings) {
  PluginFolder folder = lookIntoPluginFolder(workplace.pluginsFolder());
  for (auto &plugin : folder.candidates) {
    const EnabledPlugin *enabled = settings.enabled(plugin.manifest.id);
    if (enabled == nullptr) continue;
    const auto hash = fileHash(plugin.library);
    plugin.has_changed = !hash || *hash != enabled->hash;
  }
  return folder;
}

std::string changedText(const PluginCandidate &plugin) {
  return "its library has changed since it was enabled. If you replaced it yourself: plugins enable " +
         plugin.manifest.id;
}

std::vector<Command> pluginCommands() {
  return {
      {{"plugins list", {}, {}, "plugins found, and why one was refused", ""}, listPlugins},
      {{"plugins enable",
        {"ID"},
        {{"--isolated", ""}},
        "lets a plugin be loaded",
        "The library is tried in a process of its own first, and its hash is kept: if the file changes\n"
        "later, the plugin is refused until it is enabled again. With --isolated it always runs in a process "
        "of\n"
        "its own: if it crashes or hangs, the host goes on with what was known before."},
       enablePlugin},
      {{"plugins disable", {"ID"}, {}, "disconnects a plugin and loads it no more", ""}, disablePlugin},
  };
}

}  // namespace roots::host
