#include "command_line/help.h"

#include <algorithm>
#include <sstream>

namespace roots::host {
namespace {

constexpr std::size_t kWidth = 100;

// Fills lines with words; continuation lines are indented by this many spaces. Line breaks in the text are
// kept.
std::string wrapped(const std::string &text, std::size_t indent) {
  std::string result;
  std::istringstream paragraphs(text);
  for (std::string paragraph; std::getline(paragraphs, paragraph);) {
    std::istringstream words(paragraph);
    std::string line;
    for (std::string word; words >> word;) {
      if (!line.empty() && line.size() + 1 + word.size() > kWidth) {
        result += line + "\n";
        line = std::string(indent, ' ') + word;
      } else {
        line += (line.empty() ? "" : " ") + word;
      }
    }
    result += line + "\n";
  }
  return result;
}

std::string optionText(const OptionSyntax &option) {
  return option.name + (option.value.empty() ? "" : " " + option.value);
}

// The parts of a usage line that must not be split.
std::vector<std::string> usageParts(const CommandSyntax &command) {
  std::vector<std::string> parts;
  for (const auto &argument : command.arguments)
    parts.push_back(argument.optional ? "[" + argument.name + "]" : argument.name);
  for (const auto &option : command.options)
    for (std::size_t count = 0; count < option.required; ++count) parts.push_back(optionText(option));
  for (const auto &option : command.options)
    if (option.required == 0) parts.push_back("[" + optionText(option) + "]");
  return parts;
}

std::string commandLineOf(const ProgramSyntax &program, const CommandSyntax &command) {
  return &command == &program.self ? command.name : program.self.name + " " + command.name;
}

std::string wrappedUsage(const ProgramSyntax &program, const CommandSyntax &command) {
  std::string text;
  std::string line = "Usage: " + commandLineOf(program, command);
  for (const auto &part : usageParts(command)) {
    if (line.size() + 1 + part.size() > kWidth) {
      text += line + "\n";
      line = std::string(6, ' ');
    }
    line += " " + part;
  }
  return text + line + "\n";
}

// One row of a list.
std::string asSentence(std::string summary) {
  if (summary.empty() || summary.ends_with('.')) return summary;
  if (summary.front() >= 'a' && summary.front() <= 'z')
    summary.front() = static_cast<char>(summary.front() - 'a' + 'A');
  return summary + ".";
}

struct Row {
  std::string left;
  std::string help;
};

std::string table(const std::string &heading, const std::vector<Row> &rows) {
  if (rows.empty()) return "";
  std::size_t widest = 0;
  for (const auto &row : rows) widest = std::max(widest, row.left.size());
  std::string text = "\n" + heading + "\n";
  for (const auto &row : rows)
    text += "  " + row.left + std::string(widest + 2 - row.left.size(), ' ') + row.help + "\n";
  return text;
}

std::vector<Row> optionRows(const std::vector<OptionSyntax> &options) {
  std::vector<Row> rows;
  for (const auto &option : options)
    rows.push_back({(option.name == kHelpOption ? "-h, " : "") + optionText(option), option.help});
  return rows;
}

std::vector<Row> argumentRows(const CommandSyntax &command) {
  std::vector<Row> rows;
  for (const auto &argument : command.arguments) rows.push_back({argument.name, argument.help});
  return rows;
}

}  // namespace

std::string usageOf(const ProgramSyntax &program, const CommandSyntax &command) {
  std::string usage = commandLineOf(program, command);
  for (const auto &part : usageParts(command)) usage += " " + part;
  return usage;
}

std::string helpText(const ProgramSyntax &program) {
  std::vector<Row> commands;
  for (const auto &command : program.commands) {
    std::string left = command.name;
    for (const auto &argument : command.arguments) left += " " + argument.name;
    commands.push_back({left, command.summary});
  }
  std::string text = "Usage: " + program.self.name + " [OPTION]... COMMAND\n";
  if (!program.self.summary.empty()) text += "\n" + wrapped(program.self.summary, 0);
  text += table("Commands:", commands) + table("Options:", optionRows(program.self.options));
  return text + (program.ending.empty() ? "" : "\n" + wrapped(program.ending, 0));
}

std::string helpText(const ProgramSyntax &program, const std::string &group) {
  std::string text;
  for (const auto *command : commandsOfGroup(program, group))
    text += (text.empty() ? "" : "\n") + wrappedUsage(program, *command) + "    " + command->summary + "\n";
  return text;
}

std::string helpText(const ProgramSyntax &program, const CommandSyntax &command) {
  const bool is_program = &command == &program.self;
  std::string text = wrappedUsage(program, command) + "\n" + wrapped(asSentence(command.summary), 0);
  if (!command.details.empty()) text += wrapped(command.details, 0);
  text += table("Arguments:", argumentRows(command)) + table("Options:", optionRows(command.options));
  if (!is_program) text += table("Options of every command:", optionRows(program.self.options));
  if (!command.examples.empty()) text += "\nExamples:\n";
  for (const auto &example : command.examples) {
    const bool is_other_program = example.starts_with(kOtherProgram);
    text += "  " +
            (is_other_program ? example.substr(kOtherProgram.size()) : program.self.name + " " + example) +
            "\n";
  }
  return text + (is_program && !program.ending.empty() ? "\n" + wrapped(program.ending, 0) : "");
}

std::string helpFor(const ProgramSyntax &program, const CommandLine &line) {
  if (!line.group.empty()) return helpText(program, line.group);
  if (const CommandSyntax *command = findCommand(program, line.name)) return helpText(program, *command);
  return program.commands.empty() ? helpText(program, program.self) : helpText(program);
}

}  // namespace roots::host
