// Moco's rows -> the host's model. Tolerant where accounts differ (documented and recorded replies do),
// strict where a guess would show a wrong day. Pure functions.
#pragma once

#include "day/model.h"

#include <roots/kit/json.h>

#include <optional>
#include <string>

namespace roots::host {

// nullopt inside a good Result: the row is not this user's, or not of the kind asked for. An error names
// endpoint and JSON pointer.
[[nodiscard]] Result<std::optional<TimeEntry>> timeEntryOf(const kit::JsonDocument &document,
                                                           kit::JsonView row, const std::string &user_id);
[[nodiscard]] Result<std::optional<Holiday>> publicHolidayOf(const kit::JsonDocument &document,
                                                             kit::JsonView row, const std::string &user_id);

[[nodiscard]] Error mocoNotUnderstood(const std::string &endpoint, const std::string &what);

}  // namespace roots::host
