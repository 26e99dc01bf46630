#include "command_line/completion.h"
#include "command_line/completion_points.h"

namespace roots::host {
namespace {

std::string described(const std::string &word, const std::string &help) {
  return " " + quotedForShell(help.empty() ? word : word + ":" + help);
}

std::string describedOptions(const std::vector<OptionSyntax> &options) {
  std::string text;
  for (const auto &option : options) text += described(option.name, option.help);
  return text;
}

std::string completeZshValue(const OptionSyntax &option) {
  if (isFolder(option)) return "_files -/";
  if (isFile(option)) return "_files";
  return option.choices.empty() ? "" : "compadd -- " + joined(option.choices, " ");
}

std::string offerZshOptions(const std::vector<OptionSyntax> &options) {
  return "entries+=(" + describedOptions(options) + " )";
}

std::string offerZshWords(const std::vector<CompletionEntry> &entries) {
  std::string text = "entries=(";
  for (const auto &entry : entries) text += described(entry.word, entry.help);
  return text + " )";
}

}  // namespace

std::string zshCompletion(const ProgramSyntax &program) {
  const std::string &name = program.self.name;
  const auto points = completionPoints(program);
  std::vector<std::string> steps;
  for (const auto &step : chainSteps(program)) steps.push_back("'" + step + "'");
  return "#compdef " + name + "\n# Completion of " + name + " for zsh, printed by: " + name +
         " completion zsh\n_" + name + R"(() {
  local word option='' chain='' only_words=''
  local -a entries
  integer index position=0
  for ((index = 2; index < CURRENT; index++)); do
    word=${words[index]}
    if [[ -n $option ]]; then
      option=''
      continue
    fi
    if [[ -n $only_words ]]; then
      (( position += 1 ))
      continue
    fi
    case $word in
      (--) only_words=1 ;;
      ()" +
         joined(optionsWithValue(program), "|") + R"() option=$word ;;
      (-*) ;;
      (*)
        case "$chain/$word" in
          ()" +
         joined(steps, "|") + R"() chain=${chain:+$chain }$word ;;
          (*) (( position += 1 )) ;;
        esac
        ;;
    esac
  done
  if [[ -z $option && -z $only_words && $PREFIX == --*=* ]]; then
    option=${PREFIX%%=*}
    compset -P '*='
  fi
  if [[ -n $option ]]; then
    case "$chain $option" in
)" + valueCases(program, points, completeZshValue) +
         R"(    esac
  elif [[ $PREFIX == -* && -z $only_words ]]; then
    entries=()" +
         describedOptions(program.self.options) + R"( )
    case $chain in
)" + optionCases(points, offerZshOptions) +
         R"(    esac
    _describe -o option entries
  else
    case "$chain:$position" in
)" + wordCases(points, offerZshWords) +
         R"(    esac
    _describe command entries
  fi
}
if [[ ${funcstack[1]} == _)" +
         name + R"( ]]; then
  _)" + name +
         R"( "$@"
else
  compdef _)" +
         name + " " + name + "\nfi\n";
}

}  // namespace roots::host
