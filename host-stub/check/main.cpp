// roots-plugin-check: reports to the author of a plugin what would fail in a host. The code is in
// plugin_check.h; this file only starts it.
#include "check/plugin_check.h"
#include "check/run_checks.h"
#include "plugins/child_process.h"
#include "text/standard_streams.h"

#include <signal.h>

#include <filesystem>
#include <iostream>

int main(int argument_count, char **arguments) {
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGCHLD, SIG_DFL);      // if it is ignored, the exit status of a child is unavailable
  roots::host::writeNoCoreFile();  // it receives secrets, and plugins can crash here
  if (const auto code = roots::check::runCheckIfAsked(argument_count, arguments)) return *code;
  roots::host::occupyStandardStreams();
  const std::vector<std::string> words(arguments + 1, arguments + argument_count);
  return roots::check::runPluginCheck(words, std::cin, std::cout, std::cerr,
                                      std::filesystem::read_symlink("/proc/self/exe"));
}
