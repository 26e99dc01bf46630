// The files on disk, opened together. Use on one thread.
#pragma once

#include "state/fetched_data_store.h"
#include "state/home.h"
#include "state/secret_store.h"
#include "state/settings_store.h"

namespace roots::host {

struct Stores {
  SettingsStore settings;
  SecretStore secrets;
  FetchedDataStore fetched;
  std::vector<std::string> reports = {};  // what was wrong with the files, and what was done

  // Data without a connection is ignored.
  [[nodiscard]] static Result<Stores> open(const Home &home, KeyringAccess access = {});
  // For changes: damaged files are kept as copies, and leftovers of a host that was killed between two
  // files are removed, so that there are no secrets and no data without a connection. Leftovers in a
  // keyring are removed as soon as no permission is needed. Hold a HomeLock.
  [[nodiscard]] static Result<Stores> openToChange(const Home &home, KeyringAccess access = {});
  // For a settings file that was opened without changing it: what is wrong with it, as sentences; "":
  // nothing.
  [[nodiscard]] std::string settingsDamage() const;
  // Stores a new set of secrets. In a new home, settings.json is written first: a missing settings.json
  // beside secrets means that it was lost.
  [[nodiscard]] Result<void> addSecrets(const std::string &name, const Secrets &new_secrets);
  // Drops data without a connection: immediately in memory, and on disk if it can be written.
  [[nodiscard]] Result<void> dropUnconnectedData();
};

}  // namespace roots::host
