#include "absence_source_auto.h"

namespace roots::personio {
namespace {

// As the token's scope spells it; "absences:read" alone is v1.
constexpr std::string_view kScopeOfV2 = "personio:absences:read";

// Neither the right nor the endpoint: then v1 may have both. Anything else would fail there too, or hide
// that something is wrong.
bool isNotToBeHad(const Error &error) {
  return error.status == Status::access_missing || error.http_status == 404;
}

}  // namespace

Result<std::vector<Absence>> AbsenceSourceAuto::absencesOf(std::string_view employee_id, kit::CivilDays range,
                                                           const CallContext &context) {
  const std::string &scope = session_.scope();
  const bool scope_denies = !scope.empty() && scope.find(kScopeOfV2) == std::string::npos;
  if (session_.learned.absences_from_v2 == false || scope_denies) {
    return v1_->absencesOf(employee_id, range, context);
  }
  auto absences = v2_->absencesOf(employee_id, range, context);
  if (absences.ok() || !isNotToBeHad(absences.error())) {
    if (absences.ok()) session_.learned.absences_from_v2 = true;
    return absences;
  }
  session_.log().write(LogLevel::info, "Absences are not to be had from API v2; reading them from v1.");
  absences = v1_->absencesOf(employee_id, range, context);
  if (absences.ok()) session_.learned.absences_from_v2 = false;
  return absences;
}

}  // namespace roots::personio
