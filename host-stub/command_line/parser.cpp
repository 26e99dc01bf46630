#include "command_line/parser.h"

#include "command_line/help.h"
#include "command_line/marked_words.h"
#include "command_line/suggestion.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace roots::host {
namespace {

// The program, a group of commands, or a command, with CLI11's result for it.
struct Level {
  std::string name;
  CLI::App *app = nullptr;
  const CommandSyntax *own = nullptr;  // nullptr: a group
};

class Parser {
 public:
  Parser(const ProgramSyntax &program, std::vector<std::string> words);

  [[nodiscard]] Result<CommandLine> read();

 private:
  void prepare(CLI::App &app, const CommandSyntax *own);
  static void add(CLI::App &app, const std::vector<OptionSyntax> &options);
  void findLevels();

  [[nodiscard]] Result<void> refuseUnknownOptions() const;
  [[nodiscard]] Error unknownOption(const Level &level, const std::string &word) const;
  [[nodiscard]] Result<void> takeOptions(const Level &level, const std::vector<OptionSyntax> &options);
  [[nodiscard]] Result<void> takeCommand();
  [[nodiscard]] Result<void> takeArguments(const CommandSyntax &command, CLI::App &app);
  [[nodiscard]] Error unknownCommand(const std::string &word) const;
  [[nodiscard]] Error unknownMember(const std::string &group, const std::string &word) const;
  [[nodiscard]] Error withoutValue(const std::string &option) const;

