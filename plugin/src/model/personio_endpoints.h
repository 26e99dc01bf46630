// The requests that the plugin makes, the right that each needs, and how often it may be made. Constants.
#pragma once

#include <roots/kit/pacer.h>

#include <string_view>

namespace roots::personio {

// Documented for version 1: 2,000 requests a minute from one address, of which employees at most 300, and 15
// in a second. Version 2 sends its limits with each reply (observed: 10 a second).
inline constexpr kit::Pacer::Limit kPaceV1{30, 30};
inline constexpr kit::Pacer::Limit kPaceOfEmployees{5, 15};
inline constexpr kit::Pacer::Limit kPaceV2{10, 10};

struct Endpoint {
  std::string_view name;   // as messages call it
  std::string_view right;  // as Personio's settings page calls it; "": none
  kit::Pacer::Limit pace = kPaceV1;
};

inline constexpr Endpoint kSignInV2{"POST /v2/auth/token", ""};
inline constexpr Endpoint kSignInV1{"POST /v1/auth", ""};
inline constexpr Endpoint kEmployees{"GET /v1/company/employees", "Employees: read", kPaceOfEmployees};
inline constexpr Endpoint kTimeOffs{"GET /v1/company/time-offs", "Absences: read"};
inline constexpr Endpoint kAbsencePeriods{"GET /v1/company/absence-periods", "Absences: read"};
inline constexpr Endpoint kTimeOffTypes{"GET /v1/company/time-off-types", "Absences: read"};
inline constexpr Endpoint kBalanceOfEmployee{"GET /v1/company/employees/{id}/absences/balance",
                                             "Absences: read"};
inline constexpr Endpoint kAbsencePeriodsV2{"GET /v2/absence-periods", "Absences: read", kPaceV2};
inline constexpr Endpoint kBreakdownsV2{"GET /v2/absence-periods/{id}/breakdowns", "Absences: read", kPaceV2};
inline constexpr Endpoint kAbsenceTypesV2{"GET /v2/absence-types", "Absences: read", kPaceV2};

}  // namespace roots::personio
