#include "command/command_context.h"

#include "isolation/isolated_session.h"

namespace roots::host {

CommandContext::CommandContext(Console &console, GlobalOptions options, std::filesystem::path executable)
    : console_(console),
      options_(std::move(options)),
      executable_(std::move(executable)),
      today_(options_.today.value_or(clockToday())) {}

Result<Home, Failure> CommandContext::home() const {
  auto folder = openHome(options_.home);
  if (!folder) return storageFailed(std::move(folder).error());
  return std::move(*folder);
}

Result<Stores, Failure> CommandContext::openStores(Before before) const {
  const auto folder = home();
  if (!folder) return folder.error();
  auto stores = Stores::open(*folder, keyringAccess());
  if (!stores) return storageFailed(std::move(stores).error());
  const std::string settings_damage = stores->settingsDamage();
  const bool data_is_damaged = !stores->fetched.damage().empty();
  if (settings_damage.empty() && !data_is_damaged) return std::move(*stores);
  // Only under the lock: another host may be writing a valid file at this moment. A file with data that
  // cannot be fetched again is replaced by a command that changes something, not by one that only reads.
  if (settings_damage.empty()) {
    if (auto repaired = openForWriting()) return std::move(repaired->stores);
  } else {
    stores->reports.push_back(settings_damage);
  }
  if (data_is_damaged) {
    const char *state = settings_damage.empty()
                            ? ") is damaged, and nothing can be changed at the moment. "
                            : ") is damaged. It was not changed; the next command that changes something "
                              "keeps a copy of it. ";
    stores->reports.push_back("The file with the fetched data (" + stores->fetched.file().string() + state +
                              stores->fetched.damage());
  }
  if (before == Before::end) report(*stores);
  return std::move(*stores);
}

KeyringAccess CommandContext::keyringAccess() const {
  KeyringAccess access;
  access.is_cancelled = console_.is_cancelled;
  access.report = [&console = console_](std::string_view line) {
    if (console.err_is_terminal) console.err.clearStatus();
    console.err.line(line);
    if (console.on_progress) console.on_progress(0, line);
  };
  return access;
}

void CommandContext::reportLeftovers(const Stores &stores) {
  if (!stores.secrets.hasLeftoversInKeyring()) return;
  console_.err.line(
      "The keyring of your desktop still holds former credentials. They will be removed as soon as a command "
      "can use the keyring.");
}

std::vector<std::string> CommandContext::globalWords() const {
  std::vector<std::string> words;
  const auto add = [&](const char *option, const std::string &value) {
    if (!value.empty()) words.insert(words.end(), {option, value});
  };
  add("--home", options_.home);
  add("--plugins", options_.plugins);
  add("--today", options_.today ? kit::formatDate(*options_.today) : "");
  return words;
}

Result<WriteAccess, Failure> CommandContext::openForWriting() const {
  const auto folder = home();
  if (!folder) return folder.error();
  auto lock = HomeLock::acquire(*folder);
  if (!lock) return storageFailed(std::move(lock).error());
  auto stores = Stores::openToChange(*folder, keyringAccess());
  if (!stores) return storageFailed(std::move(stores).error());
  report(*stores);
  return WriteAccess{std::move(*lock), std::move(*stores)};
}

void CommandContext::report(const Stores &stores) const {
  for (const std::string &sentence : stores.reports) console_.err.line(sentence);
}

// Without damage, the files are fine or were repaired and reported.
void CommandContext::reportDamage(const Stores &stores) const {
  const bool is_damaged = !stores.settings.damage().empty() || !stores.fetched.damage().empty();
  if (is_damaged) report(stores);
}

std::filesystem::path CommandContext::pluginsFolder() const {
  if (!options_.plugins.empty()) return options_.plugins;
  return executable_.parent_path().parent_path() / "plugins";
}

Result<PluginCandidate, Failure> CommandContext::candidate(const std::string &id) const {
  PluginFolder folder = readPluginsFolder(pluginsFolder());
  for (auto &plugin : folder.candidates)
    if (plugin.manifest.id == id) return std::move(plugin);
  for (const auto &refused : folder.refused)
    if (refused.folder == id) return pluginRefused(id, refused.reason);
  return notFound("There is no plugin " + id + " in " + pluginsFolder().string() +
                  ". plugins list shows the installed plugins.");
}

Result<OpenSession, Failure> CommandContext::sessionsOf(const Stores &stores,
                                                        const PluginCandidate &plugin) const {
  const EnabledPlugin *enabled = stores.settings.get().enabled(plugin.manifest.id);
  if (enabled == nullptr) {
    return Failure(HostStatus::not_enabled, "The plugin " + plugin.manifest.id +
                                                " is not enabled. Enable it first: plugins enable " +
                                                plugin.manifest.id + ".");
  }
  if (enabled->isolated) return isolatedSessions(plugin, enabled->hash, executable_);
  auto table = loadPlugin(plugin, enabled->hash);
  if (!table) return pluginRefused(plugin.manifest.id, table.error().message);
  return sessionsInThisProcess(*table, plugin.manifest.declared_locks);
}

CallHooks CommandContext::callHooks(ProgressLine &progress) const {
  CallHooks hooks;
  hooks.is_cancelled = [this, &progress] {
    progress.tick();
    return console_.is_cancelled && console_.is_cancelled();
  };
  hooks.on_step = console_.on_step;
  hooks.progress = [&progress](int permille, std::string_view doing) { progress.show(permille, doing); };
  return hooks;
}

kit::CallLimits CommandContext::limits(ProgressLine &progress, std::chrono::seconds time) const {
  return {std::chrono::steady_clock::now() + time, callHooks(progress).is_cancelled};
}

void CommandContext::print(const TextLines &lines) { console_.out.lines(lines); }

void CommandContext::print(const std::string &line) { console_.out.line(line); }

void CommandContext::printJson(const std::string &document) { console_.out.json(document); }

}  // namespace roots::host
