// Secrets of connections (keys, client secrets, tokens): in the keyring of the desktop where one answers,
// else in a file of their own that only its owner may read. secrets.json holds them, or says that the keyring
// does. Once there, they stay in the keyring. Owners are plugin ids and "moco". One thread; hold a HomeLock
// while changing.
#pragma once

#include <roots/result.hpp>

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace roots::host {

class SecretStore {
 public:
  // Refuses a file that others may read. Does not ask the keyring yet.
  [[nodiscard]] static Result<SecretStore> open(const std::filesystem::path &home);
  SecretStore(SecretStore &&) = default;
  SecretStore &operator=(SecretStore &&) = default;
  ~SecretStore();  // wipes them

  // To be called before get(): asks the keyring, once. Status::try_later and what to do, if it does not
  // answer.
  [[nodiscard]] Result<void> ready();
  [[nodiscard]] bool areInKeyring() const { return in_keyring_; }

  [[nodiscard]] std::optional<std::string> get(const std::string &owner, const std::string &key) const;
  [[nodiscard]] Result<void> set(const std::string &owner, const std::string &key, const std::string &value);
  [[nodiscard]] Result<void> forget(const std::string &owner, const std::string &key);
  // All secrets of an owner at once, in one write.
  [[nodiscard]] Result<void> replaceAll(const std::string &owner,
                                        const std::map<std::string, std::string> &secrets);
  [[nodiscard]] Result<void> forgetAll(const std::string &owner);
  // Those of everybody else. What is in the keyring and was not read yet stays: it is not asked for this.
  [[nodiscard]] Result<void> forgetAllBut(const std::set<std::string> &owners);

 private:
  using Secrets = std::map<std::string, std::map<std::string, std::string>>;
  explicit SecretStore(std::filesystem::path home) : home_(std::move(home)), file_(home_ / "secrets.json") {}
  // edit says whether it changed anything.
  [[nodiscard]] Result<void> change(const std::function<bool(Secrets &)> &edit);
  [[nodiscard]] Result<void> write(const Secrets &changed);

  std::filesystem::path home_;
  std::filesystem::path file_;
  Secrets secrets_;
  bool in_keyring_ = false;
  bool keyring_was_read_ = false;
};

}  // namespace roots::host
