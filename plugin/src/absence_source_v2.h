// Absences from API v2, which keeps types counted in days and in hours in one list. Owned by a
// connection; borrows its session and log.
#pragma once

#include "absence_source.h"
#include "personio_session.h"

#include <roots/kit/together.h>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace roots::personio {

class AbsenceSourceV2 final : public AbsenceSource {
 public:
  AbsenceSourceV2(Session &session, kit::RunTogether run_together)
      : session_(session), run_together_(std::move(run_together)) {}

  [[nodiscard]] Result<std::vector<Absence>> absencesOf(std::string_view employee_id, kit::CivilDays range,
                                                        const CallContext &context) override;

 private:
  [[nodiscard]] Result<std::vector<PeriodV2>> periodsOf(std::string_view employee_id, kit::CivilDays range,
                                                        const CallContext &context);
  using Breakdowns = std::map<std::string, std::vector<BreakdownV2>, std::less<>>;  // by the period's id
  [[nodiscard]] Result<Breakdowns> breakdownsWhereNeeded(const std::vector<PeriodV2> &periods,
                                                         kit::CivilDate until, const kit::CallLimits &limits);
  // breakdowns: nullptr where the start and the end tell enough.
  [[nodiscard]] Result<Absence> absenceOf(const PeriodV2 &period,
                                          const std::vector<BreakdownV2> *breakdowns) const;
  [[nodiscard]] Result<void> learnMeaningOfEnds(const std::vector<PeriodV2> &periods, kit::CivilDays range,
                                                const kit::CallLimits &limits);
  [[nodiscard]] const TimeOffType *typeOf(const PeriodV2 &period) const;

  Session &session_;
  kit::RunTogether run_together_;
  std::optional<std::vector<TimeOffType>> types_;  // asked for once
  // What Personio counts for an absence, where its days were asked for anyway: by id.
  std::map<std::string, std::int64_t> counted_;
};

}  // namespace roots::personio
