// roots-plugin-check: tells the author of a plugin what a host would stumble over. Everything is in
// plugin_check.h; this file only starts it.
#include "check/plugin_check.h"
#include "check/run_checks.h"
#include "plugins/child_process.h"

#include <signal.h>

#include <filesystem>
#include <iostream>

int main(int argument_count, char **arguments) {
  ::signal(SIGPIPE, SIG_IGN);
  roots::host::writeNoCoreFile();  // it is given secrets, and plugins crash here
  if (const auto code = roots::check::runCheckIfAsked(argument_count, arguments)) return *code;
  const std::vector<std::string> words(arguments + 1, arguments + argument_count);
  return roots::check::runPluginCheck(words, std::cin, std::cout, std::cerr,
                                      std::filesystem::read_symlink("/proc/self/exe"));
}
