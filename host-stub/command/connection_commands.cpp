#include "command/commands.h"

#include <roots/kit/wipe.h>

#include <algorithm>
#include <sstream>

namespace roots::host {
namespace {

// Nobody types a secret to be told afterwards that something else is wrong.
Result<void> othersAreFine(const Manifest &manifest, Settings given) {
  for (const auto &field : manifest.settings) {
    if (field.isSecret()) given[field.key] = "to be asked for";
  }
  const auto complete = completeSettings(manifest, given);
  if (!complete) return complete.error();
  return {};
}

// --setting KEY=VALUE and secrets from the terminal or standard input, as one map.
Result<Settings, Failure> settingsFrom(Workplace &workplace, const ParsedCommand &command,
                                       const Manifest &manifest) {
  Settings given;
  const auto options = command.options.find("--setting");
  for (const auto &option : options == command.options.end() ? std::vector<std::string>() : options->second) {
    const std::size_t equals = option.find('=');
    if (equals == std::string::npos || equals == 0)
      return wrongUse("--setting needs KEY=VALUE, e.g. --setting email=you@example.com.");
    const std::string key = option.substr(0, equals);
    const SettingField *field = manifest.setting(key);
    if (field != nullptr && field->isSecret()) {
      return wrongUse("\"" + field->label +
                      "\" is a secret and is not taken from the command line, where others could see it. "
                      "It is asked for, or read from standard input with --secrets-from-stdin.");
    }
    given[key] = option.substr(equals + 1);
    // It is read from other folders, too.
    if (field != nullptr && field->type == "file" && !given[key].empty())
      given[key] = std::filesystem::absolute(given[key]).string();
  }
  if (command.has("--secrets-from-stdin")) {
    auto secrets = readSecretLines(workplace.console().in);
    if (!secrets) return Failure(std::move(secrets).error());
    const kit::WipedAtEnd wiped(*secrets);
    for (auto &[key, value] : *secrets) given[key] = std::move(value);
    return given;
  }
  if (auto fine = othersAreFine(manifest, given); !fine) return Failure(std::move(fine).error());
  for (const auto &field : manifest.settings) {
    if (!field.isSecret() || !field.required) continue;
    auto secret = workplace.console().ask_secret(field.label);
    if (!secret) return Failure(std::move(secret).error());
    given[field.key] = std::move(*secret);
  }
  return given;
}

void writeProblems(kit::JsonWriter &writer, const std::vector<SyncProblem> &problems) {
  writer.name("problems").beginArray();
  for (const auto &problem : problems) {
    writer.beginObject()
        .text("source", problem.source)
        .text("part", problem.part)
        .text("status", Failure(problem.error).status)
        .text("message", problem.error.message)
        .endObject();
  }
  writer.endArray();
}

std::string problemLines(const std::vector<SyncProblem> &problems) {
  std::string lines;
  for (const auto &problem : problems)
    lines += problem.source + ", " + problem.part + ": " + problem.error.message + "\n";
  return lines;
}

std::string lockLines(const std::vector<Lock> &locks) {
  std::string lines;
  for (const auto &held : locks)
    lines += (held.setting == "weekday_hours" ? "Weekly hours: " : "Absences: ") + held.reason + "\n";
  return lines;
}

std::string previewJson(const Manifest &manifest, const ConnectPreview &preview,
                        const HostSettings &settings) {
  kit::JsonWriter writer;
  writer.beginObject().text("id", manifest.id).text("state", "preview");
  writeAccount(writer, preview.account.id, preview.account.display_name);
  writeLocks(writer, preview.locks);
  writer.name("weekday_minutes");
  if (preview.week)
    writeWeek(writer, preview.week->minutes);
  else
    writer.null();
  writer.flag("is_estimate", preview.week && preview.week->is_estimate).name("manual_weekday_minutes");
  writeWeek(writer, settings.weekday_minutes);
  writer.integer("manual_absences", static_cast<std::int64_t>(settings.absences.size()));
  writer.texts("notices", preview.notices).endObject();
  return writer.finish();
}

std::string previewText(const Manifest &manifest, const ConnectPreview &preview,
                        const HostSettings &settings) {
  std::ostringstream text;
  text << manifest.name << " knows you as " << preview.account.display_name
       << ". Nothing is changed yet. Connected, these would be read-only:\n"
       << lockLines(preview.locks);
  if (preview.week) {
    text << "Weekly hours would be  " << weekText(preview.week->minutes)
         << (preview.week->is_estimate ? "  (an estimate)" : "") << "\n  By hand they are      "
         << weekText(settings.weekday_minutes) << "\n";
  }
  if (!settings.absences.empty()) {
    text << settings.absences.size() << (settings.absences.size() == 1 ? " absence" : " absences")
         << " by hand would be kept, not applied, and be back after a disconnect.\n";
  }
  text << noteLines(preview.notices);
  return text.str();
}

// What connecting would change, before it does.
Outcome previewConnection(Workplace &workplace, const Stores &stores, const Manifest &manifest,
                          const OpenSession &open_session, const Settings &settings) {
  ProgressLine progress(workplace.console());
  const auto preview =
      previewProvider(stores, manifest, open_session, settings, monthsAround(workplace.today()),
                      workplace.today(), workplace.calling(progress));
  if (!preview) return Failure(preview.error());
  progress.clear();
  const HostSettings &kept = stores.settings.get();
  workplace.print(workplace.json() ? previewJson(manifest, *preview, kept)
                                   : previewText(manifest, *preview, kept));
  return {};
}

Outcome connectCommand(Workplace &workplace, const ParsedCommand &command) {
  const auto plugin = workplace.candidate(command.positionals.front());
  if (!plugin) return plugin.error();
  const Manifest &manifest = plugin->manifest;
  // Before anybody types a secret: without the lock, so it is looked at again below.
  const auto seen = workplace.openStores();
  if (!seen) return Failure(seen.error());
  const auto seen_sessions = workplace.sessionsOf(*seen, *plugin);
  if (!seen_sessions) return seen_sessions.error();
  auto given = settingsFrom(workplace, command, manifest);
  if (!given) return std::move(given).error();
  const kit::WipedAtEnd given_wiped(*given);
  auto settings = completeSettings(manifest, *given);
  if (!settings) return Failure(std::move(settings).error());
  const kit::WipedAtEnd settings_wiped(*settings);
  if (command.has("--preview"))
    return previewConnection(workplace, *seen, manifest, *seen_sessions, *settings);

  auto edit = workplace.edit();
  if (!edit) return Failure(std::move(edit).error());
  Stores &stores = edit->stores;
  const auto sessions = workplace.sessionsOf(stores, *plugin);
  if (!sessions) return sessions.error();
  ProgressLine progress(workplace.console());
  auto live = connectProvider(stores, manifest, *sessions, *settings, workplace.calling(progress));
  if (!live) {
    rememberFailedConnect(stores, manifest, live.error(), utcNow());
    return Failure(std::move(live).error());
  }
  auto problems = workplace.syncOne(stores, *live, monthsAround(workplace.today()));
  if (!problems) return std::move(problems).error();
  progress.clear();

  const Connection &connection = *stores.settings.get().connection(manifest.id);
  const auto &notices = stores.context.get().providers.at(manifest.id).notices;
  if (workplace.json()) {
    kit::JsonWriter writer;
    writer.beginObject().text("id", manifest.id).text("state", stateWord(connection.state));
    writeAccount(writer, connection.account_id, connection.account_name);
    writeLocks(writer, connection.locks);
    writer.texts("notices", notices);
    writeProblems(writer, *problems);
    writer.endObject();
    workplace.print(writer.finish());
    return {};
  }
  std::ostringstream text;
  text << "Connected to " << manifest.name << " as " << connection.account_name << ".\n"
       << lockLines(connection.locks) << noteLines(notices);
  workplace.print(text.str());
  workplace.console().err << problemLines(*problems) << std::flush;
  return {};
}

Outcome disconnectCommand(Workplace &workplace, const ParsedCommand &command) {
  const std::string &id = command.positionals.front();
  auto edit = workplace.edit();
  if (!edit) return Failure(std::move(edit).error());
  Stores &stores = edit->stores;
  const Connection *connection = stores.settings.get().connection(id);
  if (connection == nullptr) {
    // A disconnect that was interrupted may have left secrets in the keyring. Moco's are not a plugin's.
    if (id != "moco") (void)stores.secrets.forgetAll(id);
    return notFound("There is no connection to " + id + ". status shows all connections.");
  }
  const std::string name = connection->plugin_name;
  if (auto ended = disconnectProvider(stores, id); !ended) return Failure(std::move(ended).error());
  if (workplace.json()) {
    kit::JsonWriter writer;
    writer.beginObject().text("id", id).text("state", "disconnected").endObject();
    workplace.print(writer.finish());
    return {};
  }
  workplace.print("Disconnected from " + name +
                  ". Its data and credentials are removed from this computer; weekly hours and "
                  "absences by hand are back.");
  return {};
}

Result<CivilDays, Failure> daysFrom(const ParsedCommand &command, CivilDays usual) {
  CivilDays days = usual;
  for (const auto &[option, day] : {std::pair("--from", &days.first), std::pair("--to", &days.last)}) {
    const auto value = command.value(option);
    if (!value) continue;
    const auto date = dateArgument(option, *value);
    if (!date) return wrongUse(date.error().message);
    *day = *date;
  }
  if (days.last < days.first) return wrongUse("--to lies before --from. Give both, in order.");
  if (kit::daysBetween(days.first, days.last) > kMostDays)
    return wrongUse("Ten years at most are fetched at once. Choose a shorter range.");
  return days;
}

Outcome syncCommand(Workplace &workplace, const ParsedCommand &command) {
  const auto days = daysFrom(command, monthsAround(workplace.today()));
  if (!days) return days.error();
  auto edit = workplace.edit();
  if (!edit) return Failure(std::move(edit).error());
  Stores &stores = edit->stores;
  if (stores.settings.get().connections.empty() && !stores.settings.get().moco) {
    return Failure(Error{Status::not_connected,
                         "Nothing is connected. Connect first: connect ID, or moco connect --domain NAME.",
                         "",
                         0,
                         {}});
  }
  const auto problems = workplace.syncAll(stores, *days);
  if (!problems) return problems.error();
  if (!problems->empty()) {
    const SyncProblem &first = problems->front();
    Error error = first.error;
    error.message.clear();
    for (const auto &problem : *problems) {
      const std::string line = problem.source + ", " + problem.part + ": " + problem.error.message;
      error.message += (error.message.empty() ? "" : "\n") + line;
    }
    return Failure(std::move(error));
  }
  if (workplace.json()) {
    kit::JsonWriter writer;
    writer.beginObject().text("from", kit::formatDate(days->first)).text("to", kit::formatDate(days->last));
    writeProblems(writer, *problems);
    writer.endObject();
    workplace.print(writer.finish());
    return {};
  }
  workplace.print("Up to date from " + kit::formatDate(days->first) + " to " + kit::formatDate(days->last) +
                  ".");
  return {};
}

}  // namespace

std::vector<Command> connectionCommands() {
  return {
      {{"connect",
        {"ID"},
        {{"--setting", "KEY=VALUE"}, {"--secrets-from-stdin", ""}, {"--preview", ""}},
        "signs in to a provider and fetches",
        "Repeat --setting for each setting. Secrets are asked for on the terminal, or read as KEY=VALUE "
        "lines\n"
        "from standard input with --secrets-from-stdin. Nothing is kept unless signing in works. With "
        "--preview\n"
        "it only tells what would become read-only, and what it would be; nothing is changed."},
       connectCommand},
      {{"disconnect", {"ID"}, {}, "forgets a provider's data and credentials, lifts its locks", ""},
       disconnectCommand},
      {{"sync",
        {},
        {{"--from", "YYYY-MM-DD"}, {"--to", "YYYY-MM-DD"}},
        "fetches anew (usually: last, this and next month)",
        "A part that cannot be fetched stays as it was; the exit code is that of the first failure."},
       syncCommand},
  };
}

}  // namespace roots::host
