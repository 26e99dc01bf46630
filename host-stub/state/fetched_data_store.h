// Stores the fetched data on disk. Use on one thread; hold a HomeLock while changing it.
#pragma once

#include "state/fetched_data.h"
#include "state/home.h"
#include "state/settings.h"

#include <filesystem>
#include <functional>

namespace roots::host {

class FetchedDataStore {
 public:
  // A damaged file is not an error: its readable parts are used, and damage() describes the others. The
  // file is not changed.
  [[nodiscard]] static Result<FetchedDataStore> open(const Home &home);
  [[nodiscard]] const FetchedData &get() const { return fetched_; }
  [[nodiscard]] const std::filesystem::path &file() const { return file_; }
  // On failure, nothing is changed. Data that could not be read back is not written.
  [[nodiscard]] Result<void> change(const std::function<void(FetchedData &)> &edit);
  // In memory only; the next change() also writes it.
  void changeInMemory(const std::function<void(FetchedData &)> &edit) { edit(fetched_); }

  // The unreadable parts of the file, as a sentence; "": none.
  [[nodiscard]] const std::string &damage() const { return damage_; }
  // Keeps a copy of the damaged file beside it and replaces the file with its readable parts. The sentence
  // names the copy.
  [[nodiscard]] Result<std::string> setAsideDamaged();
  [[nodiscard]] std::vector<std::filesystem::path> setAsideCopies() const;
  // Removes the copies: they contain absences.
  void removeSetAside() const;

 private:
  explicit FetchedDataStore(std::filesystem::path file) : file_(std::move(file)) {}
  std::filesystem::path file_;
  FetchedData fetched_;
  std::string damage_;
};

// The facts of these days: the schedule of a connected provider if it delivered one, otherwise the hours
// entered by hand; the dates of employment, also from a provider without a schedule; absences of connected
// providers; absences entered by hand unless a provider decides on absences.
[[nodiscard]] DayFacts factsFrom(const HostSettings &settings, const FetchedData &fetched, CivilDays days);

// Absences entered by hand, one row per day.
[[nodiscard]] std::vector<Absence> daysOf(const std::vector<ManualAbsence> &absences, CivilDays days);

}  // namespace roots::host
