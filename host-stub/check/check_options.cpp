#include "check/check_options.h"

#include "check/check.h"
#include "command_line/option_values.h"
#include "command_line/parser.h"

#include <charconv>

namespace roots::check {

namespace {

Result<void> setDay(std::optional<kit::CivilDate> &day, const std::string &text) {
  day = kit::parseDate(text);
  if (day) return {};
  return host::commandLineError("A date must have the form YYYY-MM-DD, for example 2026-07-14.");
}

Result<void> setTimeLimit(std::chrono::seconds &limit, const std::string &text) {
  int seconds = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (problem != std::errc() || end != text.data() + text.size() || seconds < 1 || seconds > 600)
    return host::commandLineError("--time-limit takes 1 to 600 seconds.");
  limit = std::chrono::seconds(seconds);
  return {};
}

bool isKnownCheck(const std::string &name) {
  for (const auto &check : allChecks())
    if (check.name == name) return true;
  return false;
}

Result<void> setOption(CheckOptions &options, const std::string &option, const std::string &value) {
  if (option == "--setting") return addSetting(options.settings, value);
  if (option == "--from") return setDay(options.from, value);
  if (option == "--to") return setDay(options.to, value);
  if (option == "--time-limit") return setTimeLimit(options.time_limit, value);
  if (option == "--replies") options.replies = value;
  if (option != "--only") return {};
  if (!isKnownCheck(value))
    return host::commandLineError("There is no check \"" + value + "\". --list lists all checks.");
  options.only.push_back(value);
  return {};
}

}  // namespace

host::ProgramSyntax checkSyntax() {
  host::ProgramSyntax program;
  program.self.name = "roots-plugin-check";
  program.self.summary =
      "Checks whether the plugin in FOLDER conforms to the provider interface. Each check runs in a separate "
      "process.";
  program.self.arguments = {{"FOLDER", "the plugin's folder; not needed with --list", {}, false, true}};
  program.self.options = {
      {"--list", "", "lists all checks with what each verifies"},
      {"--only", "NAME", "runs only this check; repeatable"},
      {"--setting", "KEY=VALUE", "a setting to connect with, as in the plugin's manifest; repeatable"},
      {"--secrets-from-stdin", "", "reads secret settings as lines KEY=VALUE from standard input"},
      {"--replies", "FILE", "answers the plugin with recorded replies, see below"},
      {"--from", "YYYY-MM-DD", "the first day to fetch absences for (default: of this year)"},
      {"--to", "YYYY-MM-DD", "the last day to fetch absences for (default: of this year)"},
      {"--time-limit", "SECONDS", "time limit for each check, 1 to 600 (default: 120)"},
      {"--json", "", "prints one JSON document"},
      {"--in-process", "", "runs the checks in this process, for a debugger"},
  };
  for (auto &option : host::commonOptions()) program.self.options.push_back(std::move(option));
  program.self.details =
      "A plugin that needs a service is checked against the one that --setting names, or against recorded "
      "replies: {\"GET /path\": {\"status\": 200, \"body\": ...}}. Without either, checks of a connected "
      "provider are skipped. Checks of failures use servers of their own on 127.0.0.1.";
  program.ending = "Exit codes: 0 nothing failed, 1 something failed, 2 wrong use.";
  return program;
}

Result<CheckOptions> checkOptions(const std::vector<std::string> &arguments) {
  const auto line = host::parseArguments(checkSyntax(), arguments);
  if (!line) return line.error();
  CheckOptions options;
  options.list = line->has("--list");
  options.json = line->has("--json");
  options.help = line->has(host::kHelpOption);
  options.version = line->has(host::kVersionOption);
  options.in_process = line->has("--in-process");
  options.secrets_from_stdin = line->has("--secrets-from-stdin");
  for (const auto &[option, values] : line->options) {
    for (const auto &value : values)
      if (auto set = setOption(options, option, value); !set) return std::move(set).error();
  }
  if (!line->positionals.empty()) options.folder = line->positionals.front();
  if (options.folder.empty() && !options.list && !options.help && !options.version)
    return host::commandLineError("FOLDER is missing. Specify the plugin's folder; see --help.");
  if (options.from && options.to && *options.to < *options.from)
    return host::commandLineError("--to is before --from.");
  return options;
}

Result<void> addSetting(Settings &settings, const std::string &text) {
  const auto given = host::keyAndValue(text);
  if (!given) return host::commandLineError("A setting must have the form KEY=VALUE.");
  settings[given->first] = given->second;
  return {};
}

}  // namespace roots::check
