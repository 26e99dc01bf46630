// A desktop session for the real host: a private session bus with GNOME's keyring, or with a scripted one.
// Nobody answers the prompts of the keyring. Use on one thread.
#pragma once

#include "support/host_user.h"
#include "support/process.h"
#include "support/temporary_folder.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace roots::test {

class DesktopSession {
 public:
  DesktopSession();
  ~DesktopSession();
  DesktopSession(const DesktopSession &) = delete;
  DesktopSession &operator=(const DesktopSession &) = delete;

  // Runs these shell commands on a bus that ends with them. $host is the host with the user's home; connect
  // and moco_connect sign in; entry WISH NAME runs roots-keyring for that home. keyring: the commands that
  // start the Secret Service, or its replacement.
  [[nodiscard]] std::string run(HostUser &user, const std::string &lines, const std::string &keyring) const;

  // A file in the session's home: $HOME/NAME.
  [[nodiscard]] std::string content(const std::string &name) const;

  // GNOME's keyring with an unlocked default keyring; the commands lock and unlock change that.
  static const std::string kUnlocked;
  // The same; a dialog that it opens is closed without a password, and $HOME/prompts counts the dialogs.
  [[nodiscard]] static std::string withPrompter();
  // The scripted keyring (end-to-end/keyring/scripted_keyring.cpp); set_to WORDS configures it, fresh_log
  // clears its log.
  [[nodiscard]] static std::string scripted();

  // Starts a bus that lasts as long as this object, with GNOME's keyring, unlocked.
  void start();
  // For programs that run on that bus.
  [[nodiscard]] const std::map<std::string, std::string> &environment() const { return environment_; }
  // Both keep the content of the keyring.
  void lockKeyring() const;
  void unlockKeyring() const;

 private:
  void runOnBus(const std::string &lines) const;

  TemporaryFolder folder_;
  std::map<std::string, std::string> environment_;
  std::unique_ptr<RunningProcess> bus_;
};

// Everything that the host stores in files.
inline std::string filesOf(const HostUser &user) {
  std::string all;
  for (const auto &entry : std::filesystem::directory_iterator(user.home()))
    if (entry.is_regular_file()) all += contentOf(entry.path());
  return all;
}

}  // namespace roots::test
