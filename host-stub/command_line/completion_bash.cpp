#include "command_line/completion.h"
#include "command_line/completion_points.h"

namespace roots::host {
namespace {

std::vector<std::string> namesOf(const std::vector<OptionSyntax> &options) {
  std::vector<std::string> names;
  for (const auto &option : options) names.push_back(option.name);
  return names;
}

std::string wordsOf(const std::vector<CompletionEntry> &entries) {
  std::vector<std::string> words;
  for (const auto &entry : entries) words.push_back(entry.word);
  return joined(words, " ");
}

std::string completeBashValue(const OptionSyntax &option) {
  if (isFolder(option)) return "kind=-d";
  if (isFile(option)) return "kind=-f";
  return option.choices.empty() ? "" : "choices='" + joined(option.choices, " ") + "'";
}

std::string offerBashOptions(const std::vector<OptionSyntax> &options) {
  return "choices+=' " + joined(namesOf(options), " ") + "'";
}

std::string offerBashWords(const std::vector<CompletionEntry> &entries) {
  return "choices='" + wordsOf(entries) + "'";
}

}  // namespace

std::string bashCompletion(const ProgramSyntax &program) {
  const std::string &name = program.self.name;
  const std::string function = "_" + asIdentifier(name);
  const auto points = completionPoints(program);
  std::vector<std::string> steps;
  for (const auto &step : chainSteps(program)) steps.push_back("'" + step + "'");
  return "# Completion of " + name + " for bash 4 and later, printed by: " + name + " completion bash\n" +
         function + R"(() {
  local current=${COMP_WORDS[COMP_CWORD]} chain='' option='' only_words='' kind='' prefix='' choices='' word
  local -i index position=0
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=${COMP_WORDS[index]}
    if [[ -n $option ]]; then
      [[ $word == '=' ]] || option=''
      continue
    fi
    if [[ -n $only_words ]]; then
      position+=1
      continue
    fi
    case $word in
      --) only_words=1 ;;
      )" +
         joined(optionsWithValue(program), " | ") + R"() option=$word ;;
      -* | '=') ;;
      *)
        case "$chain/$word" in
          )" +
         joined(steps, " | ") + R"() chain=${chain:+$chain }$word ;;
          *) position+=1 ;;
        esac
        ;;
    esac
  done
  if [[ -z $option && -z $only_words && $current == --*=* ]]; then
    option=${current%%=*}
    prefix=$option=
    current=${current#*=}
  fi
  if [[ -n $option ]]; then
    [[ $current == '=' ]] && current=''
    case "$chain $option" in
)" + valueCases(program, points, completeBashValue) +
         R"(    esac
    [[ -z $kind ]] || compopt -o filenames 2>/dev/null
  elif [[ $current == -* && -z $only_words ]]; then
    choices=')" +
         joined(namesOf(program.self.options), " ") + R"('
    case $chain in
)" + optionCases(points, offerBashOptions) +
         R"(    esac
  else
    case "$chain:$position" in
)" + wordCases(points, offerBashWords) +
         R"(    esac
  fi
  if [[ -n $kind ]]; then
    mapfile -t COMPREPLY < <(compgen -P "$prefix" "$kind" -- "$current")
  elif [[ -n $choices ]]; then
    mapfile -t COMPREPLY < <(compgen -P "$prefix" -W "$choices" -- "$current")
  fi
}
complete -F )" +
         function + " " + name + "\n";
}

}  // namespace roots::host
