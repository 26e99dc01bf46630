#include "sync/settings_store.h"

#include "sync/state_file.h"

#include <algorithm>

namespace roots::host {
namespace {

constexpr int kVersion = 1;

Error refusal(Status status, std::string message, std::string setting) {
  return Error{status, std::move(message), std::move(setting), 0, {}};
}

std::string newId(const std::vector<ManualAbsence> &absences) {
  for (std::size_t number = absences.size() + 1;; ++number) {
    const std::string id = "manual-" + std::to_string(number);
    const bool taken = std::any_of(absences.begin(), absences.end(),
                                   [&](const ManualAbsence &absence) { return absence.id == id; });
    if (!taken) return id;
  }
}

// Two halves of one day do not overlap; everything else that shares a day does.
bool overlaps(const ManualAbsence &a, const ManualAbsence &b) {
  if (!kit::intersection(a.days, b.days)) return false;
  const bool different_halves =
      a.extent != Extent::whole_day && b.extent != Extent::whole_day && a.extent != b.extent;
  return !different_halves;
}

}  // namespace

std::string lockedMessage(const LockedBy &lock) {
  const std::string what = lock.setting == "weekday_hours" ? "Weekly hours are" : "Absences are";
  return what + " locked by " + lock.provider + ": " + lock.reason;
}

Result<SettingsStore> SettingsStore::open(const std::filesystem::path &home) {
  SettingsStore store(home / "settings.json");
  const auto document = readVersionedFile(store.file_, kVersion);
  if (!document) return document.error();
  if (document->has_value()) {
    auto settings = settingsFrom((*document)->root());
    if (!settings) return std::move(settings).error();
    store.settings_ = std::move(*settings);
  }
  return store;
}

std::optional<LockedBy> SettingsStore::lockOn(const std::string &setting) const {
  for (const auto &connection : settings_.connections) {
    for (const auto &lock : connection.locks) {
      if (lock.setting == setting) return LockedBy{setting, lock.reason, connection.plugin_name};
    }
  }
  return std::nullopt;
}

Result<void> SettingsStore::requireUnlocked(const std::string &setting) const {
  const auto lock = lockOn(setting);
  if (!lock) return {};
  return refusal(Status::invalid_setting, lockedMessage(*lock), setting);
}

Result<void> SettingsStore::setWeekdayMinutes(const std::array<int, 7> &minutes) {
  if (auto unlocked = requireUnlocked("weekday_hours"); !unlocked) return unlocked;
  const bool valid =
      std::all_of(minutes.begin(), minutes.end(), [](int day) { return day >= 0 && day <= 1440; });
  if (!valid) return refusal(Status::invalid_setting, "A day has between 0 and 24 hours.", "weekday_hours");
  return change([&](HostSettings &settings) { settings.weekday_minutes = minutes; });
}

Result<ManualAbsence> SettingsStore::addAbsence(ManualAbsence absence) {
  if (auto unlocked = requireUnlocked("absences"); !unlocked) return std::move(unlocked).error();
  if (absence.days.last < absence.days.first) {
    return refusal(Status::invalid_setting,
                   "The absence ends (" + kit::formatDate(absence.days.last) + ") before it begins (" +
                       kit::formatDate(absence.days.first) + "). Swap the two dates.",
                   "to");
  }
  if (absence.extent != Extent::whole_day && absence.days.first != absence.days.last) {
    return refusal(Status::invalid_setting, "Half a day needs one day: --from and --to must be the same.",
                   "half");
  }
  for (const auto &other : settings_.absences) {
    if (overlaps(absence, other)) {
      return refusal(Status::invalid_setting,
                     "There is an absence on these days already (" + other.id + ", " +
                         kit::formatDate(other.days.first) + " to " + kit::formatDate(other.days.last) +
                         "). Remove it first, or choose other days.",
                     "from");
    }
  }
  absence.id = newId(settings_.absences);
  auto changed = change([&](HostSettings &settings) { settings.absences.push_back(absence); });
  if (!changed) return std::move(changed).error();
  return absence;
}

Result<void> SettingsStore::removeAbsence(const std::string &id) {
  if (auto unlocked = requireUnlocked("absences"); !unlocked) return unlocked;
  const auto has_id = [&](const ManualAbsence &absence) { return absence.id == id; };
  if (std::none_of(settings_.absences.begin(), settings_.absences.end(), has_id)) {
    return refusal(Status::person_not_found,
                   "There is no absence with the id " + id + ". absences list shows all.", "");
  }
  return change([&](HostSettings &settings) { std::erase_if(settings.absences, has_id); });
}

Result<void> SettingsStore::change(const std::function<void(HostSettings &)> &edit) {
  HostSettings changed = settings_;
  edit(changed);
  if (auto written = replaceStateFile(file_, settingsJson(changed)); !written) return written;
  settings_ = std::move(changed);
  return {};
}

}  // namespace roots::host
