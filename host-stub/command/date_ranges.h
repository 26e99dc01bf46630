// The usual ranges of days of commands. Pure functions.
#pragma once

#include "day/model.h"

namespace roots::host {

// Maximum length of a range that is shown or fetched at once: a little more than ten years.
inline constexpr int kMaxDays = 3700;

// The previous to the next month, within the supported dates: the default range of sync.
[[nodiscard]] CivilDays monthsAround(CivilDate today);
[[nodiscard]] CivilDays weekOf(CivilDate day);

}  // namespace roots::host
