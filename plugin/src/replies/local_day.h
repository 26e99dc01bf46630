// The one reader of Personio's days. It writes them as a date, as a local time, with an offset, or as a
// moment of universal time with the name of a time zone; each becomes the local day, or nothing.
// Never a guess.
#pragma once

#include <roots/kit/civil_date.h>

#include <optional>
#include <string_view>

namespace roots::personio {

struct LocalDay {
  kit::CivilDate date;
  bool at_midnight = true;  // at its start
};

enum class DayFault {
  not_a_date,
  zone_needed,  // a moment of universal time, and the zone is not given or not known here
};

struct ReadDay {
  std::optional<LocalDay> day;
  DayFault fault = DayFault::not_a_date;  // without a day
};

// Where days are meant: "2026-07-06T00:00:00Z" and any other midnight name their date, wherever that is.
// zone: the name of the zone, or "".
[[nodiscard]] ReadDay readDay(std::string_view text, std::string_view zone);

// Where moments are meant: a midnight is one like any other, and time without an offset is universal.
[[nodiscard]] ReadDay readDayOfMoment(std::string_view text, std::string_view zone);

}  // namespace roots::personio
