#include "sync/secret_store.h"

#include "sync/state_file.h"

#include <sys/stat.h>

namespace roots::host {
namespace {

constexpr int kVersion = 1;

std::string jsonOf(const std::map<std::string, std::map<std::string, std::string>> &secrets) {
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

bool othersMayRead(const std::filesystem::path &file) {
  struct stat state {};
  return ::stat(file.c_str(), &state) == 0 && (state.st_mode & 077) != 0;
}

}  // namespace

Result<SecretStore> SecretStore::open(const std::filesystem::path &home) {
  SecretStore store(home / "secrets.json");
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
  const kit::JsonView owners = (*document)->root()["secrets"];
  for (std::size_t index = 0; index < owners.size(); ++index) {
    auto &values = store.secrets_[std::string(owners.memberName(index))];
    const kit::JsonView secrets = owners.memberValue(index);
    for (std::size_t at = 0; at < secrets.size(); ++at) {
      values[std::string(secrets.memberName(at))] = secrets.memberValue(at).textOrEmpty();
    }
  }
  return store;
}

std::optional<std::string> SecretStore::get(const std::string &owner, const std::string &key) const {
  const auto values = secrets_.find(owner);
  if (values == secrets_.end()) return std::nullopt;
  const auto value = values->second.find(key);
  if (value == values->second.end()) return std::nullopt;
  return value->second;
}

Result<void> SecretStore::set(const std::string &owner, const std::string &key, const std::string &value) {
  if (get(owner, key) == value) return {};
  Secrets changed = secrets_;
  changed[owner][key] = value;
  return keep(std::move(changed));
}

Result<void> SecretStore::forget(const std::string &owner, const std::string &key) {
  if (!get(owner, key)) return {};
  Secrets changed = secrets_;
  changed[owner].erase(key);
  return keep(std::move(changed));
}

Result<void> SecretStore::replaceAll(const std::string &owner,
                                     const std::map<std::string, std::string> &secrets) {
  Secrets changed = secrets_;
  changed[owner] = secrets;
  return keep(std::move(changed));
}

Result<void> SecretStore::forgetAll(const std::string &owner) {
  Secrets changed = secrets_;
  if (changed.erase(owner) == 0) return {};
  return keep(std::move(changed));
}

Result<void> SecretStore::keep(Secrets changed) {
  if (auto written = replaceStateFile(file_, jsonOf(changed)); !written) return written;
  secrets_ = std::move(changed);
  return {};
}

}  // namespace roots::host
