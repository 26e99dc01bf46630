// A provider in a separate process: the host starts its own program again, which loads the plugin and
// answers calls (plugin_runner.cpp). A crash, an exit, or an exceeded time limit of the plugin does not
// affect the host: it fails that call, and every further one until the next session.
#pragma once

#include "plugins/plugin_folder.h"
#include "plugins/plugin_session.h"

#include <filesystem>
#include <optional>
#include <string>

namespace roots::host {

// own_executable: as for probeInChildProcess(). expected_hash: as for loadPlugin(). Each session runs from
// a copy of its own.
[[nodiscard]] OpenSession isolatedSessions(const PluginCandidate &plugin, const std::string &expected_hash,
                                           const std::filesystem::path &own_executable);

// Must be called first in main(): if this process was started for a plugin, runs it until the host has
// exited, and returns the exit code.
[[nodiscard]] std::optional<int> runPluginIfAsked(int argument_count, char **arguments);

}  // namespace roots::host
