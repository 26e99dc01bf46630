// The words that can be typed at each position of a command line, for the scripts of all shells. Pure.
#pragma once

#include "command_line/syntax.h"

#include <functional>
#include <string>
#include <vector>

namespace roots::host {

struct CompletionEntry {
  std::string word;
  std::string help;
};

// A position after a chain of command words: "" (the program), "plugins", "plugins enable".
struct CompletionPoint {
  std::string chain;
  std::vector<std::vector<CompletionEntry>> words;  // by the number of words after the chain
  std::vector<OptionSyntax> options;                // of this command
};

[[nodiscard]] std::vector<CompletionPoint> completionPoints(const ProgramSyntax &program);

// "/plugins", "plugins/enable": a chain and the word that extends it.
[[nodiscard]] std::vector<std::string> chainSteps(const ProgramSyntax &program);

// Each option with a value once, of the program and of all commands.
[[nodiscard]] std::vector<std::string> optionsWithValue(const ProgramSyntax &program);

// Branches of the "case" command of bash and zsh. Each parameter returns what a branch does; "": no branch.
// By "CHAIN OPTION", for the value of an option.
[[nodiscard]] std::string valueCases(const ProgramSyntax &program, const std::vector<CompletionPoint> &points,
                                     const std::function<std::string(const OptionSyntax &)> &complete);
// By "CHAIN".
[[nodiscard]] std::string optionCases(
    const std::vector<CompletionPoint> &points,
    const std::function<std::string(const std::vector<OptionSyntax> &)> &offer);
// By "CHAIN:POSITION".
[[nodiscard]] std::string wordCases(
    const std::vector<CompletionPoint> &points,
    const std::function<std::string(const std::vector<CompletionEntry> &)> &offer);

[[nodiscard]] bool isFolder(const OptionSyntax &option);
[[nodiscard]] bool isFile(const OptionSyntax &option);

[[nodiscard]] std::string joined(const std::vector<std::string> &words, const std::string &between);
// In single quotes that all three shells support: 'it'\''s'.
[[nodiscard]] std::string quotedForShell(const std::string &text);
// "roots-host-stub" -> "roots_host_stub".
[[nodiscard]] std::string asIdentifier(const std::string &program_name);

}  // namespace roots::host
