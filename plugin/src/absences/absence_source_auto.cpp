#include "absences/absence_source_auto.h"

#include "absences/absence_notices.h"
#include "errors/personio_errors.h"

namespace roots::personio {
namespace {

// A scope that names the right of v1 and not one of v2 ("personio:absences:read", elsewhere
// "personio:absence:read") is a hint to try v1 first. Only a refusal decides, because Personio's documents
// spell the scopes differently.
bool hintsAtV1(std::string_view scope) {
  return scope.find("absences:read") != std::string_view::npos &&
         scope.find("personio:absence") == std::string_view::npos;
}

}  // namespace

Result<std::vector<Absence>> AbsenceSourceAuto::fetchAbsences(std::string_view employee_id,
                                                              kit::CivilDays range,
                                                              const CallContext &context) {
  // First, because another token forgets which API was denied.
  if (auto ready = session_.ensureToken(context.limits); !ready) return std::move(ready).error();
  if (!isV1First()) return fromV2OrV1(employee_id, range, context);
  LearnedFacts &learned = session_.learned;
  // Read before the request, because a new token would reset it.
  const bool v2_may_answer = learned.absences_from_v2 != false || learned.v2_denies_breakdowns;
  auto by_v1 = fromV1(employee_id, range, context);
  if (by_v1.ok() || !isRefusal(by_v1.error()) || !v2_may_answer) return by_v1;
  learned.absences_from_v2.reset();
  return fromV2OrV1(employee_id, range, context);
}

bool AbsenceSourceAuto::isV1First() const {
  const LearnedFacts &learned = session_.learned;
  if (learned.absences_from_v2) return !*learned.absences_from_v2;
  return !learned.absences_v1_denied && hintsAtV1(session_.scope());
}

Result<std::vector<Absence>> AbsenceSourceAuto::fromV2OrV1(std::string_view employee_id, kit::CivilDays range,
                                                           const CallContext &context) {
  LearnedFacts &learned = session_.learned;
  Result<AbsencesV2> by_v2 = v2_->read(employee_id, range, context);
  if (by_v2.ok()) {
    learned.absences_from_v2 = true;
    if (!by_v2->ends_are_ambiguous) return std::move(by_v2->absences);
    return resolveAmbiguousEnds(*std::move(by_v2), employee_id, range, context);
  }
  if (v2_->areHoursDenied()) {
    auto by_v1 = replaceDeniedBreakdowns(employee_id, range, context);
    return by_v1 ? *std::move(by_v1) : std::move(by_v2).error();
  }
  // Anything but a denial would fail in v1 too, or hide that something is wrong.
  if (!v2_->areListsDenied()) return std::move(by_v2).error();
  session_.log().write(LogLevel::info, "API v2 denies its lists of absences; reading them from v1.");
  auto by_v1 = fromV1(employee_id, range, context);
  if (by_v1.ok()) {
    learned.absences_from_v2 = false;
    learned.v2_denies_breakdowns = false;
  }
  return by_v1;
}

Result<std::vector<Absence>> AbsenceSourceAuto::resolveAmbiguousEnds(AbsencesV2 by_v2,
                                                                     std::string_view employee_id,
                                                                     kit::CivilDays range,
                                                                     const CallContext &context) {
  if (by_v2.breakdowns_denied) {
    if (auto by_v1 = replaceDeniedBreakdowns(employee_id, range, context)) return *std::move(by_v1);
  }
  context.call.notice(ambiguousEnds());
  return std::move(by_v2.absences);
}

std::optional<Result<std::vector<Absence>>> AbsenceSourceAuto::replaceDeniedBreakdowns(
    std::string_view employee_id, kit::CivilDays range, const CallContext &context) {
  LearnedFacts &learned = session_.learned;
  if (learned.absences_v1_denied) return std::nullopt;
  session_.log().write(LogLevel::info, "API v2 denies the days of absences; reading absences from v1.");
  auto by_v1 = fromV1(employee_id, range, context);
  // After any other failure, v1 may answer next time, so what v2 leaves open is not reported as right.
  if (!by_v1 && isRefusal(by_v1.error())) return std::nullopt;
  if (by_v1.ok()) {
    learned.absences_from_v2 = false;
    learned.v2_denies_breakdowns = true;
  }
  return by_v1;
}

Result<std::vector<Absence>> AbsenceSourceAuto::fromV1(std::string_view employee_id, kit::CivilDays range,
                                                       const CallContext &context) {
  auto absences = v1_->fetchAbsences(employee_id, range, context);
  if (absences.ok()) context.call.notice(absencesReadFromV1());
  if (absences.ok() || isRefusal(absences.error())) session_.learned.absences_v1_denied = !absences.ok();
  return absences;
}

}  // namespace roots::personio
