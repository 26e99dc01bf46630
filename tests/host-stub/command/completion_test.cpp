// Completion in real shells.
#include "support/catch.h"
#include "support/folders.h"
#include "support/process.h"
#include "support/temporary_folder.h"
#include "typed.h"

#include "command_line/completion_points.h"

#include <set>

using namespace roots;
using namespace roots::host;
using namespace roots::test;

namespace {

using Words = std::vector<std::string>;

// The suggestions of bash after these words, of which the last is incomplete.
std::set<std::string> offered(const Words &words, const std::string &folder = "/") {
  const TemporaryFolder scripts;
  scripts.write("completion.bash", type({"completion", "bash"}).out);
  std::string typed;
  for (const auto &word : words) typed += " " + quotedForShell(word);
  const std::string script = "cd " + quotedForShell(folder) + " && source " +
                             quotedForShell((scripts.path() / "completion.bash").string()) +
                             " && COMP_WORDS=(roots-host-stub" + typed +
                             ") COMP_CWORD=" + std::to_string(words.size()) +
                             " && _roots_host_stub && printf '%s\\n' \"${COMPREPLY[@]}\"";
  const auto result = run({"/bin/bash", "--norc", "-c", script});
  CHECK(result.err.empty());
  std::set<std::string> lines;
  std::istringstream stream(result.out);
  for (std::string line; std::getline(stream, line);)
    if (!line.empty()) lines.insert(line);
  return lines;
}

}  // namespace

TEST_CASE("bash completes commands, options, and values", "[completion]") {
  CHECK(offered({"cal"}) == std::set<std::string>{"calendar"});
  CHECK(offered({"plugins", ""}) == std::set<std::string>{"list", "enable", "disable"});
  CHECK(offered({"--home", "/x", "plugins", "--json", "en"}) == std::set<std::string>{"enable"});
  CHECK(offered({"--home", "=", "/x", "mo"}) == std::set<std::string>{"moco"});
  CHECK(offered({""}).count("timeline") == 1);
  CHECK(offered({""}).count("help") == 0);
  CHECK(offered({"calendar", "--m"}) == std::set<std::string>{"--month"});
  CHECK(offered({"calendar", "--"}).count("--home") == 1);
  CHECK(offered({"calendar", "--"}).count("--week") == 0);
  CHECK(offered({"absences", "add", "--half", ""}) == std::set<std::string>{"first", "second"});
  CHECK(offered({"absences", "add", "--half", "=", "s"}) == std::set<std::string>{"second"});
  CHECK(offered({"absences", "add", "--half", "="}) == std::set<std::string>{"first", "second"});
  CHECK(offered({"absences", "add", "--half=s"}) == std::set<std::string>{"--half=second"});
  CHECK(offered({"types", "set", "x", ""}) ==
        std::set<std::string>{"time_off", "work_elsewhere", "compensation", "auto"});
  CHECK(offered({"types", "set", ""}).empty());
  CHECK(offered({"types", "set", "--", "-x", "a"}) == std::set<std::string>{"auto"});
  CHECK(offered({"completion", ""}) == std::set<std::string>{"bash", "zsh", "fish"});
  CHECK(offered({"frobnicate", ""}).empty());
  CHECK(offered({"status", "x", ""}).empty());
  CHECK(offered({"calendar", "--month", ""}).empty());
}

TEST_CASE("bash completes files and folders, also with spaces in their names", "[completion]") {
  const TemporaryFolder folder;
  folder.write("a file.json", "{}");
  std::filesystem::create_directory(folder.path() / "a folder");
  CHECK(offered({"moco", "connect", "--ca-file", "a"}, folder.path().string()) ==
        std::set<std::string>{"a file.json", "a folder"});
  CHECK(offered({"--home", "a"}, folder.path().string()) == std::set<std::string>{"a folder"});
}

