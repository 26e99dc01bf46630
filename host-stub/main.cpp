// roots-host-stub: loads provider plugins, takes time entries and public holidays from Moco, and shows a
// person's days. Everything is in command/; this file only starts it.
#include "command/commands.h"
#include "isolation/isolated_session.h"
#include "plugins/child_process.h"
#include "text/standard_streams.h"

#include <signal.h>

#include <filesystem>
#include <iostream>

int main(int argument_count, char **arguments) {
  roots::host::keepMemoryPrivate();
  // A write to a closed pipe must return an error instead.
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGCHLD, SIG_DFL);  // if it is ignored, the exit status of a child is lost
  if (const auto code = roots::host::runProbeIfAsked(argument_count, arguments)) return *code;
  if (const auto code = roots::host::runPluginIfAsked(argument_count, arguments)) return *code;
  roots::host::occupyStandardStreams();
  std::error_code problem;
  const auto executable = std::filesystem::read_symlink("/proc/self/exe", problem);
  if (problem) {
    std::cerr << "The program cannot find out where it is installed (/proc is not there)." << std::endl;
    return 1;
  }
  roots::host::Console console = roots::host::realConsole();
  const std::vector<std::string> words(arguments + 1, arguments + argument_count);
  return roots::host::runHost(words, console, executable);
}
