// The home: the folders in which the host stores its files. Settings and secrets are in the user's folder for
// settings, fetched data in the one for state; with --home DIR, both are in DIR. Also the lock that prevents
// two hosts from writing to one home at the same time. Use on one thread.
#pragma once

#include <roots/result.hpp>

#include <chrono>
#include <filesystem>
#include <string>

namespace roots::host {

struct Home {
  // All files in one folder.
  Home(std::filesystem::path folder);  // NOLINT(*-explicit-*): a folder is a home
  Home(std::filesystem::path settings_folder, std::filesystem::path data_folder);

  std::filesystem::path settings;  // folder of settings.json, secrets.json, and the lock
  std::filesystem::path data;      // folder of context.json and calendar.json

  // The path of a file with fetched data: in the folder for data, or still in that for settings, where
  // former versions stored it.
  [[nodiscard]] std::filesystem::path dataFile(const std::string &name) const;
};

// How long to wait for another host.
inline constexpr std::chrono::seconds kLockWait{3};

// The home that --home names, otherwise roots-host-stub in the user's folders (plugins/user_folders.h).
// Missing folders are created, readable by their owner only; an existing one is not changed, and is refused
// if others can write to it. Moves the fetched data of a former version; what cannot be moved stays in
// effect where it is until the next call.
[[nodiscard]] Result<Home> openHome(const std::string &home_option,
                                    std::chrono::milliseconds lock_wait = kLockWait);

// Held while state is written. Another process waits briefly and then reports which host holds it.
class HomeLock {
 public:
  [[nodiscard]] static Result<HomeLock> acquire(const Home &home,
                                                std::chrono::milliseconds wait_limit = kLockWait);
  HomeLock(HomeLock &&other) noexcept;
  HomeLock &operator=(HomeLock &&) = delete;
  ~HomeLock();

 private:
  explicit HomeLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace roots::host
