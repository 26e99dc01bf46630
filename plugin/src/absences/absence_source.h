// Where absences come from. The seam between the generations of Personio's API: everything above it
// knows only "the absences of a person in a range".
#pragma once

#include "api/call_context.h"
#include "model/personio_model.h"

#include <roots/kit/civil_date.h>
#include <roots/result.hpp>

#include <string_view>
#include <vector>

namespace roots::personio {

// Progress text once absences of whole days and half-days are read.
inline constexpr const char *kReadingHourly = "Reading hourly absences";

class AbsenceSource {
 public:
  virtual ~AbsenceSource() = default;
  // All absences that count and touch the range, once each, in any order, all or none. They may reach
  // out of the range.
  [[nodiscard]] virtual Result<std::vector<Absence>> fetchAbsences(std::string_view employee_id,
                                                                   kit::CivilDays range,
                                                                   const CallContext &context) = 0;
};

}  // namespace roots::personio
