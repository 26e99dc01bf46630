// The two steps that the loader and the probe share: opening a library, and comparing what it says it is
// with its manifest.
#pragma once

#include "plugins/plugin_folder.h"

#include <roots/provider_abi.h>

namespace roots::host {

// Opens the library for good and returns its table, unchecked.
[[nodiscard]] Result<const roots_provider_api *> openLibrary(const PluginCandidate &plugin);

[[nodiscard]] Result<void> checkIdentity(const roots_provider_api &table, const Manifest &manifest);

}  // namespace roots::host
