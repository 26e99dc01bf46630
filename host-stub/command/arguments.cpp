#include "command/arguments.h"

#include "command_line/parser.h"

#include <charconv>
#include <sstream>

namespace roots::host {
namespace {

std::optional<int> hoursToMinutes(const std::string &text) {
  if (text.starts_with('-')) return std::nullopt;  // also "-0:30", whose hours alone are not negative
  int hours = 0;
  const char *end_of_text = text.data() + text.size();
  const auto [after_hours, problem] = std::from_chars(text.data(), end_of_text, hours);
  if (problem != std::errc() || hours < 0 || hours > 24) return std::nullopt;
  if (after_hours == end_of_text) return hours * 60;
  const std::string_view rest(after_hours + 1, static_cast<std::size_t>(end_of_text - after_hours - 1));
  if (rest.empty() || rest.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  int minutes = 0;
  if (*after_hours == ':' && rest.size() == 2) {
    minutes = (rest[0] - '0') * 10 + (rest[1] - '0');
    if (minutes > 59) return std::nullopt;
  } else if ((*after_hours == '.' || *after_hours == ',') && rest.size() <= 2) {
    const int hundredths = rest.size() == 1 ? (rest[0] - '0') * 10 : (rest[0] - '0') * 10 + (rest[1] - '0');
    if (hundredths * 60 % 100 != 0) return std::nullopt;  // not a whole number of minutes
    minutes = hundredths * 60 / 100;
  } else {
    return std::nullopt;
  }
  const int total = hours * 60 + minutes;
  return total <= 1440 ? std::optional(total) : std::nullopt;
}

}  // namespace

ProgramSyntax hostProgram(std::vector<CommandSyntax> commands) {
  ProgramSyntax program;
  program.self.name = "roots-host-stub";
  program.self.summary = "Shows target hours, booked time, and absences from provider plugins and Moco.";
  program.self.options = {
      {"--home", "DIR", "one folder for settings and fetched data (by default, your XDG folders)"},
      {"--plugins", "DIR", "where plugins are searched for (the folder \"plugins\" of the installation)"},
      {"--today", "YYYY-MM-DD", "the date to use as today"},
      {"--json", "", "prints one JSON document instead of text"},
  };
  for (auto &option : commonOptions()) program.self.options.push_back(std::move(option));
  program.commands = std::move(commands);
  program.ending =
      "roots-host-stub COMMAND --help, or roots-host-stub help COMMAND, describes a command and its "
      "options.\n"
      "Exit codes: 0 success, 2 incorrect usage, 3 refused because locked, 4 sign-in failed or permission "
      "missing, 5 not found, 6 try later, 1 any other error.";
  return program;
}

Result<ParsedCommand> parseCommandLine(const std::vector<std::string> &arguments,
                                       const ProgramSyntax &program) {
  auto line = parseArguments(program, arguments);
  if (!line) return std::move(line).error();
  ParsedCommand parsed{std::move(*line), {}};
  GlobalOptions &global = parsed.global;
  global.home = parsed.value("--home").value_or("");
  global.plugins = parsed.value("--plugins").value_or("");
  global.json = parsed.has("--json");
  global.help = parsed.has(kHelpOption);
  global.version = parsed.has(kVersionOption);
  for (const auto &value : parsed.options["--today"]) {
    const auto date = dateArgument("--today", value);
    if (!date) return date.error();
    global.today = *date;
  }
  return parsed;
}

Result<std::array<int, 7>> weekdayHoursArgument(const std::string &value) {
  std::istringstream stream(value);
  std::array<int, 7> minutes{};
  std::size_t count = 0;
  for (std::string word; stream >> word; ++count) {
    const auto day = hoursToMinutes(word);
    if (!day || count >= minutes.size()) break;
    minutes[count] = *day;
    if (count == 6) {
      std::string more;
      if (!(stream >> more)) return minutes;
    }
  }
  return commandLineError(
      "Weekly hours are seven numbers from Monday to Sunday, each 0 to 24, e.g. \"8 8 7:30 8 4.25 0 0\".");
}

}  // namespace roots::host
