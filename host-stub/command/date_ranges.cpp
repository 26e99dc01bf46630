#include "command/date_ranges.h"

namespace roots::host {
namespace {

// The days of a range around a day that can be requested.
CivilDays existingDays(CivilDays days, CivilDate inside) {
  return kit::intersection(days, kit::allDays()).value_or(CivilDays{inside, inside});
}

}  // namespace

CivilDays monthsAround(CivilDate today) {
  const CivilDate before = kit::addDays(kit::firstOfMonth(today), -1);
  const CivilDate after = kit::addDays(kit::lastOfMonth(today), 1);
  return existingDays({kit::firstOfMonth(before), kit::lastOfMonth(after)}, today);
}

CivilDays weekOf(CivilDate day) {
  const CivilDate monday = kit::addDays(day, -kit::weekdayIndex(day));
  return existingDays({monday, kit::addDays(monday, 6)}, day);
}

}  // namespace roots::host
