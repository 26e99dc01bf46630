// Absences from API v2 where the credentials may use it, from v1 otherwise. Owned by a connection; borrows
// its session.
#pragma once

#include "absence_source.h"
#include "personio_session.h"

#include <memory>
#include <utility>

namespace roots::personio {

class AbsenceSourceAuto final : public AbsenceSource {
 public:
  AbsenceSourceAuto(Session &session, std::unique_ptr<AbsenceSource> v1, std::unique_ptr<AbsenceSource> v2)
      : session_(session), v1_(std::move(v1)), v2_(std::move(v2)) {}

  // Which one it was is learned with the first answer; a company without the right for v2 pays one more
  // request once, or none if the rights came with the token.
  [[nodiscard]] Result<std::vector<Absence>> absencesOf(std::string_view employee_id, kit::CivilDays range,
                                                        const CallContext &context) override;

 private:
  Session &session_;
  std::unique_ptr<AbsenceSource> v1_;
  std::unique_ptr<AbsenceSource> v2_;
};

}  // namespace roots::personio
