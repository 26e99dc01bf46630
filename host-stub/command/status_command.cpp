#include "command/commands.h"
#include "command/diagnostics.h"

#include <sstream>

namespace roots::host {
namespace {

struct Part {
  const char *name;
  const Freshness *freshness;
};

std::vector<Part> partsOf(const ProviderContext &provider) {
  return {{"absences", &provider.absences.freshness},
          {"schedule", &provider.schedule_freshness},
          {"balances", &provider.balance_freshness}};
}

std::vector<Part> partsOf(const MocoContext &moco) {
  return {{"time entries", &moco.entries.freshness}, {"public holidays", &moco.holidays.freshness}};
}

void writeTime(kit::JsonWriter &writer, const char *name, const std::string &time) {
  if (time.empty())
    writer.null(name);
  else
    writer.text(name, time);
}

void write(kit::JsonWriter &writer, const std::vector<Part> &parts) {
  writer.name("data").beginObject();
  for (const auto &part : parts) {
    writer.name(part.name).beginObject();
    writeTime(writer, "last_sync", part.freshness->last_good);
    writeTime(writer, "stale_since", part.freshness->staleSince().value_or(""));
    writeTime(writer, "problem", part.freshness->last_failed ? part.freshness->problem : "");
    writer.endObject();
  }
  writer.endObject();
}

void write(std::ostream &text, const std::vector<Part> &parts) {
  for (const auto &part : parts) {
    text << "    " << part.name << ": ";
    if (part.freshness->last_good.empty())
      text << "never fetched";
    else
      text << (part.freshness->last_failed ? "stale since " : "as of ")
           << localText(part.freshness->last_good);
    if (part.freshness->last_failed) text << "\n      " << part.freshness->problem;
    text << "\n";
  }
}

const ProviderContext &contextOf(const Stores &stores, const std::string &id) {
  static const ProviderContext nothing;
  const auto found = stores.context.get().providers.find(id);
  return found == stores.context.get().providers.end() ? nothing : found->second;
}

// Those that cannot be loaded, and those that are not, because they have changed.
std::vector<RefusedPlugin> refusedIn(const PluginFolder &folder) {
  std::vector<RefusedPlugin> refused = folder.refused;
  for (const auto &plugin : folder.candidates) {
    if (plugin.has_changed) refused.push_back({plugin.folder.filename().string(), changedText(plugin)});
  }
  return refused;
}

std::string statusJson(const Stores &stores, const PluginFolder &folder, CivilDate today) {
  kit::JsonWriter writer;
  writer.beginObject().text("today", kit::formatDate(today)).name("connections").beginArray();
  for (const auto &connection : stores.settings.get().connections) {
    writer.beginObject()
        .text("id", connection.plugin_id)
        .text("name", connection.plugin_name)
        .text("state", stateWord(connection.state));
    writeTime(writer, "problem", connection.problem);
    writeAccount(writer, connection.account_id, connection.account_name);
    writeLocks(writer, connection.locks);
    writer.name("settings").beginObject();  // without secrets
    for (const auto &[key, value] : connection.settings) writer.text(key, value);
    writer.endObject();
    const ProviderContext &provider = contextOf(stores, connection.plugin_id);
    write(writer, partsOf(provider));
    writer.texts("notices", provider.notices).endObject();
  }
  writer.endArray().name("moco");
  if (const auto &moco = stores.settings.get().moco) {
    writer.beginObject()
        .text("domain", moco->domain)
        .text("state", moco->problem.empty() ? "connected" : "failing");
    writeTime(writer, "problem", moco->problem);
    write(writer, partsOf(stores.context.get().moco));
    writer.endObject();
  } else {
    writer.null();
  }
  writer.name("failed_connects").beginArray();
  for (const auto &failed : stores.settings.get().failed_connects)
    writer.beginObject()
        .text("id", failed.plugin_id)
        .text("time", failed.time)
        .text("problem", failed.problem)
        .endObject();
  writer.endArray()
      .text("secrets_in", stores.secrets.areInKeyring() ? "keyring" : "file")
      .name("refused_plugins")
      .beginArray();
  for (const auto &refused : refusedIn(folder))
    writer.beginObject().text("folder", refused.folder).text("reason", refused.reason).endObject();
  writer.endArray().endObject();
  return writer.finish();
}

const char *stateText(Connection::State state) {
  switch (state) {
    case Connection::State::connected:
      return "connected";
    case Connection::State::needs_sign_in:
      return "needs to sign in again";
    case Connection::State::failing:
      return "connected, but the last attempt failed";
  }
  return "";
}

std::string statusText(const Stores &stores, const PluginFolder &folder) {
  std::ostringstream text;
  for (const auto &connection : stores.settings.get().connections) {
    text << connection.plugin_name << " (" << connection.plugin_id << "): " << stateText(connection.state)
         << ", " << connection.account_name << "\n";
    if (!connection.problem.empty()) text << "    " << connection.problem << "\n";
    const ProviderContext &provider = contextOf(stores, connection.plugin_id);
    write(text, partsOf(provider));
    for (const auto &lock : connection.locks)
      text << "    locks " << lock.setting << ": " << lock.reason << "\n";
    for (const auto &notice : provider.notices) text << "    note: " << notice << "\n";
  }
  for (const auto &failed : stores.settings.get().failed_connects)
    text << "The last attempt to connect " << failed.plugin_name << ", " << localText(failed.time)
         << ", failed:\n    " << failed.problem << "\n";
  if (stores.settings.get().connections.empty())
    text << "No provider is connected. plugins list shows what there is.\n";
  if (const auto &moco = stores.settings.get().moco) {
    text << "Moco (" << moco->domain
         << "): " << (moco->problem.empty() ? "connected" : "connected, but the last attempt failed") << "\n";
    write(text, partsOf(stores.context.get().moco));
  } else {
    text << "Moco is not connected. Connect it with: moco connect --domain NAME\n";
  }
  text << (stores.secrets.areInKeyring() ? "Keys are in the keyring of your desktop.\n"
                                         : "Keys are in a file (secrets.json) that only you may read.\n");
  for (const auto &refused : refusedIn(folder))
    text << "Refused plugin " << refused.folder << ": " << refused.reason << "\n";
  return text.str();
}

Outcome showStatus(Workplace &workplace, const ParsedCommand &command) {
  const auto stores = workplace.openStores();
  if (!stores) return Failure(stores.error());
  const PluginFolder folder = pluginsOf(workplace, stores->settings.get());
  if (command.has("--diagnostics")) {
    workplace.print(
        diagnosticsJson(stores->settings.get(), stores->context.get(), folder, systemFacts(utcNow())));
    return {};
  }
  workplace.print(workplace.json() ? statusJson(*stores, folder, workplace.today())
                                   : statusText(*stores, folder));
  return {};
}

}  // namespace

std::vector<Command> statusCommands() {
  return {
      {{"status",
        {},
        {{"--diagnostics", ""}},
        "connections, locks, last sync, what is missing, refused plugins",
        "--diagnostics prints what may be attached to a report of a problem: versions, states and times, no\n"
        "names, no absences, no messages, no secrets."},
       showStatus}};
}

}  // namespace roots::host
