// Absences from API v1, which keeps types counted in days and types counted in hours in two lists.
// Owned by a connection; borrows its api and types.
#pragma once

#include "absence_source.h"
#include "personio_api.h"
#include "time_off_types.h"

namespace roots::personio {

class AbsenceSourceV1 : public AbsenceSource {
 public:
  AbsenceSourceV1(PersonioApi &api, TimeOffTypes &types) : api_(api), types_(types) {}

  [[nodiscard]] Result<std::vector<Absence>> absencesOf(std::string_view employee_id, kit::CivilDays range,
                                                        const CallContext &context) override;

 private:
  [[nodiscard]] Result<void> addDayBased(std::string_view employee_id, kit::CivilDays range,
                                         const CallContext &context, std::vector<Absence> &absences);
  [[nodiscard]] Result<void> addHourBased(std::string_view employee_id, kit::CivilDays range,
                                          const CallContext &context, std::vector<Absence> &absences);

  PersonioApi &api_;
  TimeOffTypes &types_;
};

}  // namespace roots::personio
