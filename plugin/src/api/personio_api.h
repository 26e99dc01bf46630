// The requests of Personio's API v1, one function per endpoint, each with that endpoint's own paging
// rule. Requests only what the plugin needs. Made where it is needed; borrows its Requests and may be used
// on any thread that these allow.
#pragma once

#include "api/requests.h"
#include "model/personio_model.h"
#include "replies/personio_json.h"

#include <roots/kit/civil_date.h>
#include <roots/result.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace roots::personio {

class PersonioApi {
 public:
  static constexpr std::size_t kEmployeesPerPage = 100;  // the most that is allowed

  explicit PersonioApi(Requests &requests) : requests_(requests) {}

  // One page of the employees with this email, at most kEmployeesPerPage, from the given record on. Personio
  // may compare without case, or ignore the filter: the caller compares.
  [[nodiscard]] Result<Page<Employee>> employeesByEmail(std::string_view email, std::size_t offset,
                                                        const kit::CallLimits &limits);
  // Id and email of any one employee: shows whether emails are readable.
  [[nodiscard]] Result<Page<Employee>> anyEmployee(const kit::CallLimits &limits);

  // Approved absences of one employee, in days and in hours. The window is a hint to Personio; more may
  // come back.
  [[nodiscard]] Result<AbsenceList<TimeOff>> timeOffs(std::string_view employee_id, kit::CivilDays window,
                                                      const kit::CallLimits &limits);
  [[nodiscard]] Result<AbsenceList<AbsencePeriod>> absencePeriods(std::string_view employee_id,
                                                                  kit::CivilDays window,
                                                                  const kit::CallLimits &limits);

  [[nodiscard]] Result<std::vector<TimeOffType>> timeOffTypes(const kit::CallLimits &limits);
  [[nodiscard]] Result<std::vector<TypeBalance>> fetchBalances(std::string_view employee_id,
                                                               const kit::CallLimits &limits);

 private:
  // All pages of a list of absences (see personio_api.cpp), without repeated rows and those that do not
  // count.
  template <class Absence, class ReadPage>
  [[nodiscard]] Result<AbsenceList<Absence>> absencesOnAllPages(
      const Endpoint &endpoint, std::string_view path, std::string_view employee_id, kit::CivilDays window,
      const kit::CallLimits &limits, ReadPage readPage);

  Requests &requests_;
};

}  // namespace roots::personio
