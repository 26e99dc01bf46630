#include "command/commands.h"
#include "command_line/help.h"

#include <roots/provider_abi.h>

#include <exception>
#include <sstream>

namespace roots::host {
namespace {

std::vector<std::string> linesOf(const std::string &text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

int report(const Failure &failure, bool json, Console &console) {
  if (json) {
    console.out.json(errorJson({wordOf(failure.status), failure.message, failure.setting, failure.retry_after,
                                failure.more, failure.problems}));
  } else {
    console.err.lines(TextLines().add(failure.message).add("", failure.more));
  }
  return static_cast<int>(exitCodeOf(failure.status));
}

// An incomplete result is a failure, whatever the command did.
int exitCodeAfterOutput(int exit_code, Console &console) {
  if (console.out.isWhole()) return exit_code;
  console.err.line(std::string("Standard output cannot be written (its disk is full, or it is closed): the "
                               "output is incomplete. The command itself ") +
                   (exit_code == 0 ? "succeeded." : "failed."));
  return exit_code == 0 ? static_cast<int>(ExitCode::failed) : exit_code;
}

bool asksForJson(const std::vector<std::string> &arguments) {
  for (const auto &argument : arguments)
    if (argument == "--json") return true;
  return false;
}

int runParsed(const ParsedCommand &parsed, const ProgramSyntax &program, Console &console,
              const std::filesystem::path &executable) {
  const bool json = parsed.global.json;
  if (parsed.global.version) {
    console.out.line("roots-host-stub " ROOTS_HOST_VERSION ", provider interface " +
                     std::to_string(ROOTS_PROVIDER_ABI_MAJOR) + "." +
                     std::to_string(ROOTS_PROVIDER_ABI_MINOR));
    return 0;
  }
  if (parsed.global.help) {
    console.out.lines(TextLines().addOwn(helpFor(program, parsed)));
    return 0;
  }
  if (parsed.name.empty()) {
    Failure failure = wrongUse("A command is missing.");
    failure.more = linesOf("\n" + helpText(program));
    return report(failure, json, console);
  }
  for (const auto &command : allCommands()) {
    if (command.syntax.name != parsed.name) continue;
    CommandContext context(console, parsed.global, executable);
    const CommandResult outcome = command.run(context, parsed);
    return outcome ? 0 : report(outcome.error(), json, console);
  }
  return report(wrongUse("There is no such command. --help lists all commands."), json, console);
}

int run(const std::vector<std::string> &arguments, Console &console,
        const std::filesystem::path &executable) {
  const ProgramSyntax program = hostSyntax();
  const auto parsed = parseCommandLine(arguments, program);
  if (!parsed) return report(wrongUse(parsed.error().message), asksForJson(arguments), console);
  return runParsed(*parsed, program, console, executable);
}

}  // namespace

std::vector<Command> allCommands() {
  std::vector<Command> all;
  for (auto group :
       {pluginCommands, connectionCommands, syncCommands, mocoCommands, statusCommands, viewCommands,
        settingsCommands, rotationCommands, typeCommands, demoCommands, serveCommands, completionCommands}) {
    for (auto &command : group()) all.push_back(std::move(command));
  }
  return all;
}

ProgramSyntax hostSyntax() {
  std::vector<CommandSyntax> commands;
  for (auto &command : allCommands()) commands.push_back(std::move(command.syntax));
  return hostProgram(std::move(commands));
}

int runHost(const std::vector<std::string> &arguments, Console &console,
            const std::filesystem::path &executable) {
  int exit_code = 0;
  try {
    exit_code = run(arguments, console, executable);
  } catch (const std::exception &problem) {
    const std::string what = problem.what();
    exit_code =
        report(Failure(HostStatus::internal, "The program failed (" + what + "). Please report this."),
               asksForJson(arguments), console);
  }
  return exitCodeAfterOutput(exit_code, console);
}

}  // namespace roots::host
