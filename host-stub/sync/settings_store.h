// Keeps the user's settings on disk and enforces the locks: whoever wants to edit a locked setting is
// refused here, whatever view or command asks. Every change is on disk before it is reported as done.
// One thread; hold a HomeLock while changing.
#pragma once

#include "sync/settings.h"

#include <filesystem>
#include <functional>

namespace roots::host {

// Why an edit is refused: the lock's own words and who holds it.
struct LockedBy {
  std::string setting;
  std::string reason;
  std::string provider;  // for people: "Personio"
};

// "Weekly hours are locked by Personio: ..."
[[nodiscard]] std::string lockedMessage(const LockedBy &lock);

class SettingsStore {
 public:
  [[nodiscard]] static Result<SettingsStore> open(const std::filesystem::path &home);

  [[nodiscard]] const HostSettings &get() const { return settings_; }

  // nullopt: may be edited. setting: "weekday_hours" or "absences".
  [[nodiscard]] std::optional<LockedBy> lockOn(const std::string &setting) const;

  // Edits by the user. The error of a lock has the setting in Error::setting; callers who want to tell it
  // from other refusals ask lockOn() first.
  [[nodiscard]] Result<void> setWeekdayMinutes(const std::array<int, 7> &minutes);
  // Gives the absence an id; refuses a reversed range, halves of several days, and overlaps.
  [[nodiscard]] Result<ManualAbsence> addAbsence(ManualAbsence absence);
  // Status::person_not_found stands for "no absence of this id".
  [[nodiscard]] Result<void> removeAbsence(const std::string &id);

  // Changes by the host itself (connections, plugins). On failure nothing is changed.
  [[nodiscard]] Result<void> change(const std::function<void(HostSettings &)> &edit);

 private:
  explicit SettingsStore(std::filesystem::path file) : file_(std::move(file)) {}
  [[nodiscard]] Result<void> requireUnlocked(const std::string &setting) const;

  std::filesystem::path file_;
  HostSettings settings_;
};

}  // namespace roots::host
