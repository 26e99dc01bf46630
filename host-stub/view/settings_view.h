// The weekly hours in effect, those entered by hand, and who decides on them, as text and as JSON. Pure
// functions.
#pragma once

#include "day/model.h"
#include "view/connection_view.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace roots::host {

struct SettingsView {
  CivilDate today;
  std::vector<ScheduledWeek> schedule;              // in effect, sorted by valid_from
  std::string source;                               // of the schedule: a plugin ID, or "manual"
  std::string source_name;                          // "Personio", "by hand"
  std::optional<std::array<int, 7>> hours_by_hand;  // nullopt: unknown
  std::optional<Rotation> rotation;
  std::vector<LockView> locks;
};
[[nodiscard]] TextLines settingsText(const SettingsView &view);
[[nodiscard]] std::string settingsJson(const SettingsView &view);

}  // namespace roots::host
