#include "absences/absence_notices.h"

#include "absences/absence_days.h"
#include "absences/absence_kind.h"

#include <algorithm>

namespace roots::personio {
namespace {

bool isTimeOffIn(const Absence &absence, kit::CivilDays days) {
  return classify(absence.type).effect != Effect::work_elsewhere && !absenceDays(absence, days).empty();
}

}  // namespace

// True whether API v2 denied its lists or its breakdowns, or was not asked because of the token's scope.
std::string absencesReadFromV1() {
  return "Absences are read from Personio's API v1, because API v2 does not appear to be fully available to "
         "these credentials. API v1 does not report which half of a single day is off.";
}

std::string ambiguousEnds() {
  return "Personio does not show whether an absence ends on the day that it names or on the day before, so "
         "some absences may be shown one day too long. Compare their last day with Personio.";
}

std::optional<std::string> leaveWithoutAbsence(const std::vector<Absence> &absences, kit::CivilDays range,
                                               kit::CivilDate today) {
  if (!kit::contains(range, today)) return std::nullopt;
  // Today is a day of universal time: a day to each side is the same leave or none.
  const kit::CivilDays around{kit::addDays(today, -1), kit::addDays(today, 1)};
  const bool explained = std::any_of(absences.begin(), absences.end(),
                                     [&](const Absence &absence) { return isTimeOffIn(absence, around); });
  if (explained) return std::nullopt;
  return "Personio lists you as on leave, but reports no absence for today, so today's target may be too "
         "high. The "
         "credentials may lack the permission to read this absence.";
}

}  // namespace roots::personio
