#include "command/arguments.h"

#include <algorithm>
#include <charconv>
#include <sstream>

namespace roots::host {
namespace {

Error wrongUse(std::string message) { return Error{Status::invalid_setting, std::move(message), "", 0, {}}; }

const CommandSyntax *find(const std::vector<CommandSyntax> &commands, const std::string &name) {
  const auto found = std::find_if(commands.begin(), commands.end(),
                                  [&](const CommandSyntax &command) { return command.name == name; });
  return found == commands.end() ? nullptr : &*found;
}

// The command that the leading words name: two words before one.
const CommandSyntax *commandIn(const std::vector<std::string> &words,
                               const std::vector<CommandSyntax> &commands, std::size_t &used) {
  if (words.size() >= 2) {
    used = 2;
    if (const auto *command = find(commands, words[0] + " " + words[1])) return command;
  }
  used = 1;
  return words.empty() ? nullptr : find(commands, words[0]);
}

bool isGroup(const std::vector<CommandSyntax> &commands, const std::string &word) {
  return std::any_of(commands.begin(), commands.end(),
                     [&](const CommandSyntax &command) { return command.name.starts_with(word + " "); });
}

Error unknownCommand(const std::vector<CommandSyntax> &commands, const std::vector<std::string> &words) {
  if (!isGroup(commands, words.front())) {
    return wrongUse("There is no command \"" + words.front() +
                    "\". roots-host-stub --help lists all commands.");
  }
  std::string known;
  for (const auto &command : commands) {
    if (command.name.starts_with(words.front() + " ")) known += (known.empty() ? "" : ", ") + command.name;
  }
  if (words.size() > 1)
    return wrongUse("There is no command \"" + words[0] + " " + words[1] + "\". There are: " + known + ".");
  return wrongUse("\"" + words.front() + "\" needs to know what to do: " + known + ".");
}

// One option with its value out of the arguments; index moves past the value.
struct OptionToken {
  std::string name;
  std::optional<std::string> value;
};

OptionToken splitOption(const std::string &argument) {
  const std::size_t equals = argument.find('=');
  if (equals == std::string::npos) return {argument, std::nullopt};
  return {argument.substr(0, equals), argument.substr(equals + 1)};
}

const std::map<std::string, std::string> &globalOptions() {
  static const std::map<std::string, std::string> options{
      {"--home", "DIR"}, {"--plugins", "DIR"}, {"--today", "YYYY-MM-DD"},
      {"--json", ""},    {"--help", ""},       {"--version", ""}};
  return options;
}

// A global option whose value is the argument behind it.
bool isGlobalWithNext(const OptionToken &token) {
  const auto global = globalOptions().find(token.name);
  return global != globalOptions().end() && !global->second.empty() && !token.value;
}

// Where the command begins; the number of arguments, if an option of its own stands before it.
std::size_t firstWordAt(const std::vector<std::string> &arguments) {
  std::size_t index = 0;
  for (; index < arguments.size() && arguments[index].starts_with("--"); ++index) {
    const OptionToken token = splitOption(arguments[index]);
    if (!globalOptions().contains(token.name)) return arguments.size();
    if (isGlobalWithNext(token)) ++index;
  }
  return index;
}

Result<void> setGlobal(GlobalOptions &global, const std::string &name, const std::string &value) {
  if (name == "--home") global.home = value;
  if (name == "--plugins") global.plugins = value;
  if (name == "--json") global.json = true;
  if (name == "--help") global.help = true;
  if (name == "--version") global.version = true;
  if (name == "--today") {
    auto date = dateArgument(name, value);
    if (!date) return std::move(date).error();
    global.today = *date;
  }
  return {};
}

std::optional<int> hoursToMinutes(const std::string &text) {
  int hours = 0;
  const char *end_of_text = text.data() + text.size();
  const auto [after_hours, problem] = std::from_chars(text.data(), end_of_text, hours);
  if (problem != std::errc() || hours < 0 || hours > 24) return std::nullopt;
  if (after_hours == end_of_text) return hours * 60;
  const std::string_view rest(after_hours + 1, static_cast<std::size_t>(end_of_text - after_hours - 1));
  if (rest.empty() || rest.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  int minutes = 0;
  if (*after_hours == ':' && rest.size() == 2) {
    minutes = (rest[0] - '0') * 10 + (rest[1] - '0');
    if (minutes > 59) return std::nullopt;
  } else if ((*after_hours == '.' || *after_hours == ',') && rest.size() <= 2) {
    const int hundredths = rest.size() == 1 ? (rest[0] - '0') * 10 : (rest[0] - '0') * 10 + (rest[1] - '0');
    if (hundredths * 60 % 100 != 0) return std::nullopt;  // not a whole number of minutes
    minutes = hundredths * 60 / 100;
  } else {
    return std::nullopt;
  }
  const int total = hours * 60 + minutes;
  return total <= 1440 ? std::optional(total) : std::nullopt;
}

}  // namespace

std::optional<std::string> ParsedCommand::value(const std::string &option) const {
  const auto found = options.find(option);
  if (found == options.end() || found->second.empty()) return std::nullopt;
  return found->second.back();
}

Result<ParsedCommand> parseCommandLine(const std::vector<std::string> &given,
                                       const std::vector<CommandSyntax> &commands) {
  std::vector<std::string> arguments = given;
  const std::size_t first = firstWordAt(arguments);
  if (first < arguments.size() && arguments[first] == "help") arguments[first] = "--help";
  // The command's words come first, so that its options are known when they are met.
  std::vector<std::string> words;
  for (std::size_t index = 0; index < arguments.size() && words.size() < 2; ++index) {
    const OptionToken token = splitOption(arguments[index]);
    if (!token.name.starts_with("--")) {
      words.push_back(arguments[index]);
      continue;
    }
    if (isGlobalWithNext(token)) ++index;
    if (!globalOptions().contains(token.name) && !words.empty()) break;
  }
  std::size_t name_words = 0;
  const CommandSyntax *command = commandIn(words, commands, name_words);

  ParsedCommand parsed;
  std::vector<std::string> plain;
  for (std::size_t index = 0; index < arguments.size(); ++index) {
    OptionToken token = splitOption(arguments[index]);
    if (!token.name.starts_with("--")) {
      plain.push_back(arguments[index]);
      continue;
    }
    const auto global = globalOptions().find(token.name);
    const bool is_global = global != globalOptions().end();
    const bool is_own = command != nullptr && command->options.contains(token.name);
    if (!is_global && !is_own) {
      const std::string where = command == nullptr ? "roots-host-stub" : command->name;
      return wrongUse(where + " has no option " + token.name + ". " + where + " --help lists its options.");
    }
    const std::string &wanted = is_global ? global->second : command->options.at(token.name);
    if (wanted.empty() && token.value) return wrongUse(token.name + " takes no value.");
    if (!wanted.empty() && !token.value) {
      if (index + 1 >= arguments.size())
        return wrongUse(token.name + " needs a value: " + token.name + " " + wanted + ".");
      token.value = arguments[++index];
    }
    const std::string value = token.value.value_or("");
    if (is_global) {
      if (auto set = setGlobal(parsed.global, token.name, value); !set) return std::move(set).error();
    } else {
      parsed.options[token.name].push_back(value);
    }
  }
  if (plain.empty() || parsed.global.version) return parsed;
  if (command == nullptr) {
    if (!parsed.global.help || plain.size() > 1 || !isGroup(commands, plain.front()))
      return unknownCommand(commands, plain);
    parsed.group = plain.front();
    return parsed;
  }
  parsed.name = command->name;
  parsed.positionals.assign(plain.begin() + static_cast<std::ptrdiff_t>(name_words), plain.end());
  if (parsed.global.help) return parsed;
  if (parsed.positionals.size() != command->positionals.size()) {
    return wrongUse("It is: roots-host-stub " + usageOf(*command));
  }
  return parsed;
}

std::string usageOf(const CommandSyntax &command) {
  std::string usage = command.name;
  for (const auto &positional : command.positionals) usage += " " + positional;
  const auto text = [](const std::string &option, const std::string &value) {
    return option + (value.empty() ? "" : " " + value);
  };
  for (const auto &option : command.needed) usage += " " + text(option, command.options.at(option));
  for (const auto &[option, value] : command.options) {
    const bool is_needed =
        std::find(command.needed.begin(), command.needed.end(), option) != command.needed.end();
    if (!is_needed) usage += " [" + text(option, value) + "]";
  }
  return usage;
}

std::string helpText(const std::vector<CommandSyntax> &commands) {
  constexpr std::size_t widest = 34;
  std::ostringstream text;
  text << "roots-host-stub [--home DIR] [--plugins DIR] [--today YYYY-MM-DD] [--json] COMMAND\n\n";
  for (const auto &command : commands) {
    std::string name = command.name;
    for (const auto &positional : command.positionals) name += " " + positional;
    text << "  " << name << std::string(name.size() < widest ? widest - name.size() : 1, ' ')
         << command.summary << "\n";
  }
  text
      << "\nroots-host-stub COMMAND --help, or help COMMAND, tells more of a command and lists its options.\n"
         "roots-host-stub --version tells what this is.\n"
         "Exit codes: 0 done, 2 wrong use, 3 refused because locked, 4 sign-in failed or right missing,\n"
         "5 not found, 6 try later, 1 anything else.\n";
  return text.str();
}

std::string helpText(const std::vector<CommandSyntax> &commands, const std::string &group) {
  std::string text;
  for (const auto &command : commands) {
    if (!command.name.starts_with(group + " ")) continue;
    text += "roots-host-stub " + usageOf(command) + "\n    " + command.summary + "\n";
  }
  return text;
}

std::string helpText(const CommandSyntax &command) {
  return "roots-host-stub " + usageOf(command) + "\n\n" + command.summary + "\n" +
         (command.details.empty() ? "" : "\n" + command.details + "\n");
}

Result<CivilDate> dateArgument(const std::string &option, const std::string &value) {
  if (const auto date = kit::parseDate(value)) return *date;
  return wrongUse(option + " needs a day as YYYY-MM-DD, e.g. 2026-07-14; \"" + value + "\" is none.");
}

Result<std::uint16_t> portArgument(const ParsedCommand &command, const std::string &option) {
  const auto value = command.value(option);
  if (!value) return std::uint16_t{0};
  std::uint16_t port = 0;
  const auto [end, problem] = std::from_chars(value->data(), value->data() + value->size(), port);
  if (problem == std::errc() && end == value->data() + value->size()) return port;
  return Error{
      Status::invalid_setting, option + " needs a port number from 0 (any free one) to 65535.", "", 0, {}};
}

Result<std::array<int, 7>> weekdayHoursArgument(const std::string &value) {
  std::istringstream stream(value);
  std::array<int, 7> minutes{};
  std::size_t count = 0;
  for (std::string word; stream >> word; ++count) {
    const auto day = hoursToMinutes(word);
    if (!day || count >= minutes.size()) break;
    minutes[count] = *day;
    if (count == 6) {
      std::string more;
      if (!(stream >> more)) return minutes;
    }
  }
  return wrongUse(
      "Weekly hours are seven numbers from Monday to Sunday, each 0 to 24, e.g. \"8 8 7:30 8 4.25 0 0\".");
}

}  // namespace roots::host
