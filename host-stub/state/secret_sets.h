// The content of secrets.json and of the entries in the keyring, as values and as JSON. Pure;
// secret_store.h stores them.
#pragma once

#include <roots/kit/json.h>
#include <roots/kit/wipe.h>

#include <map>
#include <optional>
#include <string>

namespace roots::host {

using Secrets = std::map<std::string, std::string>;

struct SecretSet {
  bool in_keyring = false;
  bool may_be_in_keyring =
      false;               // a copy of the set in the file may be in the keyring, after an interrupted move
  bool is_loaded = false;  // from the keyring; not stored
  Secrets secrets;
};

// The single entry of all connections that former versions wrote to the keyring.
enum class FormerEntry { none, in_use, to_be_removed };

struct SecretSets {
  std::map<std::string, SecretSet> named;
  FormerEntry former = FormerEntry::none;
};

void wipe(SecretSets &sets);

// secrets.json, without the values of sets in the keyring.
inline constexpr int kSecretsFileVersion = 2;
[[nodiscard]] std::string secretsFileJson(const SecretSets &sets);
[[nodiscard]] SecretSets parseSecretSets(kit::JsonView root);  // of this or an earlier version

// An entry in the keyring. nullopt: damaged, or of a newer version.
[[nodiscard]] std::string entryText(const Secrets &secrets);
[[nodiscard]] std::optional<Secrets> secretsFromEntry(const std::string &text);
[[nodiscard]] std::optional<std::map<std::string, Secrets>> secretsFromFormerEntry(const std::string &text);

}  // namespace roots::host
