#include "state/settings_store.h"

#include "state/set_aside.h"
#include "state/state_file.h"

#include <roots/record_limits.hpp>

#include <algorithm>

namespace roots::host {
namespace {

constexpr std::size_t kMaxSize = std::size_t{16} * 1024 * 1024;  // of the file, in bytes

std::string named(const std::filesystem::path &file) {
  return "The file with the settings (" + file.string() + ")";
}

std::string newId(const std::vector<ManualAbsence> &absences) {
  for (std::size_t number = absences.size() + 1;; ++number) {
    const std::string id = "manual-" + std::to_string(number);
    const bool taken = std::any_of(absences.begin(), absences.end(),
                                   [&](const ManualAbsence &absence) { return absence.id == id; });
    if (!taken) return id;
  }
}

// Two halves of one day do not overlap; any other absences that share a day do.
bool overlaps(const ManualAbsence &a, const ManualAbsence &b) {
  if (!kit::intersection(a.days, b.days)) return false;
  const bool different_halves =
      a.extent != Extent::whole_day && b.extent != Extent::whole_day && a.extent != b.extent;
  return !different_halves;
}

}  // namespace

bool isLockable(const std::string &setting) {
  return std::find(kLockableSettings.begin(), kLockableSettings.end(), setting) != kLockableSettings.end();
}

std::string lockedMessage(const LockedBy &lock) {
  const std::string what = lock.setting == "weekday_hours" ? "Weekly hours are" : "Absences are";
  return what + " locked by " + lock.provider + ": " + lock.reason;
}

// If the file is missing beside a copy of a damaged one, the user did not intend to start over.
Result<SettingsStore> SettingsStore::open(const std::filesystem::path &home) {
  SettingsStore store(home / "settings.json");
  if (isLargerThan(store.file_, kMaxSize)) {
    store.loseAll("It is larger than 16 MiB, so this program did not write it. ");
    return store;
  }
  auto text = readStateFile(store.file_);
  if (!text) return std::move(text).error();
  if (!text->has_value()) {
    store.is_missing_ = true;
    if (!store.setAsideCopies().empty()) store.loseAll("");
    return store;
  }
  const auto document = parseStateText(**text);
  const auto version = document ? document->root()["version"].asInteger() : std::nullopt;
  if (!version || *version < 1) {
    store.loseAll("Nothing in it can be read. ");
    return store;
  }
  if (*version > kSettingsVersion) return newerVersion(store.file_);
  ReadSettings read = readSettings(document->root());
  if (!read.lost.empty()) store.damage_ = "Unreadable parts have their defaults: " + listed(read.lost) + ".";
  store.settings_ = std::move(read.settings);
  return store;
}

void SettingsStore::loseAll(const std::string &why) {
  damage_ = why + "Weekly hours, absences by hand, enabled plugins and connections have their defaults.";
  settings_.absences_are_incomplete = true;
  settings_.hours_are_unreadable = true;
}

void SettingsStore::loseMissingFile() { loseAll(""); }

std::string SettingsStore::whatIsMissing() const {
  const auto copies = setAsideCopies();
  return named(file_) + " is missing, " +
         (copies.empty() ? "but keys or data of connections are still there. "
                         : "and a damaged version was kept before: " + copies.back().string() + ". ");
}

std::string SettingsStore::damageReport() const {
  if (is_missing_) return whatIsMissing() + damage_;
  return named(file_) +
         " is damaged. It was not changed; the next command that changes something keeps a copy of it and "
         "continues with the readable parts. " +
         damage_;
}

Result<std::string> SettingsStore::setAsideDamaged() {
  std::string sentences;
  if (is_missing_) {
    sentences = whatIsMissing() + damage_;
  } else {
    const auto copy = setAside(file_);
    if (!copy) return copy.error();
    sentences = named(file_) + " was damaged. It is kept as " + copy->string() +
                " until you remove it; absences by hand may be in it. " + damage_;
  }
  auto written = change([](HostSettings &settings) {
    settings.absences_are_incomplete = false;
    settings.hours_are_unreadable = false;
  });
  if (!written) return std::move(written).error();
  damage_.clear();
  return sentences;
}

std::vector<std::filesystem::path> SettingsStore::setAsideCopies() const { return copiesOf(file_); }

std::optional<LockedBy> SettingsStore::lockOn(const std::string &setting) const {
  for (const auto &connection : settings_.connections) {
    for (const auto &lock : connection.locks) {
      if (lock.setting == setting)
        return LockedBy{setting, lock.reason, connection.plugin_name, connection.plugin_id};
    }
  }
  return std::nullopt;
}

Result<void> SettingsStore::requireUnlocked(const std::string &setting) const {
  const auto lock = lockOn(setting);
  if (!lock) return {};
  return makeError(Status::invalid_setting, lockedMessage(*lock)).withSetting(setting);
}

Result<void> SettingsStore::setWeekdayMinutes(const std::array<int, 7> &minutes) {
  if (auto unlocked = requireUnlocked("weekday_hours"); !unlocked) return unlocked;
  const bool valid =
      std::all_of(minutes.begin(), minutes.end(), [](int day) { return limits::weekday_minutes.allow(day); });
  if (!valid) {
    return makeError(Status::invalid_setting, "A day has between 0 and 24 hours.")
        .withSetting("weekday_hours");
  }
  return change([&](HostSettings &settings) { settings.weekday_minutes = minutes; });
}

Result<ManualAbsence> SettingsStore::addAbsence(ManualAbsence absence) {
  if (auto unlocked = requireUnlocked("absences"); !unlocked) return std::move(unlocked).error();
  if (absence.days.last < absence.days.first) {
    return makeError(Status::invalid_setting,
                     "The absence ends (" + kit::formatDate(absence.days.last) + ") before it begins (" +
                         kit::formatDate(absence.days.first) + "). Swap the two dates.")
        .withSetting("to");
  }
  if (kit::daysBetween(absence.days.first, absence.days.last) >= ManualAbsence::kMaxDays) {
    return makeError(
               Status::invalid_setting,
               "An absence entered by hand can last at most ten years. Choose a shorter range, or enter "
               "two absences.")
        .withSetting("to");
  }
  if (absence.extent != Extent::whole_day && absence.days.first != absence.days.last) {
    return makeError(Status::invalid_setting,
                     "A half-day needs a single day: --from and --to must be the same.")
        .withSetting("half");
  }
  for (const auto &other : settings_.absences) {
    if (overlaps(absence, other)) {
      return makeError(Status::invalid_setting, "There is an absence on these days already (" + other.id +
                                                    ", " + kit::formatDate(other.days.first) + " to " +
                                                    kit::formatDate(other.days.last) +
                                                    "). Remove it first, or choose other days.")
          .withSetting("from");
    }
  }
  absence.id = newId(settings_.absences);
  auto changed = change([&](HostSettings &settings) { settings.absences.push_back(absence); });
  if (!changed) return std::move(changed).error();
  return absence;
}

Result<bool> SettingsStore::removeAbsence(const std::string &id) {
  if (auto unlocked = requireUnlocked("absences"); !unlocked) return std::move(unlocked).error();
  const auto has_id = [&](const ManualAbsence &absence) { return absence.id == id; };
  if (std::none_of(settings_.absences.begin(), settings_.absences.end(), has_id)) return false;
  auto changed = change([&](HostSettings &settings) { std::erase_if(settings.absences, has_id); });
  if (!changed) return std::move(changed).error();
  return true;
}

Result<void> SettingsStore::change(const std::function<void(HostSettings &)> &edit) {
  HostSettings changed = settings_;
  edit(changed);
  const std::string text = settingsJson(changed);
  const auto document = parseStateText(text);
  const auto read_back = document ? parseSettings(document->root()) : Result<HostSettings>(document.error());
  if (!read_back) {
    return makeError(
        Status::internal,
        "The settings cannot be stored, because they could not be read back. Nothing was changed; "
        "please report this.");
  }
  if (text.size() > kMaxSize) {
    return makeError(Status::invalid_setting,
                     "The settings would be larger than 16 MiB. Nothing was changed; remove past absences "
                     "entered by hand.");
  }
  if (auto written = replaceStateFile(file_, text); !written) return written;
  settings_ = std::move(changed);
  is_missing_ = false;
  return {};
}

}  // namespace roots::host
