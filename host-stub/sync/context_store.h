// Keeps the fetched data on disk. One thread; hold a HomeLock while changing.
#pragma once

#include "sync/context.h"
#include "sync/settings.h"

#include <filesystem>
#include <functional>

namespace roots::host {

class ContextStore {
 public:
  [[nodiscard]] static Result<ContextStore> open(const std::filesystem::path &home);
  [[nodiscard]] const Context &get() const { return context_; }
  // On failure nothing is changed.
  [[nodiscard]] Result<void> change(const std::function<void(Context &)> &edit);

 private:
  explicit ContextStore(std::filesystem::path file) : file_(std::move(file)) {}
  std::filesystem::path file_;
  Context context_;
};

// What bears on the days of any range: the schedule of a connected provider while it has told one, else the
// hours by hand; absences of connected providers; absences by hand unless a provider owns absences.
[[nodiscard]] DayFacts factsFrom(const HostSettings &settings, const Context &context);

// Manual absences, a row for each day.
[[nodiscard]] std::vector<Absence> daysOf(const std::vector<ManualAbsence> &absences);

}  // namespace roots::host
