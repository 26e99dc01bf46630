#include "command/commands.h"

#include "plugins/plugin_copy.h"
#include "view/plugins_view.h"

namespace roots::host {
namespace {

PluginView pluginView(const PluginCandidate &plugin, const EnabledPlugin *enabled) {
  const Manifest &manifest = plugin.manifest;
  PluginView view;
  view.id = manifest.id;
  view.name = manifest.name;
  view.version = manifest.version;
  view.description = manifest.description;
  view.is_enabled = enabled != nullptr;
  view.is_isolated = enabled != nullptr && enabled->isolated;
  if (plugin.has_changed) view.change = changedText(plugin);
  for (const auto &field : manifest.settings) {
    view.settings.push_back({field.key, field.label, field.type, field.hint, field.default_value,
                             field.required, field.advanced});
  }
  view.network_hosts = manifest.network_hosts;
  view.service_access = manifest.service_access;
  view.may_lock = manifest.declared_locks;
  return view;
}

CommandResult listPlugins(CommandContext &context, const ParsedCommand &) {
  const auto stores = context.openStores();
  if (!stores) return stores.error();
  const PluginFolder folder = pluginsOf(context, stores->settings.get());
  std::error_code ignored;
  PluginsView view{context.pluginsFolder().string(),
                   std::filesystem::is_directory(context.pluginsFolder(), ignored),
                   {},
                   refusedViews(folder)};
  for (const auto &plugin : folder.candidates)
    view.plugins.push_back(pluginView(plugin, stores->settings.get().enabled(plugin.manifest.id)));
  if (context.json()) {
    context.printJson(pluginsJson(view));
  } else {
    context.print(pluginsText(view));
  }
  return {};
}

CommandResult reportPlugin(CommandContext &context, const std::string &id, bool enabled,
                           const std::string &sentence) {
  if (context.json()) {
    context.printJson(pluginJson(id, enabled));
  } else {
    context.print(sentence);
  }
  return {};
}

// After enabling.
std::string nextStep(const HostSettings &settings, const std::string &id) {
  const Connection *connection = settings.connection(id);
  if (connection == nullptr) return "Connect it with: connect " + id;
  if (connection->is_lost) return "Connect it again: connect " + id;
  return "It is still connected. To update its data, run sync.";
}

CommandResult enablePlugin(CommandContext &context, const ParsedCommand &command) {
  const std::string &id = command.positionals.front();
  if (command.has("--isolated") && command.has("--in-process"))
    return wrongUse("--isolated and --in-process cannot be used together.");
  const auto found = context.candidate(id);
  if (!found) return found.error();
  // The file is copied once: exactly the probed library is recorded and loaded later, even if the file
  // changes.
  const auto copy = PluginCopy::of(*found);
  const auto tried =
      copy ? probeInChildProcess(copy->plugin(), context.executable()) : Result<void>(copy.error());
  if (!tried) return pluginRefused(id, tried.error().message);
  const Manifest &manifest = copy->plugin().manifest;
  auto access = context.openForWriting();
  if (!access) return std::move(access).error();
  Stores &stores = access->stores;
  const EnabledPlugin *before = stores.settings.get().enabled(id);
  const bool was_isolated = before != nullptr && before->isolated;
  const bool isolated = command.has("--isolated") || (was_isolated && !command.has("--in-process"));
  auto kept = stores.settings.change([&](HostSettings &settings) {
    std::erase_if(settings.plugins, [&](const EnabledPlugin &enabled) { return enabled.id == id; });
    settings.plugins.push_back({id, copy->hash(), isolated});
  });
  if (!kept) return storageFailed(std::move(kept).error());
  return reportPlugin(context, id, true,
                      manifest.name + " " + manifest.version + " is enabled" +
                          (isolated ? " in a process of its own. " : ". ") +
                          nextStep(stores.settings.get(), id));
}

CommandResult disablePlugin(CommandContext &context, const ParsedCommand &command) {
  const std::string &id = command.positionals.front();
  auto access = context.openForWriting();
  if (!access) return std::move(access).error();
  Stores &stores = access->stores;
  if (stores.settings.get().enabled(id) == nullptr) return notFound("The plugin " + id + " is not enabled.");
  const bool was_connected = stores.settings.get().connection(id) != nullptr;
  std::optional<Error> remaining;
  if (was_connected) {
    // Without the plugin, nothing could release its locks.
    const auto ended = disconnectProvider(stores, id);
    if (!ended) return storageFailed(ended.error());
    remaining = asError(*ended);
  }
  auto kept = stores.settings.change([&](HostSettings &settings) {
    std::erase_if(settings.plugins, [&](const EnabledPlugin &enabled) { return enabled.id == id; });
  });
  if (!kept) return storageFailed(std::move(kept).error());
  if (remaining) {
    return partlyCompleted(
        "The plugin " + id + " is disabled and disconnected; " + restoredText(stores) + ".",
        std::move(*remaining));
  }
  if (was_connected) reportSetAsideSettings(context, stores);
  return reportPlugin(context, id, false,
                      "The plugin " + id + " is disabled" +
                          (was_connected ? " and disconnected: its data and secrets are removed, and " +
                                               restoredText(stores) + "."
                                         : "."));
}

}  // namespace

PluginFolder pluginsOf(const CommandContext &context, const HostSettings &settings) {
  PluginFolder folder = readPluginsFolder(context.pluginsFolder());
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

std::vector<RefusedView> refusedViews(const PluginFolder &folder) {
  std::vector<RefusedView> views;
  for (const auto &refused : folder.refused) views.push_back({refused.folder, refused.reason});
  return views;
}

std::vector<Command> pluginCommands() {
  return {
      {{"plugins list", {}, {}, "lists plugins, and why one was refused"}, listPlugins},
      {{"plugins enable",
        {{"ID", "the plugin, as plugins list names it"}},
        {{"--in-process", "", "runs it in the host's process"},
         {"--isolated", "", "runs it in a process of its own"}},
        "enables a plugin",
        "The library is first tested in a separate process, and its hash is stored: if the file changes "
        "later, "
        "the plugin is refused until it is enabled again. If an isolated plugin crashes or hangs, the host "
        "continues with the last known data. A plugin that is enabled again keeps its mode; --in-process "
        "moves it back into the host's process."},
       enablePlugin},
      {{"plugins disable",
        {{"ID", "the plugin, as plugins list names it"}},
        {},
        "disconnects a plugin and stops loading it"},
       disablePlugin},
  };
}

}  // namespace roots::host
