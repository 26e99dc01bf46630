#include "command_line/completion.h"
#include "command_line/completion_points.h"

namespace roots::host {
namespace {

std::string describedBy(const std::string &help) { return help.empty() ? "" : " -d " + quotedForShell(help); }

std::string optionLine(const std::string &begin, const OptionSyntax &option) {
  std::string line = begin + (option.name == "--help" ? " -s h" : "") + " -l " + option.name.substr(2);
  if (isFolder(option)) {
    line += " -x -a '(__fish_complete_directories)'";
  } else if (isFile(option)) {
    line += " -r -F";
  } else if (!option.choices.empty()) {
    line += " -x -a " + quotedForShell(joined(option.choices, " "));
  } else if (!option.value.empty()) {
    line += " -x";
  }
  return line + describedBy(option.help) + "\n";
}

std::string linesOf(const CompletionPoint &point, const std::string &begin, const std::string &condition) {
  std::string lines;
  for (std::size_t index = 0; index < point.words.size(); ++index) {
    const std::string place = point.chain + ":" + std::to_string(index);
    for (const auto &entry : point.words[index]) {
      lines += begin + " -n '" + condition + " \"" + place + "\"' -a " + entry.word +
               describedBy(entry.help) + "\n";
    }
  }
  for (const auto &option : point.options)
    lines += optionLine(begin + " -n '" + condition + " \"" + point.chain + ":*\"'", option);
  return lines;
}

}  // namespace

std::string fishCompletion(const ProgramSyntax &program) {
  const std::string &name = program.self.name;
  const std::string place = "__" + asIdentifier(name) + "_place";
  const std::string condition = "__" + asIdentifier(name) + "_at";
  std::string script = "# Completion of " + name + " for fish, printed by: " + name +
                       " completion fish\nfunction " + place + R"(
  set -l chain ''
  set -l position 0
  set -l option ''
  set -l only_words ''
  for word in (commandline -opc)[2..-1]
    if test -n "$option"
      set option ''
      continue
    end
    if test -n "$only_words"
      set position (math $position + 1)
      continue
    end
    switch "$word"
      case --
        set only_words 1
      case )" + joined(optionsWithValue(program), " ") +
                       R"(
        set option "$word"
      case '-*'
      case '*'
        switch "$chain/$word"
          case )" + joined(chainSteps(program), " ") +
                       R"(
            set chain (string trim "$chain $word")
          case '*'
            set position (math $position + 1)
        end
    end
  end
  echo "$chain:$position"
end
function )" + condition +
                       R"(
  string match -q -- $argv[1] ()" +
                       place + R"()
end
)";
  const std::string begin = "complete -c " + name;
  script += begin + " -f\n";
  for (const auto &option : program.self.options) script += optionLine(begin, option);
  for (const auto &point : completionPoints(program)) script += linesOf(point, begin, condition);
  return script;
}

}  // namespace roots::host
