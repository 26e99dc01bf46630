// The settings of a plugin that the user gives for connecting: options, and secrets from the terminal or
// standard input. Use on one thread.
#pragma once

#include "command/command_context.h"

namespace roots::host {

// Completed and checked against the manifest. Checks the other settings before it prompts for secrets. The
// caller wipes the result.
[[nodiscard]] Result<Settings, Failure> readCompleteSettings(CommandContext &context,
                                                             const ParsedCommand &command,
                                                             const Manifest &manifest);

}  // namespace roots::host
