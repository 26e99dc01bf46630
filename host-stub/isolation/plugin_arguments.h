// The command line with which the host starts its own program for a plugin: PROGRAM --run-plugin FOLDER
// HASH; the folder is a copy that the host has created for it.
#pragma once

namespace roots::host {

inline constexpr const char *kRunPluginArgument = "--run-plugin";

}  // namespace roots::host
