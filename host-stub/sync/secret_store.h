// Secrets of connections (keys, client secrets, tokens), in a file of their own that only its owner may
// read. Owners are plugin ids and "moco". One thread; hold a HomeLock while changing.
#pragma once

#include <roots/result.hpp>

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace roots::host {

class SecretStore {
 public:
  // Refuses a file that others may read.
  [[nodiscard]] static Result<SecretStore> open(const std::filesystem::path &home);

  [[nodiscard]] std::optional<std::string> get(const std::string &owner, const std::string &key) const;
  [[nodiscard]] Result<void> set(const std::string &owner, const std::string &key, const std::string &value);
  [[nodiscard]] Result<void> forget(const std::string &owner, const std::string &key);
  // All secrets of an owner at once, in one write.
  [[nodiscard]] Result<void> replaceAll(const std::string &owner,
                                        const std::map<std::string, std::string> &secrets);
  [[nodiscard]] Result<void> forgetAll(const std::string &owner);

 private:
  using Secrets = std::map<std::string, std::map<std::string, std::string>>;
  explicit SecretStore(std::filesystem::path file) : file_(std::move(file)) {}
  [[nodiscard]] Result<void> keep(Secrets changed);

  std::filesystem::path file_;
  Secrets secrets_;
};

}  // namespace roots::host
