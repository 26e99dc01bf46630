// Parses a command line with CLI11. parser.cpp is the only file that includes that library.
#pragma once

#include "command_line/syntax.h"

#include <roots/result.hpp>

#include <string>

namespace roots::host {

// Options of the program can have any position. Options of a command can precede it only as one argument ("
// --option=value"). Values are never empty; the caller checks them further. Status::invalid_setting states
// what is wrong and what to do. Never throws, and reads only the arguments: no configuration file, no
// environment.
[[nodiscard]] Result<CommandLine> parseArguments(const ProgramSyntax &program,
                                                 const std::vector<std::string> &arguments);

// The command line is wrong: states what, and what to do.
[[nodiscard]] Error commandLineError(std::string message);

}  // namespace roots::host
