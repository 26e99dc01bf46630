#include "command_line/syntax.h"

#include <algorithm>

namespace roots::host {

std::vector<OptionSyntax> commonOptions() {
  return {{kHelpOption, "", "prints this help"}, {kVersionOption, "", "prints the version"}};
}

const OptionSyntax *findOption(const std::vector<OptionSyntax> &options, const std::string &name) {
  const auto found = std::find_if(options.begin(), options.end(),
                                  [&](const OptionSyntax &option) { return option.name == name; });
  return found == options.end() ? nullptr : &*found;
}

const CommandSyntax *findCommand(const ProgramSyntax &program, const std::string &name) {
  const auto found = std::find_if(program.commands.begin(), program.commands.end(),
                                  [&](const CommandSyntax &command) { return command.name == name; });
  return found == program.commands.end() ? nullptr : &*found;
}

bool isGroup(const ProgramSyntax &program, const std::string &word) {
  return std::any_of(program.commands.begin(), program.commands.end(),
                     [&](const CommandSyntax &command) { return command.name.starts_with(word + " "); });
}

std::vector<std::string> firstWords(const ProgramSyntax &program) {
  std::vector<std::string> words;
  for (const auto &command : program.commands) {
    const std::string word = command.name.substr(0, command.name.find(' '));
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
  }
  return words;
}

std::vector<const CommandSyntax *> commandsOfGroup(const ProgramSyntax &program, const std::string &group) {
  std::vector<const CommandSyntax *> commands;
  for (const auto &command : program.commands)
    if (command.name.starts_with(group + " ")) commands.push_back(&command);
  return commands;
}

std::string lastWord(const std::string &command_name) {
  return command_name.substr(command_name.find(' ') + 1);
}

}  // namespace roots::host
