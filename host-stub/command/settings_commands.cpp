#include "command/commands.h"

#include "day/words.h"
#include "view/absences_view.h"
#include "view/settings_view.h"

namespace roots::host {
namespace {

Failure lockedFailure(const LockedBy &lock) {
  return {HostStatus::locked, lockedMessage(lock), lock.setting};
}

DayFacts factsOn(CivilDate day, const Stores &stores) {
  return factsFrom(stores.settings.get(), stores.fetched.get(), {day, day});
}

CommandResult setWeekdayHours(CommandContext &context, const ParsedCommand &command) {
  if (command.positionals.front() != "weekday-hours") {
    return wrongUse("There is no setting \"" + command.positionals.front() +
                    "\"; use: settings set weekday-hours \"8 8 8 8 8 0 0\".");
  }
  auto access = openForWriting(context, "weekday_hours");
  if (!access) return std::move(access).error();
  const auto minutes = weekdayHoursArgument(command.positionals.back());
  if (!minutes) return wrongUse(minutes.error().message);
  if (auto set = access->stores.settings.setWeekdayMinutes(*minutes); !set)
    return storageFailed(std::move(set).error());
  const Stores &stores = access->stores;
  if (factsOn(context.today(), stores).schedule_source != "manual")
    context.console().err.line("Stored. The last known schedule applies until you disconnect.");
  return showSettings(context, command);
}

CommandResult listAbsences(CommandContext &context, const ParsedCommand &) {
  const auto stores = context.openStores();
  if (!stores) return stores.error();
  const HostSettings &settings = stores->settings.get();
  const auto lock = stores->settings.lockOn("absences");
  const AbsencesView view{settings.absences, !settings.absences_are_incomplete, lock ? lock->provider : ""};
  if (context.json()) {
    context.printJson(absencesJson(view));
  } else {
    context.print(absencesText(view));
  }
  return {};
}

Result<ManualAbsence, Failure> absenceFrom(const ParsedCommand &command) {
  ManualAbsence absence;
  const auto type = readKind(command.value("--type").value_or(""));
  if (!type)
    return wrongUse("absences add needs --type, one of: vacation, sick, public_holiday, personal, other.");
  absence.kind = *type;
  for (const auto &[option, day] :
       {std::pair("--from", &absence.days.first), std::pair("--to", &absence.days.last)}) {
    const auto date = dateArgument(option, command.value(option).value_or(""));
    if (!date) return wrongUse(date.error().message);
    *day = *date;
  }
  if (const auto half = command.value("--half")) {
    if (*half != "first" && *half != "second") return wrongUse("--half is first or second.");
    absence.extent = *half == "first" ? Extent::first_half : Extent::second_half;
  }
  absence.note = command.value("--note").value_or("");
  return absence;
}

CommandResult addAbsence(CommandContext &context, const ParsedCommand &command) {
  auto access = openForWriting(context, "absences");
  if (!access) return std::move(access).error();
  auto absence = absenceFrom(command);
  if (!absence) return std::move(absence).error();
  const auto added = access->stores.settings.addAbsence(std::move(*absence));
  if (!added) return storageFailed(added.error());
  if (context.json()) {
    context.printJson(absenceJson(*added));
  } else {
    context.print("Added " + absenceText(*added));
  }
  return {};
}

CommandResult removeAbsence(CommandContext &context, const ParsedCommand &command) {
  auto access = openForWriting(context, "absences");
  if (!access) return std::move(access).error();
  const std::string &id = command.positionals.front();
  auto removed = access->stores.settings.removeAbsence(id);
  if (!removed) return storageFailed(std::move(removed).error());
  if (!*removed) return notFound("There is no absence with the id " + id + ". absences list shows all.");
  if (context.json()) {
    context.printJson(removedAbsenceJson(id));
  } else {
    context.print("Removed " + id + ".");
  }
  return {};
}

SettingsView settingsView(const Stores &stores, CivilDate today) {
  const HostSettings &settings = stores.settings.get();
  const DayFacts facts = factsOn(today, stores);
  const Connection *source = settings.connection(facts.schedule_source);
  SettingsView view;
  view.today = today;
  view.schedule = facts.schedule;
  view.source = facts.schedule_source;
  view.source_name = source == nullptr ? "by hand" : source->plugin_name;
  if (!settings.hours_are_unreadable) view.hours_by_hand = settings.weekday_minutes;
  view.rotation = settings.rotation;
  for (const char *setting : kLockableSettings) {
    if (const auto held = stores.settings.lockOn(setting))
      view.locks.push_back({held->setting, held->plugin_id, held->provider, held->reason});
  }
  return view;
}

}  // namespace

Result<WriteAccess, Failure> openForWriting(CommandContext &context, const std::string &setting) {
  auto access = context.openForWriting();
  if (!access) return std::move(access).error();
  if (const auto held = access->stores.settings.lockOn(setting)) return lockedFailure(*held);
  return std::move(*access);
}

CommandResult showSettings(CommandContext &context, const ParsedCommand &) {
  const auto stores = context.openStores();
  if (!stores) return stores.error();
  const SettingsView view = settingsView(*stores, context.today());
  if (context.json()) {
    context.printJson(settingsJson(view));
  } else {
    context.print(settingsText(view));
  }
  return {};
}

std::vector<Command> settingsCommands() {
  return {
      {{"settings show", {}, {}, "shows weekly hours and who decides on them"}, showSettings},
      {{"settings set",
        {{"weekday-hours", "the only setting", {"weekday-hours"}},
         {"HOURS", "seven numbers from Monday to Sunday, each 0 to 24", {}, true}},
        {},
        "sets weekly hours by hand, Monday to Sunday",
        "",
        {"settings set weekday-hours \"8 8 7:30 8 4.25 0 0\""}},
       setWeekdayHours},
      {{"absences list", {}, {}, "lists absences entered by hand"}, listAbsences},
      {{"absences add",
        {},
        {{"--type",
          "TYPE",
          "vacation, sick, public_holiday, personal or other",
          {"vacation", "sick", "public_holiday", "personal", "other"},
          1},
         {"--from", "YYYY-MM-DD", "the first day", {}, 1},
         {"--to", "YYYY-MM-DD", "the last day, ten years after the first at most", {}, 1},
         {"--half", "first|second", "which half, for a half-day", {"first", "second"}},
         {"--note", "TEXT", "a note to yourself"}},
        "enters an absence by hand"},
       addAbsence},
      {{"absences remove",
        {{"ID", "the absence, as absences list names it"}},
        {},
        "removes an absence entered by hand"},
       removeAbsence},
  };
}

}  // namespace roots::host
