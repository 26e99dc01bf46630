// Stores the user's settings on disk and enforces the locks: every change of a locked setting is refused
// here, whichever command requests it. A change is on disk before it is reported as completed. Use on one
// thread; hold a HomeLock while changing.
#pragma once

#include "state/settings.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace roots::host {

// Why a change is refused: the reason of the lock, and the provider that set it.
struct LockedBy {
  std::string setting;
  std::string reason;
  std::string provider;  // for users: "Personio"
  std::string plugin_id;
};

// "Weekly hours are locked by Personio: ..."
[[nodiscard]] std::string lockedMessage(const LockedBy &lock);

class SettingsStore {
 public:
  // A damaged file is not an error: its readable parts are used, the others have their defaults, and
  // damage() describes them. The file is not changed. A file that cannot be read at all and one of a newer
  // version are errors.
  [[nodiscard]] static Result<SettingsStore> open(const std::filesystem::path &home);

  [[nodiscard]] const HostSettings &get() const { return settings_; }

  // The unreadable parts of the file, as sentences; "": none.
  [[nodiscard]] const std::string &damage() const { return damage_; }
  // For commands that change nothing: what is wrong with the file, and that it was not changed.
  [[nodiscard]] std::string damageReport() const;
  // Whether there is neither a file nor a copy of a damaged one.
  [[nodiscard]] bool isNew() const { return is_missing_ && damage_.empty(); }
  // The missing file was lost: other files know connections. Treats it like a damaged one.
  void loseMissingFile();
  // Keeps a copy of the damaged file beside it and replaces the file with its readable parts. The sentences
  // name the copy.
  [[nodiscard]] Result<std::string> setAsideDamaged();
  // Only the user removes the copies: they may contain absences entered by hand that exist nowhere else.
  [[nodiscard]] std::vector<std::filesystem::path> setAsideCopies() const;

  // nullopt: can be changed. setting: "weekday_hours" or "absences".
  [[nodiscard]] std::optional<LockedBy> lockOn(const std::string &setting) const;

  // Changes by the user. The error of a lock names the setting in Error::setting; to distinguish it from
  // other refusals, call lockOn() first.
  [[nodiscard]] Result<void> setWeekdayMinutes(const std::array<int, 7> &minutes);
  // Assigns an id to the absence; refuses a reversed range, half-days on several days, and overlaps.
  [[nodiscard]] Result<ManualAbsence> addAbsence(ManualAbsence absence);
  // false: no absence has this id.
  [[nodiscard]] Result<bool> removeAbsence(const std::string &id);

  // Changes by the host itself (connections, plugins). On failure, nothing is changed.
  [[nodiscard]] Result<void> change(const std::function<void(HostSettings &)> &edit);
  // In memory only; the next change() also writes it.
  void changeInMemory(const std::function<void(HostSettings &)> &edit) { edit(settings_); }

 private:
  explicit SettingsStore(std::filesystem::path file) : file_(std::move(file)) {}
  [[nodiscard]] Result<void> requireUnlocked(const std::string &setting) const;
  [[nodiscard]] std::string whatIsMissing() const;
  void loseAll(const std::string &why);

  std::filesystem::path file_;
  HostSettings settings_;
  std::string damage_;
  bool is_missing_ = false;
};

}  // namespace roots::host
