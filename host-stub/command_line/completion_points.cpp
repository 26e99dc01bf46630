#include "command_line/completion_points.h"

#include "command_line/completion.h"

#include <algorithm>

namespace roots::host {
namespace {

std::vector<CompletionEntry> entriesOf(const std::vector<std::string> &words) {
  std::vector<CompletionEntry> entries;
  for (const auto &word : words) entries.push_back({word, ""});
  return entries;
}

std::string namesInGroup(const ProgramSyntax &program, const std::string &group) {
  std::vector<std::string> names;
  for (const auto *command : commandsOfGroup(program, group)) names.push_back(lastWord(command->name));
  return joined(names, ", ");
}

CompletionPoint pointOf(const CommandSyntax &command) {
  CompletionPoint point{command.name, {}, command.options};
  for (const auto &argument : command.arguments) point.words.push_back(entriesOf(argument.choices));
  return point;
}

std::string caseBranch(const std::string &pattern, const std::string &action) {
  return action.empty() ? "" : "      (" + pattern + ") " + action + " ;;\n";
}

}  // namespace

std::vector<CompletionPoint> completionPoints(const ProgramSyntax &program) {
  CompletionPoint whole{"", {{}}, {}};
  std::vector<CompletionPoint> points;
  for (const auto &word : firstWords(program)) {
    if (const CommandSyntax *command = findCommand(program, word)) {
      whole.words.front().push_back({word, command->summary});
      points.push_back(pointOf(*command));
      continue;
    }
    whole.words.front().push_back({word, namesInGroup(program, word)});
    CompletionPoint group{word, {{}}, {}};
    for (const auto *member : commandsOfGroup(program, word)) {
      group.words.front().push_back({lastWord(member->name), member->summary});
      points.push_back(pointOf(*member));
    }
    points.push_back(std::move(group));
  }
  points.push_back(std::move(whole));
  return points;
}

std::vector<std::string> chainSteps(const ProgramSyntax &program) {
  std::vector<std::string> steps;
  for (const auto &word : firstWords(program)) {
    steps.push_back("/" + word);
    for (const auto *member : commandsOfGroup(program, word))
      steps.push_back(word + "/" + lastWord(member->name));
  }
  return steps;
}

std::vector<std::string> optionsWithValue(const ProgramSyntax &program) {
  std::vector<std::string> names;
  const auto add = [&](const std::vector<OptionSyntax> &options) {
    for (const auto &option : options) {
      const bool is_known = std::find(names.begin(), names.end(), option.name) != names.end();
      if (!option.value.empty() && !is_known) names.push_back(option.name);
    }
  };
  add(program.self.options);
  for (const auto &command : program.commands) add(command.options);
  return names;
}

std::string valueCases(const ProgramSyntax &program, const std::vector<CompletionPoint> &points,
                       const std::function<std::string(const OptionSyntax &)> &complete) {
  std::string cases;
  const auto add = [&](const std::string &chain, const std::vector<OptionSyntax> &options) {
    for (const auto &option : options)
      cases += caseBranch(chain + "' " + option.name + "'", complete(option));
  };
  add("*", program.self.options);
  for (const auto &point : points) add("'" + point.chain + "'", point.options);
  return cases;
}

std::string optionCases(const std::vector<CompletionPoint> &points,
                        const std::function<std::string(const std::vector<OptionSyntax> &)> &offer) {
  std::string cases;
  for (const auto &point : points)
    if (!point.options.empty()) cases += caseBranch("'" + point.chain + "'", offer(point.options));
  return cases;
}

std::string wordCases(const std::vector<CompletionPoint> &points,
                      const std::function<std::string(const std::vector<CompletionEntry> &)> &offer) {
  std::string cases;
  for (const auto &point : points) {
    for (std::size_t index = 0; index < point.words.size(); ++index) {
      const auto &entries = point.words[index];
      if (!entries.empty())
        cases += caseBranch("'" + point.chain + ":" + std::to_string(index) + "'", offer(entries));
    }
  }
  return cases;
}

bool isFolder(const OptionSyntax &option) { return option.value == "DIR"; }
bool isFile(const OptionSyntax &option) { return option.value == "FILE"; }

std::string joined(const std::vector<std::string> &words, const std::string &between) {
  std::string text;
  for (const auto &word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

std::string quotedForShell(const std::string &text) {
  std::string quoted = "'";
  for (const char character : text) quoted += character == '\'' ? "'\\''" : std::string(1, character);
  return quoted + "'";
}

std::string asIdentifier(const std::string &program_name) {
  std::string identifier = program_name;
  std::replace(identifier.begin(), identifier.end(), '-', '_');
  return identifier;
}

std::vector<std::string> completionShells() { return {"bash", "zsh", "fish"}; }

std::string completionScript(const ProgramSyntax &program, const std::string &shell) {
  if (shell == "bash") return bashCompletion(program);
  if (shell == "zsh") return zshCompletion(program);
  if (shell == "fish") return fishCompletion(program);
  return "";
}

}  // namespace roots::host
