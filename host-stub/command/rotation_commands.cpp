// Weeks in rotation, entered by hand. No provider can lock them: a service that knows one week only does
// not know them.
#include "command/commands.h"

namespace roots::host {
namespace {

Outcome keep(Workplace &workplace, const ParsedCommand &command, std::optional<Rotation> rotation) {
  auto edit = editing(workplace, "");
  if (!edit) return std::move(edit).error();
  auto kept =
      edit->stores.settings.change([&](HostSettings &settings) { settings.rotation = std::move(rotation); });
  if (!kept) return Failure(std::move(kept).error());
  return showSettings(workplace, command);
}

Outcome setRotation(Workplace &workplace, const ParsedCommand &command) {
  const auto given = command.options.find("--week");
  const std::size_t count = given == command.options.end() ? 0 : given->second.size();
  if (count < Rotation::kFewestWeeks || count > Rotation::kMostWeeks) {
    return wrongUse("A rotation has 2 to 4 weeks, each a --week \"8 8 8 8 8 0 0\" of its own; " +
                    std::to_string(count) + (count == 1 ? " was given." : " were given."));
  }
  const auto from = dateArgument("--from", command.value("--from").value_or(""));
  if (!from) return wrongUse(from.error().message);
  Rotation rotation{kit::addDays(*from, -kit::weekdayIndex(*from)), {}};
  for (const std::string &text : given->second) {
    const auto week = weekdayHoursArgument(text);
    if (!week) return wrongUse(week.error().message);
    rotation.weeks.push_back(*week);
  }
  return keep(workplace, command, std::move(rotation));
}

Outcome endRotation(Workplace &workplace, const ParsedCommand &command) {
  return keep(workplace, command, std::nullopt);
}

}  // namespace

std::vector<Command> rotationCommands() {
  return {
      {{"rotation set",
        {},
        {{"--from", "YYYY-MM-DD"}, {"--week", "HOURS"}},
        "2 to 4 weeks that follow one another, by hand",
        "For example: rotation set --from 2026-01-05 --week \"8 8 8 8 8 0 0\" --week \"8 8 8 8 0 0 0\"\n"
        "The first week is the one that holds the day of --from. Earlier days keep the plain schedule.",
        {"--from", "--week", "--week"}},
       setRotation},
      {{"rotation off", {}, {}, "back to the one week of the provider, or that by hand", ""}, endRotation}};
}

}  // namespace roots::host
