// The list of absences of API v2, without reading three years back each time. Once a day, a full read covers
// everything that may reach into the range, and the absences that span several days are persisted in the
// host's secret store. Until the next one, the list is what starts in the range, what has changed since, and
// what spanned the range's first day if it still exists. Owned by a source; for the thread of the call.
#pragma once

#include "api/personio_session.h"
#include "api/requests.h"
#include "model/personio_model.h"

#include <roots/kit/civil_date.h>
#include <roots/provider.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace roots::personio {

class PeriodList {
 public:
  // Borrows the session.
  PeriodList(Session &session, Host host) : session_(session), host_(std::move(host)) {}

  // All that count and may touch the range, and others.
  [[nodiscard]] Result<std::vector<PeriodV2>> read(Requests &requests, std::string_view employee_id,
                                                   kit::CivilDays range, const kit::CallLimits &limits);
  // Persists the last full read for the next start. Only for calls that succeeded.
  void save();

 private:
  // An absence that may reach from one range into another.
  struct Span {
    std::string id;
    kit::CivilDate first;
    std::optional<kit::CivilDate> last;
  };
  // The result of a full read.
  struct FullRead {
    std::string employee_id;
    kit::CivilDays starts;  // of the requested absences
    std::chrono::system_clock::time_point time;
    kit::CivilDate last_change;
    std::vector<Span> spans;
  };

  [[nodiscard]] Result<std::vector<PeriodV2>> readAll(Requests &requests, std::string_view employee_id,
                                                      kit::CivilDays range, const kit::CallLimits &limits);
  [[nodiscard]] Result<std::vector<PeriodV2>> readChanges(Requests &requests, std::string_view employee_id,
                                                          kit::CivilDays range,
                                                          const kit::CallLimits &limits);
  [[nodiscard]] bool isFullReadValid(const FullRead &full_read, std::string_view employee_id,
                                     kit::CivilDays range) const;
  void store(std::string_view employee_id, kit::CivilDays starts, const std::vector<PeriodV2> &periods);
  [[nodiscard]] std::vector<std::string> idsReachingInto(kit::CivilDays range,
                                                         const std::vector<PeriodV2> &listed) const;
  void load();

  Session &session_;
  Host host_;
  std::optional<FullRead> full_read_;
  bool was_loaded_ = false;
  bool is_saved_ = true;
  bool filters_refused_ = false;
};

}  // namespace roots::personio
