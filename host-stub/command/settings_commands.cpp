#include "command/commands.h"

#include "day/words.h"

#include <sstream>

namespace roots::host {
namespace {

Failure lockedFailure(const LockedBy &lock) {
  return Failure(ExitCode::locked, "locked",
                 Error{Status::invalid_setting, lockedMessage(lock), lock.setting, 0, {}});
}

// A rotation that means other hours a week than the contract is a mistake of either.
std::string rotationText(const Rotation &rotation, const ScheduledWeek &told, bool by_provider) {
  std::string text = "In rotation from " + kit::formatDate(rotation.from) + ", entered by you\n";
  int sum = 0;
  for (std::size_t index = 0; index < rotation.weeks.size(); ++index) {
    text += "  Week " + std::to_string(index + 1) + "  " + weekText(rotation.weeks[index]) + "\n";
    sum += minutesOfWeek(rotation.weeks[index]);
  }
  const int weeks = static_cast<int>(rotation.weeks.size());
  if (by_provider && sum != minutesOfWeek(told.minutes) * weeks)
    text += "  On average " + formatMinutes(sum / weeks) + " a week; the contract says " +
            formatMinutes(minutesOfWeek(told.minutes)) + ".\n";
  return text;
}

Outcome setWeekdayHours(Workplace &workplace, const ParsedCommand &command) {
  if (command.positionals.front() != "weekday-hours") {
    return wrongUse("There is no setting \"" + command.positionals.front() +
                    "\"; it is: settings set weekday-hours \"8 8 8 8 8 0 0\".");
  }
  auto edit = editing(workplace, "weekday_hours");
  if (!edit) return std::move(edit).error();
  const auto minutes = weekdayHoursArgument(command.positionals.back());
  if (!minutes) return wrongUse(minutes.error().message);
  if (auto set = edit->stores.settings.setWeekdayMinutes(*minutes); !set)
    return Failure(std::move(set).error());
  const Stores &stores = edit->stores;
  if (factsFrom(stores.settings.get(), stores.context.get()).schedule_source != "manual")
    workplace.console().err << "Kept. The last schedule that is known counts until you disconnect.\n";
  return showSettings(workplace, command);
}

std::string absenceLine(const ManualAbsence &absence) {
  std::string line = absence.id + "  " + kit::formatDate(absence.days.first);
  if (absence.days.last != absence.days.first) line += " to " + kit::formatDate(absence.days.last);
  line += "  " + std::string(kindName(absence.kind));
  if (absence.extent == Extent::first_half) line += ", first half";
  if (absence.extent == Extent::second_half) line += ", second half";
  if (!absence.note.empty()) line += "  " + absence.note;
  return line;
}

Outcome listAbsences(Workplace &workplace, const ParsedCommand &) {
  const auto stores = workplace.openStores();
  if (!stores) return Failure(stores.error());
  const auto lock = stores->settings.lockOn("absences");
  if (workplace.json()) {
    kit::JsonWriter writer;
    writer.beginObject().flag("applied", !lock.has_value()).name("absences").beginArray();
    for (const auto &absence : stores->settings.get().absences) writeManualAbsence(writer, absence);
    writer.endArray().endObject();
    workplace.print(writer.finish());
    return {};
  }
  std::ostringstream text;
  if (stores->settings.get().absences.empty()) text << "No absences recorded by hand.\n";
  for (const auto &absence : stores->settings.get().absences) text << absenceLine(absence) << "\n";
  if (lock) text << "Kept, but not applied while " << lock->provider << " is connected.\n";
  workplace.print(text.str());
  return {};
}

Result<ManualAbsence, Failure> absenceFrom(const ParsedCommand &command) {
  ManualAbsence absence;
  const auto type = kindFrom(command.value("--type").value_or(""));
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

Outcome addAbsence(Workplace &workplace, const ParsedCommand &command) {
  auto edit = editing(workplace, "absences");
  if (!edit) return std::move(edit).error();
  auto absence = absenceFrom(command);
  if (!absence) return std::move(absence).error();
  const auto added = edit->stores.settings.addAbsence(std::move(*absence));
  if (!added) return Failure(added.error());
  if (workplace.json()) {
    kit::JsonWriter writer;
    writeManualAbsence(writer, *added);
    workplace.print(writer.finish());
    return {};
  }
  workplace.print("Added " + absenceLine(*added));
  return {};
}

Outcome removeAbsence(Workplace &workplace, const ParsedCommand &command) {
  auto edit = editing(workplace, "absences");
  if (!edit) return std::move(edit).error();
  const std::string &id = command.positionals.front();
  if (auto removed = edit->stores.settings.removeAbsence(id); !removed)
    return Failure(std::move(removed).error());
  if (workplace.json()) {
    kit::JsonWriter writer;
    writer.beginObject().text("removed", id).endObject();
    workplace.print(writer.finish());
    return {};
  }
  workplace.print("Removed " + id + ".");
  return {};
}

}  // namespace

Result<Editing, Failure> editing(Workplace &workplace, const std::string &setting) {
  auto edit = workplace.edit();
  if (!edit) return Failure(std::move(edit).error());
  if (const auto held = edit->stores.settings.lockOn(setting)) return lockedFailure(*held);
  return std::move(*edit);
}

Outcome showSettings(Workplace &workplace, const ParsedCommand &) {
  const auto stores = workplace.openStores();
  if (!stores) return Failure(stores.error());
  const DayFacts facts = factsFrom(stores->settings.get(), stores->context.get());
  const ScheduledWeek *in_force = weekInForce(facts.schedule, workplace.today());
  const ScheduledWeek week = in_force == nullptr ? ScheduledWeek() : *in_force;
  const auto lock = stores->settings.lockOn("weekday_hours");
  if (workplace.json()) {
    kit::JsonWriter writer;
    writer.beginObject().name("weekday_minutes");
    writeWeek(writer, week.minutes);
    writer.text("weekday_minutes_source", facts.schedule_source).flag("is_estimate", week.is_estimate);
    writer.name("manual_weekday_minutes");
    writeWeek(writer, stores->settings.get().weekday_minutes);
    writer.name("rotation");
    if (const auto &rotation = stores->settings.get().rotation)
      writeRotation(writer, *rotation);
    else
      writer.null();
    writer.name("locks").beginArray();
    for (const auto &setting : {"weekday_hours", "absences"}) {
      if (const auto held = stores->settings.lockOn(setting)) {
        writer.beginObject()
            .text("setting", held->setting)
            .text("provider", held->provider)
            .text("reason", held->reason)
            .endObject();
      }
    }
    writer.endArray().endObject();
    workplace.print(writer.finish());
    return {};
  }
  std::ostringstream text;
  text << "Weekly hours  " << weekText(week.minutes) << (week.is_estimate ? "  (an estimate)" : "") << "\n";
  if (lock) text << "  " << lock->provider << ": " << lock->reason << "\n";
  if (facts.schedule_source != "manual") {
    text << "  By hand (back after disconnect)  " << weekText(stores->settings.get().weekday_minutes) << "\n";
  }
  if (const auto &rotation = stores->settings.get().rotation)
    text << rotationText(*rotation, week, facts.schedule_source != "manual");
  if (const auto held = stores->settings.lockOn("absences"))
    text << "Absences\n  " << held->provider << ": " << held->reason << "\n";
  workplace.print(text.str());
  return {};
}

std::vector<Command> settingsCommands() {
  return {
      {{"settings show", {}, {}, "weekly hours and who decides on them", ""}, showSettings},
      {{"settings set",
        {"weekday-hours", "HOURS"},
        {},
        "weekly hours by hand, Monday to Sunday",
        "For example: settings set weekday-hours \"8 8 7:30 8 4.25 0 0\""},
       setWeekdayHours},
      {{"absences list", {}, {}, "absences entered by hand", ""}, listAbsences},
      {{"absences add",
        {},
        {{"--type", "TYPE"},
         {"--from", "YYYY-MM-DD"},
         {"--to", "YYYY-MM-DD"},
         {"--half", "first|second"},
         {"--note", "TEXT"}},
        "enters an absence by hand",
        "TYPE is vacation, sick, public_holiday, personal or other. --half needs --from and --to to be one "
        "day.",
        {"--type", "--from", "--to"}},
       addAbsence},
      {{"absences remove", {"ID"}, {}, "removes an absence entered by hand", ""}, removeAbsence},
  };
}

}  // namespace roots::host
