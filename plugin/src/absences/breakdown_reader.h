// Reads the days of many absences from API v2, one request each: two at a time, and only those that are not
// in the cache. If one absence is refused, for example because it was deleted meanwhile, the others are still
// read. Made for one call; borrows everything.
#pragma once

#include "absences/breakdown_cache.h"
#include "api/personio_session.h"

#include <roots/kit/parallel.h>

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace roots::personio {

class BreakdownReader {
 public:
  using Periods = std::vector<const PeriodV2 *>;

  BreakdownReader(Session &session, const kit::RunTasks &run_tasks, BreakdownCache &cache)
      : session_(session), run_tasks_(run_tasks), cache_(cache) {}

  // What is read of one absence is in the cache afterwards, even if another one failed.
  [[nodiscard]] Result<void> read(const PeriodV2 &period, kit::CivilDate until,
                                  const kit::CallLimits &limits);
  // Stops after a few refusals, because then the endpoint itself may be unavailable. Absences that are not in
  // the cache afterwards were refused or not requested.
  [[nodiscard]] Result<void> readAll(const Periods &periods, kit::CivilDate until,
                                     const kit::CallLimits &limits);

  // Ids of the absences that were refused, and why the first one was.
  [[nodiscard]] const std::set<std::string> &refused() const { return refused_; }
  [[nodiscard]] const std::optional<Error> &refusal() const { return refusal_; }

 private:
  [[nodiscard]] Result<void> readRound(const Periods &periods, kit::CivilDate until,
                                       const kit::CallLimits &limits);
  void noteRefusal(const PeriodV2 &period, Error error);

  Session &session_;
  const kit::RunTasks &run_tasks_;
  BreakdownCache &cache_;
  std::set<std::string> refused_;
  std::optional<Error> refusal_;
};

}  // namespace roots::personio
