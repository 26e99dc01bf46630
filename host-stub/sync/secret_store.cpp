#include "sync/secret_store.h"

#include "sync/keyring.h"
#include "sync/state_file.h"

#include <roots/kit/wipe.h>

#include <sys/stat.h>

namespace roots::host {
namespace {

constexpr int kVersion = 1;

using Owned = std::map<std::string, std::map<std::string, std::string>>;

std::string jsonOf(const Owned &secrets) {
  kit::JsonWriter writer(kit::JsonWriter::Style::indented);
  writer.beginObject().integer("version", kVersion).name("secrets").beginObject();
  for (const auto &[owner, values] : secrets) {
    writer.name(owner).beginObject();
    for (const auto &[key, value] : values) writer.text(key, value);
    writer.endObject();
  }
  writer.endObject().endObject();
  return writer.finish() + "\n";
}

Owned secretsFrom(kit::JsonView root) {
  Owned found;
  const kit::JsonView owners = root["secrets"];
  for (std::size_t index = 0; index < owners.size(); ++index) {
    auto &values = found[std::string(owners.memberName(index))];
    const kit::JsonView secrets = owners.memberValue(index);
    for (std::size_t at = 0; at < secrets.size(); ++at) {
      values[std::string(secrets.memberName(at))] = secrets.memberValue(at).textOrEmpty();
    }
  }
  return found;
}

// What the file says when the keyring holds them.
std::string markerJson() {
  return kit::JsonWriter(kit::JsonWriter::Style::indented)
             .beginObject()
             .integer("version", kVersion)
             .text("kept_in", "keyring")
             .endObject()
             .finish() +
         "\n";
}

bool othersMayRead(const std::filesystem::path &file) {
  struct stat state {};
  return ::stat(file.c_str(), &state) == 0 && (state.st_mode & 077) != 0;
}

}  // namespace

SecretStore::~SecretStore() { kit::wipe(secrets_); }

Result<SecretStore> SecretStore::open(const std::filesystem::path &home) {
  SecretStore store(home);
  if (othersMayRead(store.file_)) {
    return Error{Status::internal,
                 "The file " + store.file_.string() +
                     " can be read by others. Make it yours alone (chmod 600), then renew the secrets in it.",
                 "",
                 0,
                 {}};
  }
  const auto document = readVersionedFile(store.file_, kVersion);
  if (!document) return document.error();
  if (!document->has_value()) return store;
  store.in_keyring_ = (*document)->root()["kept_in"].asText() == "keyring";
  store.secrets_ = secretsFrom((*document)->root());
  return store;
}

Result<void> SecretStore::ready() {
  if (!in_keyring_ || keyring_was_read_) return {};
  const auto keyring = Keyring::of(home_);
  if (!keyring) {
    return Error{
        Status::try_later,
        "Your keys are in the keyring of your desktop, which cannot be reached from here. Sign in to the "
        "desktop and try again; or remove " +
            file_.string() + " and connect anew to keep them in a file.",
        "",
        0,
        {}};
  }
  auto text = keyring->load();
  if (!text) return std::move(text).error();
  if (text->has_value()) {
    const kit::WipedAtEnd wiped(**text);
    const auto document = kit::JsonDocument::parse(**text);
    const bool is_understood = document && document->root()["version"].asInteger() == kVersion &&
                               document->root()["secrets"].isObject();
    if (!is_understood) {
      return Error{
          Status::internal,
          "Your keys in the keyring of your desktop are damaged or of a newer version; they were left as "
          "they "
          "are. Update this program, or remove the entry \"roots: keys of connected services\" from the "
          "keyring and connect anew.",
          "",
          0,
          {}};
    }
    secrets_ = secretsFrom(document->root());
  }
  keyring_was_read_ = true;
  return {};
}

std::optional<std::string> SecretStore::get(const std::string &owner, const std::string &key) const {
  const auto values = secrets_.find(owner);
  if (values == secrets_.end()) return std::nullopt;
  const auto value = values->second.find(key);
  if (value == values->second.end()) return std::nullopt;
  return value->second;
}

Result<void> SecretStore::set(const std::string &owner, const std::string &key, const std::string &value) {
  return change([&](Secrets &secrets) {
    if (secrets[owner][key] == value) return false;
    secrets[owner][key] = value;
    return true;
  });
}

Result<void> SecretStore::forget(const std::string &owner, const std::string &key) {
  return change([&](Secrets &secrets) { return secrets[owner].erase(key) > 0; });
}

Result<void> SecretStore::replaceAll(const std::string &owner,
                                     const std::map<std::string, std::string> &secrets) {
  return change([&](Secrets &changed) {
    changed[owner] = secrets;
    return true;
  });
}

Result<void> SecretStore::forgetAll(const std::string &owner) {
  return change([&](Secrets &secrets) { return secrets.erase(owner) > 0; });
}

Result<void> SecretStore::forgetAllBut(const std::set<std::string> &owners) {
  if (in_keyring_ && !keyring_was_read_) return {};
  return change([&](Secrets &secrets) {
    return std::erase_if(secrets, [&](const auto &owned) { return !owners.contains(owned.first); }) > 0;
  });
}

Result<void> SecretStore::change(const std::function<bool(Secrets &)> &edit) {
  // What is in the keyring and was not read yet would be lost.
  if (auto available = ready(); !available) return available;
  Secrets changed = secrets_;
  const kit::WipedAtEnd wiped(changed);
  Result<void> written;
  if (edit(changed)) {
    written = write(changed);
    if (written) std::swap(secrets_, changed);
  }
  return written;
}

Result<void> SecretStore::write(const Secrets &changed) {
  std::string text = jsonOf(changed);
  const kit::WipedAtEnd wiped(text);
  const auto keyring = Keyring::of(home_);
  const bool nothing_left = changed.empty();
  if (keyring && nothing_left && in_keyring_) {
    if (auto forgotten = keyring->forget(); !forgotten) return forgotten;
    in_keyring_ = false;
    return replaceStateFile(file_, text);
  }
  if (keyring && !nothing_left) {
    auto kept = keyring->keep(text);
    if (in_keyring_) return kept;
    // From now on there; the file goes only when its secrets are safe.
    if (kept) {
      in_keyring_ = keyring_was_read_ = true;
      return replaceStateFile(file_, markerJson());
    }
  }
  return replaceStateFile(file_, text);
}

}  // namespace roots::host
