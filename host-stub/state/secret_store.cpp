#include "state/secret_store.h"

#include "state/secret_errors.h"
#include "state/state_file.h"

#include <roots/kit/wipe.h>

#include <sys/stat.h>

#include <algorithm>

namespace roots::host {
namespace {

using Asking = Keyring::Asking;

// Maximum size of a set as text: it fits into a pipe, so that passing it to roots-keyring never waits.
constexpr std::size_t kMaxTextSize = 64 * 1024;

constexpr char kBeforeNumber = '#';  // in the name of a set; no id of a plugin contains it

bool othersMayRead(const std::filesystem::path &file) {
  struct stat state{};
  return ::stat(file.c_str(), &state) == 0 && (state.st_mode & 077) != 0;
}

}  // namespace

SecretStore::SecretStore(const std::filesystem::path &home, KeyringAccess access)
    : file_(home / "secrets.json"), keyring_(home, std::move(access)) {}

SecretStore::~SecretStore() { wipe(sets_); }

Result<SecretStore> SecretStore::open(const std::filesystem::path &home, KeyringAccess access) {
  SecretStore store(home, std::move(access));
  if (othersMayRead(store.file_)) return readableByOthers(store.file_);
  const auto document = readVersionedFile(store.file_, kSecretsFileVersion);
  if (!document) return document.error();
  if (document->has_value()) store.sets_ = parseSecretSets((*document)->root());
  return store;
}

void SecretStore::nameInForce(const std::set<std::string> &names) { in_force_ = names; }

std::set<std::string> SecretStore::names() const {
  std::set<std::string> names;
  for (const auto &[name, set] : sets_.named) names.insert(name);
  return names;
}

std::string SecretStore::ownerOf(const std::string &name) { return name.substr(0, name.find(kBeforeNumber)); }

bool SecretStore::isInForce(const std::string &name) const { return !in_force_ || in_force_->contains(name); }

// Whether a set in effect may be in that entry, without reading it.
bool SecretStore::isFormerEntryNeeded() const {
  if (sets_.former != FormerEntry::in_use) return false;
  if (!in_force_ || former_owners_are_unknown_) return true;
  return std::any_of(in_force_->begin(), in_force_->end(),
                     [&](const std::string &name) { return !sets_.named.contains(name); });
}

bool SecretStore::areInKeyring() const {
  return isFormerEntryNeeded() || std::any_of(sets_.named.begin(), sets_.named.end(), [&](const auto &set) {
           return set.second.in_keyring && isInForce(set.first);
         });
}

bool SecretStore::hasLeftoversInKeyring() const {
  if (sets_.former != FormerEntry::none && !isFormerEntryNeeded()) return true;
  return std::any_of(sets_.named.begin(), sets_.named.end(),
                     [&](const auto &set) { return set.second.in_keyring && !isInForce(set.first); });
}

Result<void> SecretStore::commit(SecretSets changed) {
  std::string text = secretsFileJson(changed);
  const kit::WipedAtEnd wiped(text);
  auto written = replaceStateFile(file_, text);
  if (written) std::swap(sets_, changed);
  wipe(changed);
  return written;
}

Result<void> SecretStore::commitSet(const std::string &name, SecretSet set) {
  SecretSets changed = sets_;
  changed.named[name] = std::move(set);
  return commit(std::move(changed));
}

Result<void> SecretStore::commitWithout(const std::string &name) {
  SecretSets changed = sets_;
  changed.named.erase(name);
  return commit(std::move(changed));
}

Result<void> SecretStore::load(const std::string &name) {
  if (!sets_.named.contains(name) && sets_.former == FormerEntry::in_use) {
    if (auto moved = moveFormerEntry(); !moved) return moved;
  }
  const auto found = sets_.named.find(name);
  if (found == sets_.named.end() || !found->second.in_keyring || found->second.is_loaded) return {};
  Keyring::Answer answer = keyring_.load(name);
  const kit::WipedAtEnd wiped(answer.text);
  if (answer.exit == KeyringExit::nothing) return notThere();
  if (answer.exit != KeyringExit::done) return unusable(answer.exit);
  auto secrets = secretsFromEntry(answer.text);
  if (!secrets) return damaged(name);
  found->second.secrets = std::move(*secrets);
  found->second.is_loaded = true;
  tidyUp();
  return {};
}

// Each set in effect gets an entry of its own. The former entry stays valid until secrets.json says
// otherwise, so an interrupted move is repeated.
Result<void> SecretStore::moveFormerEntry() {
  Keyring::Answer answer = keyring_.load("");
  const kit::WipedAtEnd wiped(answer.text);
  if (answer.exit == KeyringExit::nothing) return notThere();
  if (answer.exit != KeyringExit::done) return unusable(answer.exit);
  auto owners = secretsFromFormerEntry(answer.text);
  if (!owners) return damaged("connected services");
  SecretSets changed = sets_;
  if (!former_owners_are_unknown_) changed.former = FormerEntry::to_be_removed;
  for (auto &[owner, secrets] : *owners) {
    const kit::WipedAtEnd its_wiped(secrets);
    const bool stays_there = former_owners_are_unknown_ && !isInForce(owner);
    if (changed.named.contains(owner) || stays_there) continue;
    // An interrupted move may have stored a set there that is not in effect.
    changed.named[owner] = SecretSet{true, false, true, isInForce(owner) ? secrets : Secrets()};
    if (!isInForce(owner)) continue;
    if (const auto kept = send(owner, secrets); kept != KeyringExit::done) {
      wipe(changed);
      return unusable(kept);
    }
  }
  if (auto written = commit(std::move(changed)); !written) return written;
  tidyUp();
  return {};
}

std::optional<std::string> SecretStore::get(const std::string &name, const std::string &key) const {
  const auto set = sets_.named.find(name);
  if (set == sets_.named.end()) return std::nullopt;
  const auto value = set->second.secrets.find(key);
  if (value == set->second.secrets.end()) return std::nullopt;
  return value->second;
}

std::string SecretStore::newName(const std::string &base) const {
  const auto isFree = [&](const std::string &name) {
    const bool is_named = in_force_ && in_force_->contains(name);
    return !is_named && !sets_.named.contains(name) && sets_.former == FormerEntry::none;
  };
  if (isFree(base)) return base;
  for (int number = 2;; ++number) {
    std::string name = base + kBeforeNumber + std::to_string(number);
    if (!sets_.named.contains(name) && !(in_force_ && in_force_->contains(name))) return name;
  }
}

bool SecretStore::fits(const Secrets &secrets) {
  std::string text = entryText(secrets);
  const kit::WipedAtEnd wiped(text);
  return text.size() <= kMaxTextSize;
}

Result<void> SecretStore::replaceAll(const std::string &name, const Secrets &secrets) {
  if (in_force_) in_force_->insert(name);
  return keep(name, secrets);
}

Result<void> SecretStore::set(const std::string &name, const std::string &key, const std::string &value) {
  return edit(name, [&](Secrets &secrets) {
    if (const auto found = secrets.find(key); found != secrets.end() && found->second == value) return false;
    secrets[key] = value;
    return true;
  });
}

Result<void> SecretStore::forget(const std::string &name, const std::string &key) {
  return edit(name, [&](Secrets &secrets) { return secrets.erase(key) > 0; });
}

Result<void> SecretStore::edit(const std::string &name, const std::function<bool(Secrets &)> &change) {
  // Sets in the keyring that were not read yet would be lost.
  if (auto loaded = load(name); !loaded) return loaded;
  const auto found = sets_.named.find(name);
  Secrets secrets = found == sets_.named.end() ? Secrets() : found->second.secrets;
  const kit::WipedAtEnd wiped(secrets);
  if (!change(secrets)) return {};
  return keep(name, secrets);
}

KeyringExit SecretStore::send(const std::string &name, const Secrets &secrets, Asking asking) {
  std::string text = entryText(secrets);
  const kit::WipedAtEnd wiped(text);
  return keyring_.keep(name, text, asking);
}

Result<void> SecretStore::keep(const std::string &name, const Secrets &secrets) {
  if (!fits(secrets)) return tooLarge();
  const auto found = sets_.named.find(name);
  const bool is_new =
      found == sets_.named.end() || (!found->second.in_keyring && found->second.secrets.empty());
  if (is_new) return keepNew(name, secrets);
  if (!found->second.in_keyring) return keepInFile(name, secrets);
  if (const auto sent = send(name, secrets); sent != KeyringExit::done) return refusedToKeep(sent);
  found->second.secrets = secrets;
  found->second.is_loaded = true;
  return {};
}

// secrets.json names the entry before it exists, so that no entry stays in the keyring unnoticed.
Result<void> SecretStore::keepNew(const std::string &name, const Secrets &secrets) {
  const bool is_due = !secrets.empty() && !Keyring::isRuledOut();
  const bool others_are_there = areInKeyring();
  if (is_due && !keyring_.isReachable() && others_are_there) return refusedToKeep(KeyringExit::out_of_reach);
  if (!is_due || !keyring_.isReachable()) return commitSet(name, SecretSet{false, false, false, secrets});
  const auto former = sets_.named.find(name);
  const bool was_there = former != sets_.named.end();  // without secrets
  const bool may_have_been = was_there && former->second.may_be_in_keyring;
  if (auto announced = commitSet(name, SecretSet{true, false, false, {}}); !announced) return announced;
  const auto sent = send(name, secrets);
  if (sent == KeyringExit::done) {
    sets_.named[name].secrets = secrets;
    sets_.named[name].is_loaded = true;
    tidyUp();
    return {};
  }
  if (sent == KeyringExit::no_service && !others_are_there)
    return commitSet(name, SecretSet{false, false, false, secrets});
  const bool may_be_there = may_have_been || (sent != KeyringExit::no_service && sent != KeyringExit::locked);
  if (was_there) {
    (void)commitSet(name, SecretSet{false, may_be_there, false, {}});
  } else {
    if (in_force_) in_force_->erase(name);
    if (!may_be_there) (void)commitWithout(name);
  }
  return refusedToKeep(sent);
}

// Moves secrets from the file to the keyring if no permission is needed.
Result<void> SecretStore::keepInFile(const std::string &name, const Secrets &secrets) {
  SecretSet set = sets_.named.at(name);
  const kit::WipedAtEnd wiped(set.secrets);
  if (keyring_.isReachable()) {
    const bool may_have_been = set.may_be_in_keyring;
    set.may_be_in_keyring = true;
    if (auto announced = commitSet(name, set); !announced) return announced;
    const auto sent = send(name, secrets, Asking::no);
    if (sent == KeyringExit::done) return commitSet(name, SecretSet{true, false, true, secrets});
    set.may_be_in_keyring = may_have_been || (sent != KeyringExit::no_service && sent != KeyringExit::locked);
  }
  set.secrets = secrets;
  return commitSet(name, set);
}

}  // namespace roots::host
