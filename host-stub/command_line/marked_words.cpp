#include "command_line/marked_words.h"

#include <algorithm>
#include <set>

namespace roots::host {
namespace {

constexpr char kWord = '\x01';    // a word, or the value after "="
constexpr char kDashed = '\x02';  // starts with a dash but cannot be one of the options

bool isLongOption(const std::string &argument) {
  if (argument.size() < 3 || !argument.starts_with("--")) return false;
  const std::string name = optionName(argument).substr(2);
  return !name.empty() && name.front() != '-' &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") ==
             std::string::npos;
}

bool isFlagForHelp(const std::string &argument) { return argument == "-h"; }

// Of any command or of the program: an option has the same kind under each of them.
bool takesNext(const ProgramSyntax &program, const std::string &argument) {
  const auto takes = [&](const CommandSyntax &syntax) {
    const OptionSyntax *option = findOption(syntax.options, argument);
    return option != nullptr && !option->value.empty();
  };
  return takes(program.self) || std::any_of(program.commands.begin(), program.commands.end(), takes);
}

std::set<std::string> wordsOfCommands(const ProgramSyntax &program) {
  std::set<std::string> words;
  for (const auto &command : program.commands) {
    words.insert(command.name.substr(0, command.name.find(' ')));
    words.insert(lastWord(command.name));
  }
  return words;
}

// The end of the command in the arguments, and which of its options precede it.
struct CommandPlace {
  std::vector<std::string> own_before;
  std::vector<std::string> with_command;  // the other arguments up to its last word
  std::size_t end = 0;                    // the index of the next argument
  bool found = false;
};

CommandPlace findCommandPlace(const ProgramSyntax &program, const std::vector<std::string> &arguments) {
  CommandPlace place;
  std::string group;
  bool helps = false;
  for (std::size_t index = 0; index < arguments.size(); ++index) {
    const std::string &argument = arguments[index];
    place.end = index;
    if (argument == "--") return place;
    const bool is_global =
        isFlagForHelp(argument) || findOption(program.self.options, optionName(argument)) != nullptr;
    if (is_global) {
      place.with_command.push_back(argument);
      const bool has_next = takesNext(program, argument) && index + 1 < arguments.size();
      if (has_next) place.with_command.push_back(arguments[++index]);
    } else if (isLongOption(argument)) {
      if (!group.empty()) return place;
      place.own_before.push_back(argument);
    } else if (argument == "help" && group.empty() && !helps && place.own_before.empty()) {
      helps = true;
      place.with_command.push_back(kHelpOption);
    } else {
      place.with_command.push_back(argument);
      const std::string name = group.empty() ? argument : group + " " + argument;
      place.end = index + 1;
      place.found = findCommand(program, name) != nullptr;
      if (place.found || !group.empty() || !isGroup(program, argument)) return place;
      group = argument;
    }
  }
  place.end = arguments.size();
  return place;
}

std::vector<std::string> inOrder(const ProgramSyntax &program, const std::vector<std::string> &arguments) {
  const CommandPlace place = findCommandPlace(program, arguments);
  const auto rest = arguments.begin() + static_cast<std::ptrdiff_t>(place.end);
  std::vector<std::string> ordered;
  const auto append = [&](const std::vector<std::string> &more) {
    ordered.insert(ordered.end(), more.begin(), more.end());
  };
  if (!place.found) append(place.own_before);
  append(place.with_command);
  if (place.found) append(place.own_before);
  ordered.insert(ordered.end(), rest, arguments.end());
  return ordered;
}

std::string marked(const std::string &argument, const std::set<std::string> &commands) {
  if (isFlagForHelp(argument) || commands.contains(argument)) return argument;
  if (isLongOption(argument)) {
    const std::size_t equals = argument.find('=');
    if (equals == std::string::npos) return argument;
    return argument.substr(0, equals + 1) + kWord + argument.substr(equals + 1);
  }
  const bool is_dashed = argument.size() > 1 && argument.starts_with('-');
  return (is_dashed ? kDashed : kWord) + argument;
}

}  // namespace

std::string optionName(const std::string &word) { return word.substr(0, word.find('=')); }

std::vector<std::string> markedWords(const ProgramSyntax &program,
                                     const std::vector<std::string> &arguments) {
  const auto commands = wordsOfCommands(program);
  std::vector<std::string> words;
  bool is_value = false;
  bool only_words = false;
  for (const auto &argument : inOrder(program, arguments)) {
    if (only_words) {
      words.push_back(argument.starts_with('-') ? kWord + argument : marked(argument, commands));
      continue;
    }
    if (!is_value && argument == "--") {
      only_words = true;
      continue;
    }
    is_value = !is_value && takesNext(program, argument);
    words.push_back(marked(argument, commands));
  }
  return words;
}

std::string unmarked(const std::string &word) {
  if (word.starts_with(kWord) || word.starts_with(kDashed)) return word.substr(1);
  const std::size_t equals = word.find('=');
  if (!word.starts_with("--") || equals == std::string::npos) return word;
  return word.substr(0, equals + 1) + word.substr(equals + 2);
}

bool looksLikeOption(const std::string &word) { return word.starts_with('-') || word.starts_with(kDashed); }

}  // namespace roots::host
