// Common steps of the loader, the probe, and roots-plugin-check: opening a library, comparing its identity
// with its manifest, and reading its exports.
#pragma once

#include "plugins/plugin_folder.h"

#include <roots/provider_abi.h>

namespace roots::host {

// Opens the library permanently and returns its table, unchecked.
[[nodiscard]] Result<const roots_provider_api *> openLibrary(const PluginCandidate &plugin);

// Opens the library where it lies and returns its table, complete and with the identity of the manifest.
[[nodiscard]] Result<roots_provider_api> tableOf(const PluginCandidate &plugin);

// Reports a truncated file, another processor, or a file that is not a library of this system, without
// loading it; "": none of these. A library that lost only its end can still load, and then lack data that is
// needed later.
[[nodiscard]] std::string damagedLibraryProblem(const std::filesystem::path &library);

// False: the file system does not let code of this file run (mounted with "noexec").
[[nodiscard]] bool mayRunFrom(const std::filesystem::path &file);
[[nodiscard]] std::string forbiddenPlaceProblem();

// The reason why the dynamic linker did not open the library, and the solution. text: Boost.DLL's message.
[[nodiscard]] std::string linkerProblem(const std::string &text, const std::string &library);

// Names of the symbols that others can link to, read from the file; the library is not loaded.
[[nodiscard]] Result<std::vector<std::string>> exportedSymbols(const std::filesystem::path &library);

[[nodiscard]] Result<void> checkIdentity(const roots_provider_api &table, const Manifest &manifest);

}  // namespace roots::host
