// Small state files that survive anything: a file is replaced as a whole or not at all, and only its owner
// may read it. Also the lock that keeps two hosts from writing to one home at the same time.
#pragma once

#include <roots/kit/json.h>
#include <roots/result.hpp>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

namespace roots::host {

// nullopt: there is no such file. The error names the file and what to do.
[[nodiscard]] Result<std::optional<std::string>> readStateFile(const std::filesystem::path &file);

// Writes beside the file, flushes to the disk, renames. On failure the old file is as it was.
[[nodiscard]] Result<void> replaceStateFile(const std::filesystem::path &file, const std::string &content);

// Removes what an interrupted replaceStateFile() left beside the file. Hold the home's lock.
void removeDraft(const std::filesystem::path &file);

// A state file as JSON with a "version" member. nullopt: no such file. A broken file and one of a newer
// version are errors that name the file; neither is ever overwritten.
[[nodiscard]] Result<std::optional<kit::JsonDocument>> readVersionedFile(const std::filesystem::path &file,
                                                                         int version);

// The folder of all state: --home, else $XDG_CONFIG_HOME/roots-host-stub, else ~/.config/roots-host-stub.
// Made, readable by its owner only, if it is missing.
[[nodiscard]] Result<std::filesystem::path> openHome(const std::string &home_option);

// Held while state is written. Another process waits a moment and then says who is in the way.
class HomeLock {
 public:
  [[nodiscard]] static Result<HomeLock> acquire(const std::filesystem::path &home,
                                                std::chrono::milliseconds patience = std::chrono::seconds(3));
  HomeLock(HomeLock &&other) noexcept;
  HomeLock &operator=(HomeLock &&) = delete;
  ~HomeLock();

 private:
  explicit HomeLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace roots::host
