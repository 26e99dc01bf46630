// The command line of roots-sandbox, as values.
#pragma once

#include "command_line/syntax.h"
#include "sandbox/sandbox.h"

#include <roots/kit/civil_date.h>
#include <roots/result.hpp>

#include <optional>
#include <string>
#include <vector>

namespace roots::sandbox {

struct ProgramOptions {
  SandboxOptions servers;
  std::string scenario_file;  // "": the built-in company
  std::optional<kit::CivilDate> today;
  bool json = false;
  bool until_stdin_ends = false;
  bool help = false;
  bool version = false;
};

[[nodiscard]] host::ProgramSyntax sandboxSyntax();

// Status::invalid_setting: what is wrong and what to do.
[[nodiscard]] Result<ProgramOptions> programOptions(const std::vector<std::string> &arguments);

}  // namespace roots::sandbox
