// Moco's rows -> the host's model. Tolerant where accounts differ (documented and recorded replies do),
// strict where a guess would show a wrong day. Pure functions.
#pragma once

#include "day/model.h"

#include <roots/kit/json.h>

#include <optional>
#include <string>

namespace roots::host {

// One row: its content, or the reason why it cannot be counted, or neither if it is another user's or not of
// the requested kind.
template <class Value>
struct ReadRow {
  std::optional<Value> value = std::nullopt;
  std::string odd_member = {};  // the unreadable member; "user" if the row belongs to no user
};

[[nodiscard]] ReadRow<TimeEntry> timeEntryOf(kit::JsonView row, const std::string &user_id);
[[nodiscard]] ReadRow<Holiday> publicHolidayOf(kit::JsonView row, const std::string &user_id);

// "Moco's time entry 8801 of 2026-07-13 is not counted: ...". For a row without a day that can be read, that
// day.
[[nodiscard]] UncountedRow oddRowOf(kit::JsonView row, const std::string &called,
                                    const std::string &odd_member, CivilDate otherwise);

[[nodiscard]] Error mocoNotUnderstood(const std::string &endpoint, const std::string &what);

}  // namespace roots::host
