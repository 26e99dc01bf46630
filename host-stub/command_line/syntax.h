// The options and arguments of a program and its commands, and a parsed command line, as plain values.
// Help, completion, and the parser use the same description.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roots::host {

struct OptionSyntax {
  std::string name;                       // "--from"
  std::string value;                      // "YYYY-MM-DD"; "": a flag
  std::string help;                       // one line
  std::vector<std::string> choices = {};  // the permitted values, if they can be listed
  std::size_t required = 0;  // the minimum number of occurrences, for the usage; the command checks it
};

struct ArgumentSyntax {
  std::string name;  // "ID"
  std::string help;  // one line
  std::vector<std::string> choices = {};
  bool may_begin_with_dash = false;  // one dash; an argument with two is an option, except after "--"
  bool optional = false;
};

struct CommandSyntax {
  std::string name;  // "plugins enable"
  std::vector<ArgumentSyntax> arguments;
  std::vector<OptionSyntax> options;
  std::string summary;                     // one line
  std::string details = {};                // paragraphs, for the command's own help
  std::vector<std::string> examples = {};  // without the program's name, or with kOtherProgram
};

// Begins an example that runs another program.
inline constexpr std::string_view kOtherProgram = "$ ";

// A program with commands, or one that is a single command.
struct ProgramSyntax {
  CommandSyntax self;  // its name, and the options that can have any position
  std::vector<CommandSyntax> commands = {};
  std::string ending = {};  // the last paragraph of its help
};

struct CommandLine {
  std::string name;   // of the command; "": none
  std::string group;  // with --help: a first word that several commands share
  std::vector<std::string> positionals;
  std::map<std::string, std::vector<std::string>> options;  // "--setting" -> values; a flag: {""}

  [[nodiscard]] bool has(const std::string &option) const { return options.contains(option); }
  // The last value.
  [[nodiscard]] std::optional<std::string> value(const std::string &option) const {
    const auto found = options.find(option);
    if (found == options.end() || found->second.empty()) return std::nullopt;
    return found->second.back();
  }
};

inline const std::string kHelpOption = "--help";  // also as -h
inline const std::string kVersionOption = "--version";

// --help and --version, which every program has.
[[nodiscard]] std::vector<OptionSyntax> commonOptions();

[[nodiscard]] const OptionSyntax *findOption(const std::vector<OptionSyntax> &options,
                                             const std::string &name);
[[nodiscard]] const CommandSyntax *findCommand(const ProgramSyntax &program, const std::string &name);
// Whether several commands start with this word.
[[nodiscard]] bool isGroup(const ProgramSyntax &program, const std::string &word);
// Each first word once, in order.
[[nodiscard]] std::vector<std::string> firstWords(const ProgramSyntax &program);
[[nodiscard]] std::vector<const CommandSyntax *> commandsOfGroup(const ProgramSyntax &program,
                                                                 const std::string &group);
// "plugins enable" -> "enable", "sync" -> "sync".
[[nodiscard]] std::string lastWord(const std::string &command_name);

}  // namespace roots::host
