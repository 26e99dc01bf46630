// Removes secrets of ended connections: from the file at once, from the keyring as soon as it permits.
#include "state/secret_errors.h"
#include "state/secret_store.h"

#include <roots/kit/wipe.h>

#include <vector>

namespace roots::host {
namespace {

using Asking = Keyring::Asking;

}  // namespace

Result<void> SecretStore::removeLeftovers() {
  SecretSets changed = sets_;
  bool has_changed = false;
  for (auto at = changed.named.begin(); at != changed.named.end();) {
    auto &[name, set] = *at;
    const bool goes_now = !isInForce(name) && !set.in_keyring;
    const bool is_copied = goes_now && set.may_be_in_keyring;
    has_changed = has_changed || goes_now;
    if (is_copied) {
      kit::wipe(set.secrets);
      set = SecretSet{true, false, false, {}};
    }
    at = goes_now && !is_copied ? changed.named.erase(at) : std::next(at);
  }
  if (has_changed) {
    if (auto written = commit(std::move(changed)); !written) return written;
  }
  if (hasLeftoversInKeyring() && keyring_.isReachable()) tidyUp();
  return {};
}

Result<void> SecretStore::forgetLeftovers() { return removeLeftoversFromKeyring(Asking::allowed); }

Result<void> SecretStore::removeLeftoversFromKeyring(Asking asking) {
  std::vector<std::string> leftovers;
  for (const auto &[name, set] : sets_.named)
    if (set.in_keyring && !isInForce(name)) leftovers.push_back(name);
  for (const auto &name : leftovers)
    if (auto removed = remove(name, asking); !removed) return removed;
  if (sets_.former == FormerEntry::none || isFormerEntryNeeded()) return {};
  return removeFormerEntry(asking);
}

Result<void> SecretStore::forgetAll(const std::string &name) {
  if (in_force_) in_force_->erase(name);
  if (!sets_.named.contains(name) && sets_.former == FormerEntry::in_use) {
    if (former_owners_are_unknown_) return sharedWithUnknownOwners();
    if (!isFormerEntryNeeded()) return removeFormerEntry(Asking::allowed);
    if (auto moved = moveFormerEntry(); !moved) return stillThere(moved.error());
  }
  return remove(name, Asking::allowed);
}

Result<void> SecretStore::remove(const std::string &name, Asking asking) {
  const auto found = sets_.named.find(name);
  if (found == sets_.named.end()) return {};
  if (!found->second.in_keyring) {
    if (!found->second.may_be_in_keyring) return commitWithout(name);
    if (auto written = commitSet(name, SecretSet{true, false, false, {}}); !written) return written;
  }
  const auto removed = keyring_.remove(name, asking);
  if (removed != KeyringExit::done && removed != KeyringExit::nothing) return stillThere(removed);
  return commitWithout(name);
}

Result<void> SecretStore::removeFormerEntry(Asking asking) {
  const auto removed = keyring_.remove("", asking);
  if (removed != KeyringExit::done && removed != KeyringExit::nothing) return stillThere(removed);
  SecretSets changed = sets_;
  changed.former = FormerEntry::none;
  return commit(std::move(changed));
}

}  // namespace roots::host
