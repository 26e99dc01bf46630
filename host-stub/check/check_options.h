// The command line of roots-plugin-check, as values.
#pragma once

#include "command_line/syntax.h"

#include <roots/kit/civil_date.h>
#include <roots/records.hpp>
#include <roots/result.hpp>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace roots::check {

struct CheckOptions {
  std::filesystem::path folder;
  Settings settings;
  std::filesystem::path replies;
  std::optional<kit::CivilDate> from;
  std::optional<kit::CivilDate> to;
  std::vector<std::string> only;
  std::chrono::seconds time_limit{120};
  bool list = false;
  bool json = false;
  bool help = false;
  bool version = false;
  bool in_process = false;
  bool secrets_from_stdin = false;
};

[[nodiscard]] host::ProgramSyntax checkSyntax();

// Status::invalid_setting: what is wrong and what to do.
[[nodiscard]] Result<CheckOptions> checkOptions(const std::vector<std::string> &arguments);

// KEY=VALUE in an option or in a line on standard input.
[[nodiscard]] Result<void> addSetting(Settings &settings, const std::string &text);

}  // namespace roots::check