  const ProgramSyntax &program_;
  std::vector<std::string> words_;
  CLI::App app_;
  std::vector<Level> levels_;
  CommandLine line_;
};

// Building CLI11's objects for a command takes most of the time, so only commands whose words occur get
// them.
Parser::Parser(const ProgramSyntax &program, std::vector<std::string> words)
    : program_(program), words_(std::move(words)) {
  const auto occurs = [&](const std::string &word) {
    return std::find(words_.begin(), words_.end(), word) != words_.end();
  };
  prepare(app_, &program.self);
  for (const auto &word : firstWords(program)) {
    if (!occurs(word)) continue;
    CLI::App *child = app_.add_subcommand(word);
    prepare(*child, findCommand(program, word));
    for (const auto *member : commandsOfGroup(program, word)) {
      const std::string name = lastWord(member->name);
      if (occurs(name)) prepare(*child->add_subcommand(name), member);
    }
  }
}

std::string withoutDashes(const std::string &option) {
  return option.substr(std::min(option.find_first_not_of('-'), option.size()));
}

std::string argumentName(std::size_t index) { return "argument" + std::to_string(index); }

void Parser::add(CLI::App &app, const std::vector<OptionSyntax> &options) {
  for (const auto &option : options) {
    const std::string names = option.name == kHelpOption ? "-h," + option.name : option.name;
    CLI::Option *added =
        option.value.empty() ? app.add_flag(names) : app.add_option(names, CLI::callback_t());
    added->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  }
}

// CLI11 only collects unknown arguments; this parser reports them in its own words.
void Parser::prepare(CLI::App &app, const CommandSyntax *own) {
  app.set_help_flag();
  app.allow_extras();
  app.require_subcommand(0, 1);
  add(app, program_.self.options);
  if (own == nullptr) return;
  if (own != &program_.self) add(app, own->options);
  for (std::size_t index = 0; index < own->arguments.size(); ++index)
    app.add_option(argumentName(index), CLI::callback_t());
}

void Parser::findLevels() {
  levels_.push_back({program_.self.name, &app_, &program_.self});
  std::string name;
  for (CLI::App *app = &app_; !app->get_subcommands().empty();) {
    app = app->get_subcommands().front();
    name += (name.empty() ? "" : " ") + app->get_name();
    levels_.push_back({name, app, findCommand(program_, name)});
  }
}

Error Parser::withoutValue(const std::string &option) const {
  const OptionSyntax *syntax = findOption(program_.self.options, option);
  for (const auto &command : program_.commands)
    if (syntax == nullptr) syntax = findOption(command.options, option);
  if (syntax == nullptr) return commandLineError(option + " needs a value.");
  return commandLineError(option + " needs a value: " + option + " " + syntax->value + ".");
}

Error Parser::unknownOption(const Level &level, const std::string &word) const {
  const std::string option = optionName(unmarked(word));
  // Without the dashes, which all options share.
  std::vector<std::string> known;
  const auto add = [&](const std::vector<OptionSyntax> &options) {
    for (const auto &each : options) known.push_back(withoutDashes(each.name));
  };
  add(program_.self.options);
  if (level.own != nullptr) add(level.own->options);
  const std::string what = level.name + " has no option " + option;
  const std::string meant = closestTo(withoutDashes(option), known);
  if (!meant.empty()) return commandLineError(what + "; did you mean --" + meant + "?");
  const std::string command = level.app == &app_ ? level.name : program_.self.name + " " + level.name;
  return commandLineError(what + ". " + command + " --help lists its options.");
}

Result<void> Parser::refuseUnknownOptions() const {
  for (const auto &level : levels_) {
    for (const auto &word : level.app->remaining())
      if (looksLikeOption(word)) return unknownOption(level, word);
    if (level.own == nullptr) continue;
    for (std::size_t index = 0; index < level.own->arguments.size(); ++index) {
      for (const auto &word : level.app->get_option(argumentName(index))->results()) {
        const bool may_be =
            level.own->arguments[index].may_begin_with_dash && !unmarked(word).starts_with("--");
        if (looksLikeOption(word) && !may_be) return unknownOption(level, word);
      }
    }
  }
  return {};
}

Result<void> Parser::takeOptions(const Level &level, const std::vector<OptionSyntax> &options) {
  for (const auto &option : options) {
    for (const auto &word : level.app->get_option(option.name)->results()) {
      if (option.value.empty()) {
        if (word != "true") return commandLineError(option.name + " takes no value.");
        line_.options[option.name].emplace_back();
        continue;
      }
      std::string value = unmarked(word);
      // An empty value comes from an unset variable of a script; it does not mean the default.
      if (value.empty()) return withoutValue(option.name);
      line_.options[option.name].push_back(std::move(value));
    }
  }
  return {};
}

Error Parser::unknownCommand(const std::string &word) const {
  const std::string what = "There is no command \"" + word + "\"";
  const std::string meant = closestTo(word, firstWords(program_));
  if (!meant.empty()) return commandLineError(what + "; did you mean \"" + meant + "\"?");
  return commandLineError(what + ". " + program_.self.name + " --help lists all commands.");
}

Error Parser::unknownMember(const std::string &group, const std::string &word) const {
  std::string known;
  std::vector<std::string> names;
  for (const auto *command : commandsOfGroup(program_, group)) {
    known += (known.empty() ? "" : ", ") + command->name;
    names.push_back(lastWord(command->name));
  }
  if (word.empty()) return commandLineError("\"" + group + "\" needs a subcommand: " + known + ".");
  const std::string what = "There is no command \"" + group + " " + word + "\"";
  const std::string meant = closestTo(word, names);
  if (!meant.empty()) return commandLineError(what + "; did you mean \"" + group + " " + meant + "\"?");
  return commandLineError(what + ". There are: " + known + ".");
}

Result<void> Parser::takeArguments(const CommandSyntax &command, CLI::App &app) {
  const std::string usage = " Usage: " + usageOf(program_, command);
  for (std::size_t index = 0; index < command.arguments.size(); ++index) {
    for (const auto &word : app.get_option(argumentName(index))->results())
      line_.positionals.push_back(unmarked(word));
  }
  if (line_.has(kHelpOption)) return {};
  const auto more = app.remaining();
  const std::size_t given = line_.positionals.size();
  // The argument may be a misplaced secret, so it is not repeated.
  if (!more.empty()) {
    return commandLineError("Too many arguments: " + std::to_string(given + more.size()) + " instead of " +
                            std::to_string(given) + "." + usage);
  }
  const bool is_missing = given < command.arguments.size() && !command.arguments[given].optional;
  if (is_missing) return commandLineError(command.arguments[given].name + " is missing." + usage);
  return {};
}

Result<void> Parser::takeCommand() {
  const Level &last = levels_.back();
  if (program_.commands.empty()) return takeArguments(program_.self, app_);
  const auto extra = app_.remaining();
  if (!extra.empty()) return unknownCommand(unmarked(extra.front()));
  if (last.own == &program_.self) return {};
  // A foreign word between a group and its command may change the meaning: nothing runs.
  for (const auto &level : levels_) {
    if (level.own != nullptr) continue;
    const auto foreign = level.app->remaining();
    if (!foreign.empty()) return unknownMember(level.name, unmarked(foreign.front()));
  }
  if (last.own != nullptr) {
    line_.name = last.name;
    return takeArguments(*last.own, *last.app);
  }
  if (!line_.has(kHelpOption)) return unknownMember(last.name, "");
  line_.group = last.name;
  return {};
}

Result<CommandLine> Parser::read() {
  const std::string last = words_.empty() ? "" : words_.back();
  std::vector<std::string> words(words_.rbegin(), words_.rend());  // in the order that CLI11 requires
  try {
    app_.parse(words);
  } catch (const CLI::ArgumentMismatch &) {
    return withoutValue(unmarked(last));  // elsewhere, the next argument is the value
  }
  findLevels();
  if (auto known = refuseUnknownOptions(); !known) return std::move(known).error();
  for (const auto &level : levels_) {
    if (auto taken = takeOptions(level, program_.self.options); !taken) return std::move(taken).error();
    if (level.own == nullptr || level.own == &program_.self) continue;
    if (auto taken = takeOptions(level, level.own->options); !taken) return std::move(taken).error();
  }
  if (line_.has(kVersionOption)) return line_;
  if (auto taken = takeCommand(); !taken) return std::move(taken).error();
  return line_;
}

}  // namespace

Error commandLineError(std::string message) { return makeError(Status::invalid_setting, std::move(message)); }

Result<CommandLine> parseArguments(const ProgramSyntax &program, const std::vector<std::string> &arguments) {
  try {
    return Parser(program, markedWords(program, arguments)).read();
  } catch (const CLI::Error &problem) {
    return makeError(Status::internal, std::string("The command line cannot be read: ") + problem.what());
  }
}

}  // namespace roots::host
