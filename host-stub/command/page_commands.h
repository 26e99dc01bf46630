// What the page can request from the host: the list of its commands, and the command line for a call.
#pragma once

#include "command/command_context.h"
#include "page/page_call.h"

#include <optional>
#include <string>
#include <vector>

namespace roots::host {

// The complete command line of a call, in the home of the page's own host. Nothing: the page must not run
// it. The check applies the host's parser to the complete line, so that no option can take another word as
// its value, and no option of the page changes where the command works.
[[nodiscard]] std::optional<std::vector<std::string>> pageCommandLine(const CommandContext &context,
                                                                      const PageCall &call);

}  // namespace roots::host
