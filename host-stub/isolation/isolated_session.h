// A provider in a process of its own: the host starts its own program again, which loads the plugin and
// answers calls (plugin_runner.cpp). What the plugin does to that process does not reach the host: a crash,
// an exit, or a call that does not keep its time costs that call, and every further one until the next
// session.
#pragma once

#include "plugins/plugin_folder.h"
#include "plugins/plugin_session.h"

#include <filesystem>
#include <optional>
#include <string>

namespace roots::host {

// own_executable: as for probeInChildProcess(). expected_hash: as for loadPlugin(), looked at by the new
// process.
[[nodiscard]] OpenSession isolatedSessions(const PluginCandidate &plugin, const std::string &expected_hash,
                                           const std::filesystem::path &own_executable);

// Called first in main(): if this process was started for a plugin, serves it until the host is gone, and
// returns the exit code.
[[nodiscard]] std::optional<int> runPluginIfAsked(int argument_count, char **arguments);

}  // namespace roots::host
