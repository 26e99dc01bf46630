// How the host starts its own program for a plugin: PROGRAM --run-plugin FOLDER HASH.
#pragma once

namespace roots::host {

inline constexpr const char *kRunPluginArgument = "--run-plugin";

}  // namespace roots::host
