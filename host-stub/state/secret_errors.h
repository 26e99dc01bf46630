// Why secrets could not be read, stored, or removed, and how the user can fix it.
#pragma once

#include "state/keyring.h"

#include <roots/result.hpp>

#include <filesystem>
#include <string>

namespace roots::host {

[[nodiscard]] Error unusable(KeyringExit exit);       // it could not be read
[[nodiscard]] Error refusedToKeep(KeyringExit exit);  // names the alternatives
[[nodiscard]] Error stillThere(KeyringExit exit);     // not removed, but recorded for later removal
[[nodiscard]] Error stillThere(const Error &cause);
[[nodiscard]] Error sharedWithUnknownOwners();          // not removed
[[nodiscard]] Error notThere();                         // the keyring does not contain the expected entry
[[nodiscard]] Error damaged(const std::string &label);  // label of the entry: "roots: keys of LABEL"
[[nodiscard]] Error readableByOthers(const std::filesystem::path &file);
[[nodiscard]] Error tooLarge();

}  // namespace roots::host
