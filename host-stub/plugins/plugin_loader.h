// Loads a plugin's library: the only wrapper around Boost.DLL. Each refusal has its own message. A library
// that was loaded stays loaded until the process ends (unloading half-unloads Poco and OpenSSL).
// Any thread; calls are serialized inside.
#pragma once

#include "plugins/plugin_folder.h"

#include <roots/provider_abi.h>
#include <roots/result.hpp>

#include <string>

namespace roots::host {

// SHA-256 of a file, as lower-case hex.
[[nodiscard]] Result<std::string> fileHash(const std::filesystem::path &file);

// Loads the library in a child process with a time limit and reports whether that succeeded, so that a
// truncated file (which kills the process that opens it) or a crash at load affects only the child.
// own_executable: the program to start; it must first pass its arguments to runProbeIfAsked.
[[nodiscard]] Result<void> probeInChildProcess(const PluginCandidate &plugin,
                                               const std::filesystem::path &own_executable);

// Called first in main(): if the arguments ask for a probe, does it and returns the exit code.
[[nodiscard]] std::optional<int> runProbeIfAsked(int argument_count, char **arguments);

// The plugin's table, copied and complete: every slot of 1.0 is there, id and version equal the
// manifest's. expected_hash: as recorded when the plugin was enabled; a different file is refused before it
// is opened. The opened file is a private copy, so the original can be replaced at any time.
[[nodiscard]] Result<roots_provider_api> loadPlugin(const PluginCandidate &plugin,
                                                    const std::string &expected_hash);

// The message for a plugin whose library is not the enabled one.
[[nodiscard]] Error changedLibrary(const std::string &id);

}  // namespace roots::host
