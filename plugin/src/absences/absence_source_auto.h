// Absences from API v2 where the credentials may use it, from v1 otherwise. Owned by a connection; borrows
// its session.
#pragma once

#include "absences/absence_source.h"
#include "absences/absence_source_v2.h"
#include "api/personio_session.h"

#include <memory>
#include <optional>
#include <utility>

namespace roots::personio {

class AbsenceSourceAuto final : public AbsenceSource {
 public:
  AbsenceSourceAuto(Session &session, std::unique_ptr<AbsenceSource> v1, std::unique_ptr<AbsenceSourceV2> v2)
      : session_(session), v1_(std::move(v1)), v2_(std::move(v2)) {}

  // Which one it was is learned with the first answer, until there is another token; a company without the
  // right for v2 pays one more request once, or none if the scope of the token hints at v1. v1 takes over
  // where v2 denies its lists, or the days of an absence without which its last day or its hours are unknown;
  // in the latter case v2 is read again if v1 is refused later. Only refusals decide: a temporary failure is
  // the failure of the call. Each call that reads v1 says so in a notice.
  [[nodiscard]] Result<std::vector<Absence>> fetchAbsences(std::string_view employee_id, kit::CivilDays range,
                                                           const CallContext &context) override;

 private:
  // Whether v1 is requested before v2.
  [[nodiscard]] bool isV1First() const;
  [[nodiscard]] Result<std::vector<Absence>> fromV2OrV1(std::string_view employee_id, kit::CivilDays range,
                                                        const CallContext &context);
  // The answer of v1, which names last days itself; that of v2 with a notice if v1 is denied as well.
  [[nodiscard]] Result<std::vector<Absence>> resolveAmbiguousEnds(AbsencesV2 by_v2,
                                                                  std::string_view employee_id,
                                                                  kit::CivilDays range,
                                                                  const CallContext &context);
  // nullopt: v1 is denied as well.
  [[nodiscard]] std::optional<Result<std::vector<Absence>>> replaceDeniedBreakdowns(
      std::string_view employee_id, kit::CivilDays range, const CallContext &context);
  [[nodiscard]] Result<std::vector<Absence>> fromV1(std::string_view employee_id, kit::CivilDays range,
                                                    const CallContext &context);

  Session &session_;
  std::unique_ptr<AbsenceSource> v1_;
  std::unique_ptr<AbsenceSourceV2> v2_;
};

}  // namespace roots::personio
