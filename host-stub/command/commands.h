// All commands of the host, by group. Each command does what its line in --help says, or returns why it
// failed.
#pragma once

#include "command/command_context.h"
#include "view/connection_view.h"

#include <vector>

namespace roots::host {

struct Command {
  CommandSyntax syntax;
  CommandResult (*run)(CommandContext &context, const ParsedCommand &command);
};

[[nodiscard]] std::vector<Command> pluginCommands();      // plugins list | enable | disable
[[nodiscard]] std::vector<Command> connectionCommands();  // connect, disconnect
[[nodiscard]] std::vector<Command> syncCommands();        // sync
[[nodiscard]] std::vector<Command> mocoCommands();        // moco connect | disconnect
[[nodiscard]] std::vector<Command> statusCommands();      // status
[[nodiscard]] std::vector<Command> viewCommands();        // timeline, calendar, explain, balance
[[nodiscard]] std::vector<Command> settingsCommands();    // settings show | set, absences list | add | remove
[[nodiscard]] std::vector<Command> rotationCommands();    // rotation set | off
[[nodiscard]] std::vector<Command> typeCommands();        // types list | set
[[nodiscard]] std::vector<Command> demoCommands();        // demo
[[nodiscard]] std::vector<Command> serveCommands();       // serve
[[nodiscard]] std::vector<Command> completionCommands();  // completion

[[nodiscard]] std::vector<Command> allCommands();
// The syntax of all commands, for the parser, help, and completion.
[[nodiscard]] ProgramSyntax hostSyntax();

[[nodiscard]] std::vector<LockView> lockViews(const std::string &plugin_id, const std::string &name,
                                              const std::vector<Lock> &locks);
[[nodiscard]] std::vector<RefusedView> refusedViews(const PluginFolder &folder);

// Reports a new connection, and on standard error what could not be fetched.
void reportConnected(CommandContext &context, const ConnectedView &view);

// Reports a disconnect that has removed the leftovers of an earlier one.
void reportCompleted(CommandContext &context, const std::string &id, const std::string &state);

// What applies again after a disconnect, without a full stop.
[[nodiscard]] std::string restoredText(const Stores &stores);

// Reports what a disconnect leaves in damaged settings files.
void reportSetAsideSettings(CommandContext &context, const Stores &stores);

[[nodiscard]] CommandResult showSettings(CommandContext &context, const ParsedCommand &command);

// The plugins in the plugins folder, and which of them changed after they were enabled.
[[nodiscard]] PluginFolder pluginsOf(const CommandContext &context, const HostSettings &settings);
// Why a changed plugin is not loaded, and what to do.
[[nodiscard]] std::string changedText(const PluginCandidate &plugin);

// For changing this setting; fails if it is locked. "": a setting that cannot be locked.
[[nodiscard]] Result<WriteAccess, Failure> openForWriting(CommandContext &context,
                                                          const std::string &setting);

// Parses, runs, and reports; returns the exit code. Nothing is thrown.
[[nodiscard]] int runHost(const std::vector<std::string> &arguments, Console &console,
                          const std::filesystem::path &executable);

}  // namespace roots::host
