// A command line as typed, run in this process without a home.
#pragma once

#include "command/commands.h"

#include <sstream>
#include <string>
#include <vector>

namespace roots::host {

struct Typed {
  int exit_code = 0;
  std::string out;
  std::string err;
};

inline Typed type(const std::vector<std::string> &words) {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  Console console{out, err, in};
  const int exit_code = runHost(words, console, "/nowhere/bin/roots-host-stub");
  return {exit_code, out.str(), err.str()};
}

}  // namespace roots::host
