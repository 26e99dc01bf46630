// The settings of a connection against the manifest of its plugin. Pure.
#pragma once

#include "plugins/manifest.h"

#include <roots/records.hpp>
#include <roots/result.hpp>

namespace roots::host {

// Completes the user's settings and checks them against the manifest: fills in defaults; refuses unknown
// keys, missing required settings, and integers out of bounds with Status::invalid_setting.
[[nodiscard]] Result<Settings> completeSettings(const Manifest &manifest, const Settings &given);

}  // namespace roots::host
