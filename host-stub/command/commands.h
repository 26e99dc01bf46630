// All commands of the host, by group. Each does what its line in --help says and returns why it could not.
#pragma once

#include "command/workplace.h"

#include <vector>

namespace roots::host {

struct Command {
  CommandSyntax syntax;
  Outcome (*run)(Workplace &workplace, const ParsedCommand &command);
};

[[nodiscard]] std::vector<Command> pluginCommands();      // plugins list | enable | disable
[[nodiscard]] std::vector<Command> connectionCommands();  // connect, disconnect, sync
[[nodiscard]] std::vector<Command> mocoCommands();        // moco connect | disconnect
[[nodiscard]] std::vector<Command> statusCommands();      // status
[[nodiscard]] std::vector<Command> viewCommands();        // timeline, calendar, explain, balance
[[nodiscard]] std::vector<Command> settingsCommands();    // settings show | set, absences list | add | remove
[[nodiscard]] std::vector<Command> rotationCommands();    // rotation set | off
[[nodiscard]] std::vector<Command> typeCommands();        // types list | set
[[nodiscard]] std::vector<Command> sandboxCommands();     // sandbox, demo

[[nodiscard]] std::vector<Command> serveCommands();  // serve

[[nodiscard]] std::vector<Command> allCommands();

[[nodiscard]] Outcome showSettings(Workplace &workplace, const ParsedCommand &command);

// What is in the plugins folder, and which of it has changed since it was enabled.
[[nodiscard]] PluginFolder pluginsOf(const Workplace &workplace, const HostSettings &settings);
// Why a plugin that has changed is not loaded, and what to do.
[[nodiscard]] std::string changedText(const PluginCandidate &plugin);

// For a change of this setting, which must be free of locks ("": none can be on it).
[[nodiscard]] Result<Editing, Failure> editing(Workplace &workplace, const std::string &setting);

// Parses, runs, and reports; returns the exit code. Nothing is thrown.
[[nodiscard]] int runHost(const std::vector<std::string> &arguments, Console &console,
                          const std::filesystem::path &executable);

}  // namespace roots::host
