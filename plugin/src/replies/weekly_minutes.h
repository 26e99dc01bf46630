// From Personio's work schedule to minutes per weekday. Pure functions. An unreadable figure is
// unknown, never 0.
#pragma once

#include "model/personio_model.h"

#include <roots/kit/json.h>
#include <roots/records.hpp>
#include <roots/result.hpp>

#include <optional>

namespace roots::personio {

// How one day of a schedule may be written: "08:00", "8:00", "08:00:00", 7.5, "7.5", "7,5" (hours),
// "PT27000S", "PT7H30M", or an object with one of these as "duration". Anything else, and anything
// outside 0 ... 24 hours, is nullopt.
[[nodiscard]] std::optional<int> readDayMinutes(kit::JsonView day);

// The value of the attribute work_schedule: documented as {"attributes": {"monday": "08:00", ...}},
// also accepted without that level. Readable only if all seven days are. place is left empty.
[[nodiscard]] WorkSchedule readWorkSchedule(kit::JsonView value);

// Whether the week is known, and if not, why: an Error that names the missing tick.
//  - a readable schedule is taken as it is;
//  - one of seven zeros with weekly hours is a flexible contract: an estimate;
//  - without a readable schedule, weekly hours make an estimate: a fifth on each of Monday to Friday.
[[nodiscard]] Result<Week> weekOf(const Employee &employee);

}  // namespace roots::personio
