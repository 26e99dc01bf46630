// The results of connecting, disconnecting, and syncing, as text and as JSON. Pure functions.
#pragma once

#include "day/model.h"
#include "text/text_lines.h"
#include "view/problems.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace roots::host {

struct AccountView {
  std::string id;
  std::string name;  // of the person; "": unknown
};

struct LockView {
  std::string setting;        // "weekday_hours" or "absences"
  std::string provider;       // plugin ID
  std::string provider_name;  // "Personio"
  std::string reason;
};

// A plugin that is not loaded.
struct RefusedView {
  std::string folder;
  std::string reason;
};

struct ConnectedView {
  std::string id;
  std::string name;   // "Personio"
  std::string state;  // "connected", "needs_sign_in", or "failing"
  AccountView account;
  std::vector<LockView> locks;
  std::vector<std::string> notices;
  std::vector<ProblemView> problems;  // not in the text: they belong on standard error
};
[[nodiscard]] TextLines connectedText(const ConnectedView &view);
[[nodiscard]] std::string connectedJson(const ConnectedView &view);

// What connecting would change.
struct PreviewView {
  std::string id;
  std::string name;
  AccountView account;
  std::vector<LockView> locks;
  std::optional<ScheduledWeek> week;                // nullopt: the weekly hours stay as they are
  std::optional<std::array<int, 7>> hours_by_hand;  // nullopt: unknown
  std::size_t absences_by_hand = 0;
  std::vector<std::string> notices;
};
[[nodiscard]] TextLines previewText(const PreviewView &view);
[[nodiscard]] std::string previewJson(const PreviewView &view);

[[nodiscard]] std::string disconnectedJson(const std::string &id);

[[nodiscard]] std::string syncedText(CivilDays days);
[[nodiscard]] std::string syncedJson(CivilDays days);

}  // namespace roots::host
