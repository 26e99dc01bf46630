#include "plugins/user_folders.h"

#include <cstdlib>

namespace roots::host {
namespace {

namespace fs = std::filesystem;

struct Place {
  const char *variable;
  const char *below_home;  // "": no default
};

// The folders of this system. For macOS, add ~/Library/Application Support (config, state) and
// ~/Library/Caches (cache) here.
Place placeOf(UserFolder folder) {
  switch (folder) {
    case UserFolder::config:
      return {"XDG_CONFIG_HOME", ".config"};
    case UserFolder::state:
      return {"XDG_STATE_HOME", ".local/state"};
    case UserFolder::cache:
      return {"XDG_CACHE_HOME", ".cache"};
    case UserFolder::runtime:
      return {"XDG_RUNTIME_DIR", ""};
  }
  return {"", ""};
}

fs::path folderFrom(const char *variable) {
  const char *value = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe): nothing here sets variables
  return value != nullptr && *value == '/' ? fs::path(value) : fs::path();
}

}  // namespace

fs::path userFolder(UserFolder folder) {
  const Place place = placeOf(folder);
  if (fs::path named = folderFrom(place.variable); !named.empty()) return named;
  const fs::path home = folderFrom("HOME");
  return home.empty() || *place.below_home == '\0' ? fs::path() : home / place.below_home;
}

}  // namespace roots::host
