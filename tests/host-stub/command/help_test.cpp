// The help of the program and of each of its commands.
#include "support/catch.h"
#include "typed.h"

#include "text/visible_text.h"

#include <sstream>

using namespace roots;
using namespace roots::host;

namespace {

std::vector<std::string> wordsOf(const std::string &name) {
  std::istringstream stream(name);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::vector<std::string> linesOf(const std::string &text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// Whether a line starts with this and continues with a description.
bool isExplained(const std::string &text, const std::string &what) {
  for (const auto &line : linesOf(text)) {
    const bool begins = line.starts_with("  " + what + "  ") || line.starts_with("  -h, " + what + "  ");
    if (begins && line.find_first_not_of(' ', what.size() + 4) != std::string::npos) return true;
  }
  return false;
}

void checkLines(const std::string &text) {
  for (const auto &line : linesOf(text)) {
    INFO(line);
    CHECK(columnsOf(line) <= 100);
    CHECK_FALSE(line.ends_with(' '));
  }
}

}  // namespace

TEST_CASE("the help of completion creates the folders and covers each shell", "[command-line]") {
  const std::string text = type({"completion", "--help"}).out;
  for (const char *line :
       {"\n  mkdir -p ~/.local/share/bash-completion/completions ~/.zfunc ~/.config/fish/completions\n",
        "\n  roots-host-stub completion bash > ~/.local/share/bash-completion/completions/roots-host-stub\n",
        "\n  roots-host-stub completion zsh > ~/.zfunc/_roots-host-stub\n",
        "\n  roots-host-stub completion fish > ~/.config/fish/completions/roots-host-stub.fish\n"})
    CHECK(text.find(line) != std::string::npos);
  CHECK(text.find("system prefix") != std::string::npos);
}

TEST_CASE("the option -h and --help describe the program and each command, on lines of 100 columns at most",
          "[command-line]") {
  const Typed program = type({"--help"});
  CHECK(program.exit_code == 0);
  CHECK(type({"-h"}).out == program.out);
  CHECK(type({"help"}).out == program.out);
  checkLines(program.out);
  for (const char *option :
       {"--home DIR", "--plugins DIR", "--today YYYY-MM-DD", "--json", "--help", "--version"})
    CHECK(isExplained(program.out, option));
  for (const auto &command : allCommands()) {
    const CommandSyntax &syntax = command.syntax;
    INFO(syntax.name);
    auto words = wordsOf(syntax.name);
    words.emplace_back("--help");
    const Typed help = type(words);
    CHECK(help.exit_code == 0);
    CHECK(help.err.empty());
    words.back() = "-h";
    CHECK(type(words).out == help.out);
    words.pop_back();
    words.insert(words.begin(), "help");
    CHECK(type(words).out == help.out);
    checkLines(help.out);
    CHECK(help.out.starts_with("Usage: roots-host-stub " + syntax.name));
    CHECK(program.out.find("  " + syntax.name) != std::string::npos);
    for (const auto &argument : syntax.arguments) CHECK(isExplained(help.out, argument.name));
    for (const auto &option : syntax.options)
      CHECK(isExplained(help.out, option.name + (option.value.empty() ? "" : " " + option.value)));
    CHECK(isExplained(help.out, "--help"));
  }
  for (const char *group : {"plugins", "moco", "settings", "absences", "rotation", "types"}) {
    const Typed help = type({group, "-h"});
    CHECK(help.exit_code == 0);
    checkLines(help.out);
  }
}

TEST_CASE("the option -h as a value or an argument does not request help", "[command-line]") {
  const Typed typed = type({"calendar", "--month", "-h"});
  CHECK(typed.exit_code == 2);
  CHECK(typed.err.find("\"-h\" is not a month") != std::string::npos);
  CHECK(type({"explain", "--", "-h"}).exit_code == 2);
}

TEST_CASE("help shows examples of commands that are hard to guess", "[command-line]") {
  CHECK(type({"settings", "set", "--help"})
            .out.find("\n  roots-host-stub settings set weekday-hours \"8 8 7:30 8 4.25 0 0\"\n") !=
        std::string::npos);
  CHECK(type({"rotation", "set", "--help"})
            .out.find("\n  roots-host-stub rotation set --from 2026-01-05 --week \"8 8 8 8 8 0 0\" --week "
                      "\"8 8 8 8 0 0 0\"\n") != std::string::npos);
}
