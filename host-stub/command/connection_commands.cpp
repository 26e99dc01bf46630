#include "command/commands.h"
#include "command/date_ranges.h"
#include "command/given_settings.h"
#include "command/source_sync.h"
#include "command/view_context.h"

#include <roots/kit/wipe.h>

namespace roots::host {
namespace {

PreviewView previewView(const Manifest &manifest, const ConnectPreview &preview,
                        const HostSettings &settings) {
  PreviewView view;
  view.id = manifest.id;
  view.name = manifest.name;
  view.account = {preview.account.id, preview.account.display_name};
  view.locks = lockViews(manifest.id, manifest.name, preview.locks);
  view.week = preview.week;
  if (!settings.hours_are_unreadable) view.hours_by_hand = settings.weekday_minutes;
  view.absences_by_hand = settings.absences.size();
  view.notices = preview.notices;
  return view;
}

// Shows what connecting would change.
CommandResult previewConnection(CommandContext &context, const Stores &stores, const Manifest &manifest,
                                const OpenSession &open_session, const Settings &settings) {
  ProgressLine progress(context.console());
  const auto preview =
      previewProvider(stores, manifest, open_session, settings, monthsAround(context.today()),
                      context.today(), context.callHooks(progress));
  if (!preview) return Failure(preview.error());
  progress.clear();
  const PreviewView view = previewView(manifest, *preview, stores.settings.get());
  if (context.json()) {
    context.printJson(previewJson(view));
  } else {
    context.print(previewText(view));
  }
  return {};
}

CommandResult connectCommand(CommandContext &context, const ParsedCommand &command) {
  const auto plugin = context.candidate(command.positionals.front());
  if (!plugin) return plugin.error();
  const Manifest &manifest = plugin->manifest;
  // Checked before prompting for secrets, without the lock; therefore checked again below.
  const bool is_preview = command.has("--preview");
  const auto seen =
      context.openStores(is_preview ? CommandContext::Before::end : CommandContext::Before::change);
  if (!seen) return seen.error();
  const auto seen_sessions = context.sessionsOf(*seen, *plugin);
  auto settings = seen_sessions ? readCompleteSettings(context, command, manifest)
                                : Result<Settings, Failure>(seen_sessions.error());
  const auto failed = [&](Failure failure) {
    if (!is_preview) context.reportDamage(*seen);
    return failure;
  };
  if (!settings) return failed(std::move(settings).error());
  const kit::WipedAtEnd settings_wiped(*settings);
  if (is_preview) return previewConnection(context, *seen, manifest, *seen_sessions, *settings);

  auto access = context.openForWriting();
  if (!access) return failed(std::move(access).error());
  Stores &stores = access->stores;
  const auto sessions = context.sessionsOf(stores, *plugin);
  if (!sessions) return sessions.error();
  ProgressLine progress(context.console());
  auto live = connectProvider(stores, manifest, *sessions, *settings, context.callHooks(progress));
  if (!live) {
    rememberFailedConnect(stores, manifest, live.error(), utcNow());
    return Failure(std::move(live).error());
  }
  context.reportLeftovers(stores);
  auto problems = syncOne(context, stores, *live, monthsAround(context.today()));
  if (!problems) return connectedButNotFetched(manifest.name, problems.error());
  progress.clear();

  const Connection &connection = *stores.settings.get().connection(manifest.id);
  const ConnectedView view{manifest.id,
                           manifest.name,
                           std::string(stateWord(connection.state)),
                           {connection.account_id, connection.account_name},
                           lockViews(manifest.id, manifest.name, connection.locks),
                           stores.fetched.get().providers.at(manifest.id).notices,
                           viewsOf(*problems)};
  reportConnected(context, view);
  return {};
}

// Completes a disconnect that was interrupted or could not reach the keyring. Moco's leftovers do not
// belong to a plugin.
CommandResult completeDisconnect(CommandContext &context, Stores &stores, const std::string &id) {
  const std::string none = "There is no connection to " + id + ".";
  const bool has_left_something = id != "moco" && stores.secrets.hasLeftoversInKeyring();
  if (!has_left_something) return notFound(none + " status shows all connections.");
  if (auto removed = stores.secrets.forgetLeftovers(); !removed)
    return partlyCompleted(none, std::move(removed).error());
  reportCompleted(context, id, none);
  return {};
}

CommandResult disconnectCommand(CommandContext &context, const ParsedCommand &command) {
  const std::string &id = command.positionals.front();
  auto access = context.openForWriting();
  if (!access) return std::move(access).error();
  Stores &stores = access->stores;
  const Connection *connection = stores.settings.get().connection(id);
  if (connection == nullptr) return completeDisconnect(context, stores, id);
  const std::string name = connection->plugin_name;
  const auto ended = disconnectProvider(stores, id);
  if (!ended) return storageFailed(ended.error());
  if (auto remaining = asError(*ended)) {
    return partlyCompleted("Disconnected from " + name + "; " + restoredText(stores) + ".",
                           std::move(*remaining));
  }
  if (context.json()) {
    context.printJson(disconnectedJson(id));
  } else {
    context.print("Disconnected from " + name +
                  ". Its data and credentials are removed from this computer; " + restoredText(stores) + ".");
  }
  reportSetAsideSettings(context, stores);
  return {};
}

}  // namespace

std::string restoredText(const Stores &stores) {
  const std::string restored = "weekly hours and absences entered by hand apply again";
  if (stores.settings.setAsideCopies().empty()) return restored;
  return restored + ", as far as they could be read from the damaged settings or were entered since";
}

void reportSetAsideSettings(CommandContext &context, const Stores &stores) {
  for (const auto &copy : stores.settings.setAsideCopies()) {
    context.console().err.line("A damaged settings file is kept as " + copy.string() +
                               ". It may name the connected account and contain absences entered by hand. "
                               "Remove it when you no longer need it.");
  }
}

void reportConnected(CommandContext &context, const ConnectedView &view) {
  if (context.json()) {
    context.printJson(connectedJson(view));
    return;
  }
  context.print(connectedText(view));
  context.console().err.lines(TextLines().add("", problemLines(view.problems)));
}

void reportCompleted(CommandContext &context, const std::string &id, const std::string &state) {
  if (context.json()) {
    context.printJson(disconnectedJson(id));
  } else {
    context.print(state + " Credentials that were left in the keyring have been removed.");
  }
}

std::vector<LockView> lockViews(const std::string &plugin_id, const std::string &name,
                                const std::vector<Lock> &locks) {
  std::vector<LockView> views;
  for (const auto &lock : locks) views.push_back({lock.setting, plugin_id, name, lock.reason});
  return views;
}

std::vector<Command> connectionCommands() {
  return {
      {{"connect",
        {{"ID", "the plugin, as plugins list names it"}},
        {{"--setting", "KEY=VALUE", "a setting of the plugin; repeat it for each setting"},
         {"--secrets-from-stdin", "", "reads secrets as lines KEY=VALUE from standard input"},
         {"--preview", "", "only shows what would become read-only, and its values"}},
        "signs in to a provider and fetches its data",
        "The host prompts for secrets, or reads them from standard input with --secrets-from-stdin. "
        "Nothing "
        "is stored unless signing in succeeds. With --preview, nothing is changed."},
       connectCommand},
      {{"disconnect",
        {{"ID", "the plugin, as status names it"}},
        {},
        "removes a provider's data, credentials, and locks"},
       disconnectCommand},
  };
}

}  // namespace roots::host
