// Values of options that several programs take. Pure, except for the clock.
#pragma once

#include "command_line/syntax.h"

#include <roots/kit/civil_date.h>
#include <roots/result.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace roots::host {

// The date in an option, such as "2026-07-14". Otherwise, Status::invalid_setting.
[[nodiscard]] Result<kit::CivilDate> dateArgument(const std::string &option, const std::string &value);
// The default of --today: the date of the clock, in the time zone of this computer.
[[nodiscard]] kit::CivilDate clockToday();
// The port in an option; 0 for any free port, also if the option is missing. Otherwise,
// Status::invalid_setting.
[[nodiscard]] Result<std::uint16_t> portArgument(const CommandLine &line, const std::string &option);

// Key and value of KEY=VALUE; nullopt if there is no equals sign or no key.
[[nodiscard]] std::optional<std::pair<std::string, std::string>> keyAndValue(const std::string &text);

}  // namespace roots::host
