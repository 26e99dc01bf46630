// Secrets of connections (keys, client secrets, tokens), as named sets. settings.json names the set in
// effect for each connection: new secrets are written beside the old ones, and one rename decides. Each set
// is in the keyring of the desktop if one is available, otherwise in secrets.json, which only its owner can
// read and which records where each set is. A set that the settings do not name is a leftover. Leftovers in
// the file are removed with the next change, those in the keyring as soon as it can be used; until then
// secrets.json records them. Use on one thread; hold a HomeLock while changing and loading.
#pragma once

#include "state/keyring.h"
#include "state/secret_sets.h"

#include <roots/result.hpp>

#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>

namespace roots::host {

class SecretStore {
 public:
  // Refuses a file that others can read. Does not use the keyring yet.
  [[nodiscard]] static Result<SecretStore> open(const std::filesystem::path &home, KeyringAccess access = {});
  SecretStore(SecretStore &&) = default;
  SecretStore &operator=(SecretStore &&) = default;
  ~SecretStore();  // wipes them

  // The sets that the settings name; all others are leftovers. Before this call, there are none.
  void nameInForce(const std::set<std::string> &names);
  // The settings were damaged, so the single entry of former versions may contain secrets of connections
  // that they no longer name: it is not removed.
  void keepFormerEntry() { former_owners_are_unknown_ = true; }
  // The names of all sets in secrets.json, including those in the keyring; and the owner of a set:
  // "roots.personio#2" -> "roots.personio".
  [[nodiscard]] std::set<std::string> names() const;
  [[nodiscard]] static std::string ownerOf(const std::string &name);
  // Whether the single entry of former versions may contain secrets, of any owner.
  [[nodiscard]] bool dependsOnFormerEntry() const { return sets_.former == FormerEntry::in_use; }
  // Whether a set in effect is in the keyring, and whether the keyring may still contain a leftover.
  [[nodiscard]] bool areInKeyring() const;
  [[nodiscard]] bool hasLeftoversInKeyring() const;
  // Removes leftovers from the file, and from the keyring unless that needs the user's permission: those
  // stay recorded.
  [[nodiscard]] Result<void> removeLeftovers();

  // Call it before get(). Reads the set from the keyring if it is there. The error states what to do:
  // Status::try_later if the keyring cannot be used, sign_in_failed if it does not contain the set any
  // more.
  [[nodiscard]] Result<void> load(const std::string &name);
  [[nodiscard]] std::optional<std::string> get(const std::string &name, const std::string &key) const;

  // A free name for a new set: the base itself, "BASE#2", and so on.
  [[nodiscard]] std::string newName(const std::string &base) const;
  // Stores a whole set, which is then in effect. If the keyring refuses, the error names the alternatives;
  // nothing is written to the file instead.
  [[nodiscard]] Result<void> replaceAll(const std::string &name, const Secrets &secrets);
  [[nodiscard]] Result<void> set(const std::string &name, const std::string &key, const std::string &value);
  [[nodiscard]] Result<void> forget(const std::string &name, const std::string &key);
  [[nodiscard]] static bool fits(const Secrets &secrets);  // larger sets are refused

  // Asks for permission if necessary. The error states why the set is still in the keyring, where it is
  // then a leftover.
  [[nodiscard]] Result<void> forgetAll(const std::string &name);
  // The same for all leftovers.
  [[nodiscard]] Result<void> forgetLeftovers();

 private:
  SecretStore(const std::filesystem::path &home, KeyringAccess access);

  // Writes secrets.json, then adopts these sets.
  [[nodiscard]] Result<void> commit(SecretSets changed);
  [[nodiscard]] Result<void> commitSet(const std::string &name, SecretSet set);
  [[nodiscard]] Result<void> commitWithout(const std::string &name);

  [[nodiscard]] bool isInForce(const std::string &name) const;
  [[nodiscard]] bool isFormerEntryNeeded() const;
  [[nodiscard]] Result<void> moveFormerEntry();
  [[nodiscard]] Result<void> edit(const std::string &name, const std::function<bool(Secrets &)> &change);
  [[nodiscard]] Result<void> keep(const std::string &name, const Secrets &secrets);
  [[nodiscard]] Result<void> keepNew(const std::string &name, const Secrets &secrets);
  [[nodiscard]] Result<void> keepInFile(const std::string &name, const Secrets &secrets);
  [[nodiscard]] Result<void> remove(const std::string &name, Keyring::Asking asking);
  [[nodiscard]] Result<void> removeFormerEntry(Keyring::Asking asking);
  [[nodiscard]] KeyringExit send(const std::string &name, const Secrets &secrets,
                                 Keyring::Asking asking = Keyring::Asking::allowed);
  [[nodiscard]] Result<void> removeLeftoversFromKeyring(Keyring::Asking asking);
  void tidyUp() { (void)removeLeftoversFromKeyring(Keyring::Asking::no); }  // the others stay recorded

  std::filesystem::path file_;
  Keyring keyring_;
  SecretSets sets_;
  std::optional<std::set<std::string>> in_force_;  // nullopt: all
  bool former_owners_are_unknown_ = false;
};

}  // namespace roots::host
