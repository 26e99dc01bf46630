// Absences from API v2, which has one list for types counted in days and in hours. Owned by a
// connection; borrows its session, types and log.
#pragma once

#include "absences/absence_source.h"
#include "absences/breakdown_cache.h"
#include "absences/breakdown_reader.h"
#include "absences/period_list.h"
#include "api/personio_session.h"
#include "api/time_off_types.h"

#include <roots/kit/parallel.h>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace roots::personio {

// What API v2 reports, and whether it can be relied on.
struct AbsencesV2 {
  std::vector<Absence> absences;
  // The meaning of midnight as an end is unknown, so some absences may be one day too long.
  bool ends_are_ambiguous = false;
  // If so: an absence that is in the list was refused its days, so API v2 cannot resolve the ambiguity.
  bool breakdowns_denied = false;
};

class AbsenceSourceV2 final : public AbsenceSource {
 public:
  AbsenceSourceV2(Session &session, const Host &host, kit::Waiter &waiter, kit::RunTasks run_tasks);

  // With a notice if the last days are ambiguous.
  [[nodiscard]] Result<std::vector<Absence>> fetchAbsences(std::string_view employee_id, kit::CivilDays range,
                                                           const CallContext &context) override;
  // The same for a caller that may have a better source: without the notice.
  [[nodiscard]] Result<AbsencesV2> read(std::string_view employee_id, kit::CivilDays range,
                                        const CallContext &context);
  // Whether the last call failed because the service denies one of the lists, so that API v2 is unavailable.
  // A refusal of a single absence does not count: it does not concern the endpoint.
  [[nodiscard]] bool areListsDenied() const { return lists_denied_; }
  // Whether the last call failed only because the service denies the breakdowns of an absence that the hourly
  // list of API v1 lacks. It may be among the other absences of v1.
  [[nodiscard]] bool areHoursDenied() const { return hours_denied_; }

 private:
  using Minutes = std::map<std::string, std::vector<MinutesOnDay>, std::less<>>;  // by the period's id
  // What one call has read so far.
  struct ReadState {
    std::string_view employee_id;
    kit::CivilDays range;
    const CallContext &context;
    BreakdownReader reader;
    std::vector<PeriodV2> periods;  // that may touch the range
    Minutes minutes_v1;             // of periods whose hours came from API v1
    std::optional<Error> error_v1;  // why the last request to it failed
    bool ends_are_ambiguous = false;
  };

  [[nodiscard]] Result<void> readLists(ReadState &state);
  [[nodiscard]] Result<void> learnMeaningOfEnds(ReadState &state);
  [[nodiscard]] Result<void> readHours(ReadState &state);
  [[nodiscard]] Result<void> readMinutesV1(ReadState &state);
  [[nodiscard]] Result<void> leaveOutDeleted(ReadState &state);
  [[nodiscard]] BreakdownReader::Periods withUnreadHours(const ReadState &state) const;
  [[nodiscard]] Result<Absence> absenceOf(const PeriodV2 &period, ReadState &state) const;
  [[nodiscard]] Result<DaySpan> daysOf(const PeriodV2 &period, ReadState &state) const;
  [[nodiscard]] const TimeOffType *typeOf(const PeriodV2 &period) const;

  Session &session_;
  kit::RunTasks run_tasks_;
  PeriodList list_;
  BreakdownCache cache_;
  TimeOffTypes types_;
  const TimeOffTypes::Types *known_types_ = nullptr;  // belongs to types_; set by readLists()
  bool lists_denied_ = false;
  bool hours_denied_ = false;
};

}  // namespace roots::personio
