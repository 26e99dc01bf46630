// The requests that the plugin makes, and the right that each needs. Constants.
#pragma once

#include <string_view>

namespace roots::personio {

struct Endpoint {
  std::string_view name;   // as messages call it
  std::string_view right;  // as Personio's settings page calls it; "": none
};

inline constexpr Endpoint kSignInV2{"POST /v2/auth/token", ""};
inline constexpr Endpoint kSignInV1{"POST /v1/auth", ""};
inline constexpr Endpoint kEmployees{"GET /v1/company/employees", "Employees: read"};
inline constexpr Endpoint kTimeOffs{"GET /v1/company/time-offs", "Absences: read"};
inline constexpr Endpoint kAbsencePeriods{"GET /v1/company/absence-periods", "Absences: read"};
inline constexpr Endpoint kTimeOffTypes{"GET /v1/company/time-off-types", "Absences: read"};
inline constexpr Endpoint kBalanceOfEmployee{"GET /v1/company/employees/{id}/absences/balance",
                                             "Absences: read"};
inline constexpr Endpoint kAbsencePeriodsV2{"GET /v2/absence-periods", "Absences: read"};
inline constexpr Endpoint kBreakdownsV2{"GET /v2/absence-periods/{id}/breakdowns", "Absences: read"};
inline constexpr Endpoint kAbsenceTypesV2{"GET /v2/absence-types", "Absences: read"};

}  // namespace roots::personio
