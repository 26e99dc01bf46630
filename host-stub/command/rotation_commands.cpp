// Weeks in rotation, entered by hand. A provider cannot lock them: a service with a single week does not
// know about rotation.
#include "command/commands.h"

namespace roots::host {
namespace {

CommandResult keep(CommandContext &context, const ParsedCommand &command, std::optional<Rotation> rotation) {
  auto access = openForWriting(context, "");
  if (!access) return std::move(access).error();
  auto kept = access->stores.settings.change(
      [&](HostSettings &settings) { settings.rotation = std::move(rotation); });
  if (!kept) return storageFailed(std::move(kept).error());
  return showSettings(context, command);
}

CommandResult setRotation(CommandContext &context, const ParsedCommand &command) {
  const auto given = command.options.find("--week");
  const std::size_t count = given == command.options.end() ? 0 : given->second.size();
  if (count < Rotation::kMinWeeks || count > Rotation::kMaxWeeks) {
    return wrongUse(
        "Specify --week 2 to 4 times, once for each alternating week, for example --week \"8 8 8 8 8 0 0\". "
        "You specified " +
        std::to_string(count) + ".");
  }
  const auto from = dateArgument("--from", command.value("--from").value_or(""));
  if (!from) return wrongUse(from.error().message);
  Rotation rotation{kit::addDays(*from, -kit::weekdayIndex(*from)), {}};
  for (const std::string &text : given->second) {
    const auto week = weekdayHoursArgument(text);
    if (!week) return wrongUse(week.error().message);
    rotation.weeks.push_back(*week);
  }
  return keep(context, command, std::move(rotation));
}

CommandResult endRotation(CommandContext &context, const ParsedCommand &command) {
  return keep(context, command, std::nullopt);
}

}  // namespace

std::vector<Command> rotationCommands() {
  return {
      {{"rotation set",
        {},
        {{"--from", "YYYY-MM-DD", "a day of the first week; earlier days keep the weekly schedule", {}, 1},
         {"--week", "HOURS", "a week's hours from Monday to Sunday; specify 2 to 4 times", {}, 2}},
        "sets 2 to 4 alternating weeks, by hand",
        "",
        {"rotation set --from 2026-01-05 --week \"8 8 8 8 8 0 0\" --week \"8 8 8 8 0 0 0\""}},
       setRotation},
      {{"rotation off", {}, {}, "returns to the provider's week, or the one entered by hand"}, endRotation}};
}

}  // namespace roots::host
