// Absences from API v1, which keeps types counted in days and types counted in hours in two lists.
// Owned by a connection; borrows its session and types.
#pragma once

#include "absence_source.h"
#include "personio_session.h"
#include "time_off_types.h"

#include <roots/kit/together.h>

#include <utility>

namespace roots::personio {

class AbsenceSourceV1 final : public AbsenceSource {
 public:
  AbsenceSourceV1(Session &session, TimeOffTypes &types, kit::RunTogether run_together)
      : session_(session), types_(types), run_together_(std::move(run_together)) {}

  [[nodiscard]] Result<std::vector<Absence>> absencesOf(std::string_view employee_id, kit::CivilDays range,
                                                        const CallContext &context) override;

 private:
  [[nodiscard]] Result<void> addHourBased(std::vector<AbsencePeriod> periods, kit::CivilDays range,
                                          const kit::CallLimits &limits, std::vector<Absence> &absences);

  Session &session_;
  TimeOffTypes &types_;
  kit::RunTogether run_together_;
};

}  // namespace roots::personio
