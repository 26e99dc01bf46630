#include "command/commands.h"
#include "command/date_ranges.h"
#include "command/diagnostics.h"
#include "sync/sync.h"

#include "view/status_view.h"

namespace roots::host {
namespace {

FreshnessView freshnessView(const char *part, const Freshness &freshness) {
  return {part, freshness.last_good,
          freshness.last_good.empty() ? std::string() : localText(freshness.last_good), freshness.last_failed,
          freshness.problem};
}

std::vector<FreshnessView> dataOf(const ProviderData &provider, CivilDays days) {
  return {freshnessView("absences", provider.absences.fetches.summary(days)),
          freshnessView("schedule", provider.schedule_fetches.summary(days)),
          freshnessView("balances", provider.balance_freshness)};
}

std::vector<FreshnessView> dataOf(const MocoData &moco, CivilDays days) {
  return {freshnessView("time_entries", moco.entries.fetches.summary(days)),
          freshnessView("public_holidays", moco.holidays.fetches.summary(days))};
}

const ProviderData &contextOf(const Stores &stores, const std::string &id) {
  static const ProviderData nothing;
  const auto found = stores.fetched.get().providers.find(id);
  return found == stores.fetched.get().providers.end() ? nothing : found->second;
}

// Plugins that cannot be loaded, and those that are refused because they changed.
std::vector<RefusedView> refusedIn(const PluginFolder &folder) {
  std::vector<RefusedView> refused = refusedViews(folder);
  for (const auto &plugin : folder.candidates)
    if (plugin.has_changed) refused.push_back({plugin.folder.filename().string(), changedText(plugin)});
  return refused;
}

ConnectionView mocoView(const MocoConnection &moco, const MocoData &known, CivilDays days) {
  return {"moco",
          "Moco",
          std::string(stateWord(moco)),
          moco.problem,
          {moco.user_id, moco.user_name},
          {},
          {{"domain", moco.domain}, {"base_url", moco.base_url}, {"ca_file", moco.ca_file}},
          dataOf(known, days),
          noticesOf(known)};
}

std::vector<std::string> namesOf(const std::vector<std::filesystem::path> &files) {
  std::vector<std::string> names;
  for (const auto &file : files) names.push_back(file.string());
  return names;
}

StatusView statusView(const Stores &stores, const PluginFolder &folder, CivilDate today) {
  const HostSettings &settings = stores.settings.get();
  const CivilDays days = monthsAround(today);
  StatusView view;
  view.today = today;
  for (const auto &connection : settings.connections) {
    const ProviderData &provider = contextOf(stores, connection.plugin_id);
    view.connections.push_back({connection.plugin_id,
                                connection.plugin_name,
                                std::string(stateWord(connection.state)),
                                connection.problem,
                                {connection.account_id, connection.account_name},
                                lockViews(connection.plugin_id, connection.plugin_name, connection.locks),
                                connection.settings,
                                dataOf(provider, days),
                                provider.notices});
  }
  if (settings.moco) view.moco = mocoView(*settings.moco, stores.fetched.get().moco, days);
  for (const auto &failed : settings.failed_connects) {
    view.failed_connects.push_back(
        {failed.plugin_id, failed.plugin_name, failed.time, localText(failed.time), failed.problem});
  }
  view.secrets_are_in_keyring = stores.secrets.areInKeyring();
  view.keyring_has_leftovers = stores.secrets.hasLeftoversInKeyring();
  view.refused_plugins = refusedIn(folder);
  view.data_copies = namesOf(stores.fetched.setAsideCopies());
  view.settings_copies = namesOf(stores.settings.setAsideCopies());
  view.reports = stores.reports;
  return view;
}

CommandResult showStatus(CommandContext &context, const ParsedCommand &command) {
  const auto stores = context.openStores();
  if (!stores) return stores.error();
  const PluginFolder folder = pluginsOf(context, stores->settings.get());
  if (command.has("--diagnostics")) {
    context.printJson(diagnosticsJson(diagnosticsView(stores->settings.get(), stores->fetched.get(), folder,
                                                      monthsAround(context.today()))));
    return {};
  }
  const StatusView view = statusView(*stores, folder, context.today());
  if (context.json()) {
    context.printJson(statusJson(view));
  } else {
    context.print(statusText(view));
  }
  return {};
}

}  // namespace

std::vector<Command> statusCommands() {
  return {
      {{"status",
        {},
        {{"--diagnostics", "", "prints data that is safe to attach to a problem report"}},
        "shows connections, locks, missing data, and refused plugins",
        "--diagnostics prints versions, states, and times, but no names, absences, messages, or secrets."},
       showStatus}};
}

}  // namespace roots::host
