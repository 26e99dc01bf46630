// One text in the keyring of the desktop, through the program roots-keyring that is installed beside this
// one. One thread; a call waits while the desktop asks the user to unlock the keyring.
#pragma once

#include <roots/result.hpp>

#include <filesystem>
#include <optional>
#include <string>

namespace roots::host {

// How roots-keyring ends, and where it writes.
enum class KeyringExit { done = 0, wrong_use = 2, nothing = 3, no_service = 4, refused = 5 };
inline constexpr int kKeyringWritesHere = 3;

class Keyring {
 public:
  // For the secrets of this home. nullopt: there is none to be asked: no session bus, no roots-keyring, or
  // the user set ROOTS_SECRETS=file.
  [[nodiscard]] static std::optional<Keyring> of(const std::filesystem::path &home);

  // Status::try_later and what to do, if it does not answer or stays locked.
  [[nodiscard]] Result<std::optional<std::string>> load() const;
  [[nodiscard]] Result<void> keep(const std::string &text) const;
  [[nodiscard]] Result<void> forget() const;

 private:
  Keyring(std::filesystem::path program, std::filesystem::path home)
      : program_(std::move(program)), home_(std::move(home)) {}
  struct Answer {
    KeyringExit exit;
    std::string text;
  };
  [[nodiscard]] Answer ask(const std::string &wish, const std::string &input = "") const;

  std::filesystem::path program_;
  std::filesystem::path home_;
};

}  // namespace roots::host
