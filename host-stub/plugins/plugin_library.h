// The steps that the loader, the probe and roots-plugin-check share: opening a library, comparing what it
// says it is with its manifest, and what it exports.
#pragma once

#include "plugins/plugin_folder.h"

#include <roots/provider_abi.h>

namespace roots::host {

// Opens the library for good and returns its table, unchecked.
[[nodiscard]] Result<const roots_provider_api *> openLibrary(const PluginCandidate &plugin);

// A file that was cut off, or is no library of this system, told without loading it; "": neither. A library
// that lost its end only may load all the same, and then miss what nobody has asked for yet.
[[nodiscard]] std::string damagedLibraryProblem(const std::filesystem::path &library);

// Names of the symbols that others can link to, read from the file; the library is not loaded.
[[nodiscard]] Result<std::vector<std::string>> exportedSymbols(const std::filesystem::path &library);

[[nodiscard]] Result<void> checkIdentity(const roots_provider_api &table, const Manifest &manifest);

}  // namespace roots::host
