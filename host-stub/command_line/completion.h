// Scripts for completing commands, options, and their values in a shell. Pure.
#pragma once

#include "command_line/syntax.h"

#include <string>
#include <vector>

namespace roots::host {

// "bash", "zsh", "fish".
[[nodiscard]] std::vector<std::string> completionShells();

// "": an unsupported shell.
[[nodiscard]] std::string completionScript(const ProgramSyntax &program, const std::string &shell);

[[nodiscard]] std::string bashCompletion(const ProgramSyntax &program);
[[nodiscard]] std::string zshCompletion(const ProgramSyntax &program);
[[nodiscard]] std::string fishCompletion(const ProgramSyntax &program);

}  // namespace roots::host
