#include "command/commands.h"
#include "command/date_ranges.h"
#include "command/source_sync.h"
#include "command/view_context.h"

namespace roots::host {
namespace {

Result<CivilDays, Failure> readSyncDays(const ParsedCommand &command, CivilDays usual) {
  CivilDays days = usual;
  for (const auto &[option, day] : {std::pair("--from", &days.first), std::pair("--to", &days.last)}) {
    const auto value = command.value(option);
    if (!value) continue;
    const auto date = dateArgument(option, *value);
    if (!date) return wrongUse(date.error().message);
    *day = *date;
  }
  if (days.last < days.first) return wrongUse("--to is before --from. Specify both, in order.");
  if (kit::daysBetween(days.first, days.last) > kMaxDays)
    return wrongUse("At most ten years can be fetched at once. Choose a shorter range.");
  return days;
}

CommandResult syncCommand(CommandContext &context, const ParsedCommand &command) {
  const auto days = readSyncDays(command, monthsAround(context.today()));
  if (!days) return days.error();
  auto access = context.openForWriting();
  if (!access) return std::move(access).error();
  Stores &stores = access->stores;
  if (stores.settings.get().connections.empty() && !stores.settings.get().moco) {
    return Failure(HostStatus::not_connected,
                   "Nothing is connected. Connect first: connect ID, or moco connect --domain NAME.");
  }
  const auto problems = syncAll(context, stores, *days);
  if (!problems) return problems.error();
  if (!problems->empty()) {
    std::vector<std::string> lines = problemLines(viewsOf(*problems));
    Failure failure = problems->front().failure;
    failure.message = lines.front();
    failure.more.assign(lines.begin() + 1, lines.end());
    failure.problems = viewsOf(*problems);
    return failure;
  }
  if (context.json()) {
    context.printJson(syncedJson(*days));
  } else {
    context.print(syncedText(*days));
  }
  return {};
}

}  // namespace

std::vector<Command> syncCommands() {
  return {
      {{"sync",
        {},
        {{"--from", "YYYY-MM-DD", "the first day to fetch"}, {"--to", "YYYY-MM-DD", "the last day to fetch"}},
        "fetches the data again (by default last, this, and next month)",
        "A part that cannot be fetched keeps its last data. The exit code is that of the first failure."},
       syncCommand},
  };
}

}  // namespace roots::host
