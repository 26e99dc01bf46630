// The folders of the user that programs share, as the XDG Base Directory Specification defines them.
#pragma once

#include <filesystem>

namespace roots::host {

enum class UserFolder {
  config,   // settings: $XDG_CONFIG_HOME, otherwise ~/.config
  state,    // data that must survive a restart: $XDG_STATE_HOME, otherwise ~/.local/state
  cache,    // data that can be deleted at any time: $XDG_CACHE_HOME, otherwise ~/.cache
  runtime,  // data of this login: $XDG_RUNTIME_DIR
};

// "": there is none. As the specification requires, a variable that is empty or contains a relative path is
// ignored.
[[nodiscard]] std::filesystem::path userFolder(UserFolder folder);

}  // namespace roots::host
