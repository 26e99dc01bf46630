// What is kept on disk, opened together. One thread.
#pragma once

#include "sync/context_store.h"
#include "sync/secret_store.h"
#include "sync/settings_store.h"

namespace roots::host {

struct Stores {
  SettingsStore settings;
  SecretStore secrets;
  ContextStore context;
  [[nodiscard]] static Result<Stores> open(const std::filesystem::path &home);
  // To change them: without what a host left that was killed between two files, so that what is not connected
  // has no secrets and no data. (A keyring is not opened for that: what is in there goes with the next
  // disconnect or connect of the same plugin.) Hold a HomeLock.
  [[nodiscard]] static Result<Stores> openToChange(const std::filesystem::path &home);
};

}  // namespace roots::host
