// The command line, taken apart. Pure functions.
#pragma once

#include "day/model.h"

#include <roots/result.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace roots::host {

// What a command accepts, for parsing and for --help.
struct CommandSyntax {
  std::string name;                            // "plugins enable"
  std::vector<std::string> positionals;        // "ID"
  std::map<std::string, std::string> options;  // "--from" -> "YYYY-MM-DD"; a flag has "" as value
  std::string summary;                         // one line
  std::string details;                         // more, for --help of the command; may be empty
  std::vector<std::string> needed = {};        // the options without which it is not done, for its usage
};

struct GlobalOptions {
  std::string home;
  std::string plugins;
  std::optional<CivilDate> today;
  bool json = false;
  bool help = false;
  bool version = false;
};

struct ParsedCommand {
  GlobalOptions global;
  std::string name;   // "": none was given
  std::string group;  // with --help: a first word that several commands share
  std::vector<std::string> positionals;
  std::map<std::string, std::vector<std::string>> options;  // "--setting" -> values; a flag: {""}

  [[nodiscard]] bool has(const std::string &option) const { return options.contains(option); }
  [[nodiscard]] std::optional<std::string> value(const std::string &option) const;  // the last one given
};

// Global options may stand anywhere; "help" before a command is its --help. Status::invalid_setting: what is
// wrong and how it is right.
[[nodiscard]] Result<ParsedCommand> parseCommandLine(const std::vector<std::string> &arguments,
                                                     const std::vector<CommandSyntax> &commands);

[[nodiscard]] std::string usageOf(const CommandSyntax &command);
[[nodiscard]] std::string helpText(const std::vector<CommandSyntax> &commands);
// All commands of a group ("plugins"), each with its options.
[[nodiscard]] std::string helpText(const std::vector<CommandSyntax> &commands, const std::string &group);
[[nodiscard]] std::string helpText(const CommandSyntax &command);

// "2026-07-14" of an option. Status::invalid_setting otherwise.
[[nodiscard]] Result<CivilDate> dateArgument(const std::string &option, const std::string &value);
// The port of an option, 0 for any free one, and if it was not given. Status::invalid_setting otherwise.
[[nodiscard]] Result<std::uint16_t> portArgument(const ParsedCommand &command, const std::string &option);
// "8 8 7.5 8 4:15 0 0" -> minutes, Monday first.
[[nodiscard]] Result<std::array<int, 7>> weekdayHoursArgument(const std::string &value);

}  // namespace roots::host
