// The keyring of the desktop, through the program roots-keyring in the same folder: one entry for each set
// of secrets of this home. An object, and so a command, asks the user for permission at most once and for a
// bounded time, and reports on the terminal what it waits for. Use on one thread.
#pragma once

#include <roots/result.hpp>

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace roots::host {

// Exit codes of roots-keyring. The last ones are set by the caller.
enum class KeyringExit {
  done = 0,
  failed = 1,  // the outcome is unknown
  wrong_use = 2,
  nothing = 3,     // searched, locked keyrings included: there is no such entry
  no_service = 4,  // no keyring is available in this session
  locked = 5,      // and stayed locked; nothing was done
  not_done = 6,    // the service confirmed the change, but it is not visible
  unanswered = 100,
  cancelled = 101,
  out_of_reach = 102  // no session bus, no roots-keyring, or the user requires a file
};
inline constexpr int kKeyringWritesHere = 3;
inline constexpr char kKeyringAsks = 'p';  // the user is asked for permission now
inline constexpr char kKeyringText = 't';  // the text of the entry follows

// How a command uses the keyring.
struct KeyringAccess {
  std::function<bool()> is_cancelled = {};
  std::function<void(std::string_view line)> report = {};  // for the user, at most once
  std::chrono::milliseconds wait_limit{
      std::chrono::minutes(2)};        // limit for all waits: the user may have to type a password
  std::filesystem::path program = {};  // "": the one in the folder of this program
};

class Keyring {
 public:
  enum class Asking { allowed, no };  // whether the user may be asked to unlock it

  Keyring(std::filesystem::path home, KeyringAccess access);

  [[nodiscard]] static bool isRuledOut();  // by ROOTS_SECRETS=file
  [[nodiscard]] bool isReachable() const;  // there is a session and roots-keyring, and it is not ruled out

  struct Answer {
    KeyringExit exit;
    std::string text;  // of load: the entry; wipe it
  };
  // The name "" is the single entry of all connections that former versions wrote.
  [[nodiscard]] Answer load(const std::string &name);
  [[nodiscard]] KeyringExit keep(const std::string &name, const std::string &text,
                                 Asking asking = Asking::allowed);
  [[nodiscard]] KeyringExit remove(const std::string &name, Asking asking = Asking::allowed);

 private:
  [[nodiscard]] Answer ask(const std::string &operation, const std::string &name, const std::string &input,
                           Asking asking);
  [[nodiscard]] Answer run(const std::string &operation, const std::string &name, const std::string &input,
                           Asking asking);
  void reportOnce(std::string_view line);

  std::filesystem::path home_;
  KeyringAccess access_;
  std::optional<KeyringExit> refusal_;  // for this command: the keyring is not asked again
  bool has_reported_ = false;
};

// The reason as part of a sentence: "it is locked, or its prompt was dismissed".
[[nodiscard]] std::string reasonOf(KeyringExit exit);

}  // namespace roots::host
