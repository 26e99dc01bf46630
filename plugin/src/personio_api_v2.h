// The requests of Personio's API v2, one function per endpoint. Lists go on at a cursor. Made where it is
// needed, like PersonioApi.
#pragma once

#include "personio_model.h"
#include "requests.h"

#include <roots/kit/civil_date.h>
#include <roots/kit/http.h>
#include <roots/result.hpp>

#include <string_view>
#include <vector>

namespace roots::personio {

class PersonioApiV2 {
 public:
  explicit PersonioApiV2(Requests &requests) : requests_(requests) {}

  // Approved absences of one person that start in the window, or (as documented) overlap it.
  [[nodiscard]] Result<Listed<PeriodV2>> periods(std::string_view person_id, kit::CivilDays window,
                                                 const kit::CallLimits &limits);
  // What each day of an absence consumes, in the order of the days, up to some day after until.
  [[nodiscard]] Result<std::vector<BreakdownV2>> breakdowns(std::string_view period_id, kit::CivilDate until,
                                                            const kit::CallLimits &limits);
  [[nodiscard]] Result<std::vector<TimeOffType>> types(const kit::CallLimits &limits);

 private:
  Requests &requests_;
};

}  // namespace roots::personio
