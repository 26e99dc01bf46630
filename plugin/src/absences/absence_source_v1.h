// Absences from API v1, which has one list for types counted in days and one for types counted in hours.
// Owned by a connection; borrows its session and types.
#pragma once

#include "absences/absence_source.h"
#include "api/personio_session.h"
#include "api/time_off_types.h"

#include <roots/kit/parallel.h>

#include <utility>

namespace roots::personio {

class AbsenceSourceV1 final : public AbsenceSource {
 public:
  AbsenceSourceV1(Session &session, TimeOffTypes &types, kit::RunTasks run_tasks)
      : session_(session), types_(types), run_tasks_(std::move(run_tasks)) {}

  [[nodiscard]] Result<std::vector<Absence>> fetchAbsences(std::string_view employee_id, kit::CivilDays range,
                                                           const CallContext &context) override;

 private:
  [[nodiscard]] Result<void> addHourBased(std::vector<AbsencePeriod> periods, kit::CivilDays range,
                                          const kit::CallLimits &limits, std::vector<Absence> &absences);

  Session &session_;
  TimeOffTypes &types_;
  kit::RunTasks run_tasks_;
};

}  // namespace roots::personio
