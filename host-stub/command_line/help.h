// The help of a program and of its commands, in lines of at most 100 columns. Pure.
#pragma once

#include "command_line/syntax.h"

#include <string>

namespace roots::host {

// "roots-host-stub plugins enable ID [--in-process] [--isolated]", on one line.
[[nodiscard]] std::string usageOf(const ProgramSyntax &program, const CommandSyntax &command);

[[nodiscard]] std::string helpText(const ProgramSyntax &program);
// All commands of a group ("plugins"), each with its options.
[[nodiscard]] std::string helpText(const ProgramSyntax &program, const std::string &group);
[[nodiscard]] std::string helpText(const ProgramSyntax &program, const CommandSyntax &command);

// The help that the command line requests.
[[nodiscard]] std::string helpFor(const ProgramSyntax &program, const CommandLine &line);

}  // namespace roots::host