TEST_CASE("bash offers each command and each of its options", "[completion]") {
  for (const auto &command : hostSyntax().commands) {
    INFO(command.name);
    std::istringstream stream(command.name);
    Words words;
    for (std::string word; stream >> word;) words.push_back(word);
    CHECK(offered(words).count(words.back()) == 1);
    words.emplace_back("-");
    const auto options = offered(words);
    for (const auto &option : command.options) CHECK(options.count(option.name) == 1);
    for (const char *option : {"--home", "--plugins", "--today", "--json", "--help", "--version"})
      CHECK(options.count(option) == 1);
  }
}

TEST_CASE("bash knows the function that completes this program", "[completion]") {
  const auto result = run({"/bin/bash", "--norc", "-c",
                           "source <(" + quotedForShell(hostBuild() + "/bin/roots-host-stub") +
                               " completion bash) && complete -p roots-host-stub"});
  CHECK(result.err.empty());
  CHECK(result.out == "complete -F _roots_host_stub roots-host-stub\n");
}

TEST_CASE("zsh and fish accept their scripts", "[completion]") {
  for (const char *shell : {"zsh", "fish"}) {
    const std::string script = type({"completion", shell}).out;
    CHECK(script.find("roots-host-stub") != std::string::npos);
    for (const auto &command : hostSyntax().commands) {
      const std::string quoted = quotedForShell(command.summary);
      CHECK(script.find(quoted.substr(1)) != std::string::npos);  // after its name, or alone
    }
    const TemporaryFolder folder;
    folder.write("script", script);
    if (run({"/bin/sh", "-c", std::string("command -v ") + shell}).exit_code != 0) {
      WARN(shell << " is not installed; its script is not read");
      continue;
    }
    const auto result =
        run({"/bin/sh", "-c", "exec \"$0\" -n \"$1\"", shell, (folder.path() / "script").string()});
    CHECK(result.exit_code == 0);
    CHECK(result.err.empty());
  }
}

TEST_CASE("fish completes commands, options, and values", "[completion]") {
  if (run({"/bin/sh", "-c", "command -v fish"}).exit_code != 0) {
    WARN("fish is not installed");
    return;
  }
  const TemporaryFolder folder;
  folder.write("completion.fish", type({"completion", "fish"}).out);
  const auto words = [&](const std::string &typed) {
    const std::string script = "source " + quotedForShell((folder.path() / "completion.fish").string()) +
                               "; complete -C " + quotedForShell("roots-host-stub " + typed);
    ProcessOptions options;
    options.environment["HOME"] = folder.path().string();
    const auto result = run({"/bin/sh", "-c", "exec fish --no-config -c \"$0\"", script}, options);
    std::set<std::string> found;
    std::istringstream stream(result.out);
    for (std::string line; std::getline(stream, line);) found.insert(line.substr(0, line.find('\t')));
    return found;
  };
  CHECK(words("cal") == std::set<std::string>{"calendar"});
  CHECK(words("--home /x plugins ") == std::set<std::string>{"list", "enable", "disable"});
  CHECK(words("absences add --half ") == std::set<std::string>{"first", "second"});
  CHECK(words("types set x a") == std::set<std::string>{"auto"});
  CHECK(words("calendar --mo") == std::set<std::string>{"--month"});
  CHECK(words("status ").empty());
}

TEST_CASE("there is no completion for other shells", "[completion]") {
  const Typed typed = type({"completion", "tcsh"});
  CHECK(typed.exit_code == 2);
  CHECK(typed.err == "There is no completion for \"tcsh\". Choose bash, zsh or fish.\n");
}

TEST_CASE("an option has the same kind under every command", "[completion]") {
  const ProgramSyntax program = hostSyntax();
  std::map<std::string, bool> takes_value;
  for (const auto &option : program.self.options) takes_value[option.name] = !option.value.empty();
  for (const auto &command : program.commands) {
    for (const auto &option : command.options) {
      INFO(command.name << " " << option.name);
      const auto [known, is_new] = takes_value.emplace(option.name, !option.value.empty());
      CHECK((is_new || known->second == !option.value.empty()));
    }
  }
}
