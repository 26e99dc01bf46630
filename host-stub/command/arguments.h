// The command line of this program, and parsing the values of options and arguments. Pure functions.
#pragma once

#include "command_line/option_values.h"
#include "command_line/syntax.h"
#include "day/model.h"

#include <roots/result.hpp>

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace roots::host {

struct GlobalOptions {
  std::string home;
  std::string plugins;
  std::optional<CivilDate> today;
  bool json = false;
  bool help = false;
  bool version = false;
};

struct ParsedCommand : CommandLine {
  GlobalOptions global;
};

// The syntax of this program with these commands.
[[nodiscard]] ProgramSyntax hostProgram(std::vector<CommandSyntax> commands);

// Status::invalid_setting: what is wrong and how to fix it.
[[nodiscard]] Result<ParsedCommand> parseCommandLine(const std::vector<std::string> &arguments,
                                                     const ProgramSyntax &program);

// "8 8 7.5 8 4:15 0 0" -> minutes, Monday first.
[[nodiscard]] Result<std::array<int, 7>> weekdayHoursArgument(const std::string &value);

}  // namespace roots::host
