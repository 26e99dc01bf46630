// Absences entered by hand, as text and as JSON. Pure functions.
#pragma once

#include "day/model.h"
#include "text/text_lines.h"

#include <string>
#include <vector>

namespace roots::host {

struct AbsencesView {
  std::vector<ManualAbsence> absences;
  bool are_all_known = true;  // false: others could not be read
  std::string replaced_by;    // the provider that decides on absences: "Personio"; "": they apply
};
[[nodiscard]] TextLines absencesText(const AbsencesView &view);
[[nodiscard]] std::string absencesJson(const AbsencesView &view);

[[nodiscard]] std::string absenceText(const ManualAbsence &absence);
[[nodiscard]] std::string absenceJson(const ManualAbsence &absence);
[[nodiscard]] std::string removedAbsenceJson(const std::string &id);

}  // namespace roots::host
