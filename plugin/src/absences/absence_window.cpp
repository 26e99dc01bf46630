#include "absences/absence_window.h"

#include <algorithm>

namespace roots::personio {

kit::CivilDays padded(kit::CivilDays range, int days_before, int days_after) {
  const kit::CivilDays all = kit::allDays();
  const int before = std::min(days_before, kit::daysBetween(all.first, range.first));
  const int after = std::min(days_after, kit::daysBetween(range.last, all.last));
  return {kit::addDays(range.first, -before), kit::addDays(range.last, after)};
}

bool touches(kit::CivilDate first, std::optional<kit::CivilDate> last, kit::CivilDays range) {
  return first <= range.last && (!last || *last >= range.first);
}

}  // namespace roots::personio
