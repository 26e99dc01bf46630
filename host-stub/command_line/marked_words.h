// Prepares arguments for CLI11. The library interprets some words differently ("++", "-5", "[a,b]",
// "plugins.list", and "--home=", for which it would use the next argument as the value), and its versions
// differ in that. A leading control character marks such words as plain ones; unmarked() removes it from
// the result. Pure.
#pragma once

#include "command_line/syntax.h"

#include <string>
#include <vector>

namespace roots::host {

// Removes "--" and marks the arguments after it as words. Converts "help" before a command to --help. Moves
// options of a command that precede it, each as one argument, behind it.
[[nodiscard]] std::vector<std::string> markedWords(const ProgramSyntax &program,
                                                   const std::vector<std::string> &arguments);

// The word as typed.
[[nodiscard]] std::string unmarked(const std::string &word);

// Whether it was typed like an option: with a leading dash, and not after "--".
[[nodiscard]] bool looksLikeOption(const std::string &word);

// "--home=x" -> "--home".
[[nodiscard]] std::string optionName(const std::string &word);

}  // namespace roots::host
