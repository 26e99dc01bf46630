// The requests of Personio's API v2, one function per endpoint. Lists go on at a cursor. Made where it is
// needed, like PersonioApi.
#pragma once

#include "api/requests.h"
#include "model/personio_model.h"

#include <roots/kit/civil_date.h>
#include <roots/kit/http.h>
#include <roots/result.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roots::personio {

// Which absences of a person to request: those that match all members that are set.
struct PeriodFilter {
  // By the first day. Documented is that those pass that overlap both.
  std::optional<kit::CivilDate> starts_from;
  std::optional<kit::CivilDate> starts_until;
  std::optional<kit::CivilDate> updated_from;
  std::vector<std::string> ids;  // empty: any
};

class PersonioApiV2 {
 public:
  explicit PersonioApiV2(Requests &requests) : requests_(requests) {}

  // Approved absences of one person. The filter is a hint to Personio; more may come back.
  [[nodiscard]] Result<AbsenceList<PeriodV2>> periods(std::string_view person_id, const PeriodFilter &filter,
                                                      const kit::CallLimits &limits);
  // What each day of an absence consumes, in the order of the days, up to some day after until.
  [[nodiscard]] Result<Breakdowns> breakdowns(std::string_view period_id, kit::CivilDate until,
                                              const kit::CallLimits &limits);
  [[nodiscard]] Result<std::vector<TimeOffType>> types(const kit::CallLimits &limits);

 private:
  Requests &requests_;
};

}  // namespace roots::personio
