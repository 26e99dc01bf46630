// Fetches from connected providers and Moco into the stores. Each part is replaced as a whole or not at
// all, and no source affects the data of another. Use on one thread; hold a HomeLock.
#pragma once

#include "moco/moco_client.h"
#include "sync/connection.h"

#include <string>
#include <vector>

namespace roots::host {

// A part that could not be fetched; its last known data stays in effect.
struct SyncProblem {
  std::string source;       // plugin id, or "moco"
  std::string source_name;  // "Personio", "Moco"
  std::string part;         // "locks", or that of a StepEvent
  Error error;
};

// Fetches absences of the days, schedule, balances, and then the current locks. now: UTC time of the sync.
// If a service is unavailable for one part, the other parts are not requested and fail for the same reason.
[[nodiscard]] Result<std::vector<SyncProblem>> syncProvider(Stores &stores, LiveProvider &live,
                                                            CivilDays days, CivilDate today,
                                                            const std::string &now);

// Fetches time entries and public holidays of the days.
[[nodiscard]] Result<std::vector<SyncProblem>> syncMoco(Stores &stores, MocoClient &client, CivilDays days,
                                                        const std::string &now, const kit::CallLimits &limits,
                                                        const OnStep &on_step);

// Marks all data of a provider on these days as not refetched, because no request was possible.
[[nodiscard]] Result<void> markProviderFailed(Stores &stores, const std::string &plugin_id, CivilDays days,
                                              const std::string &problem);

// Marks all data of Moco on these days as not refetched, with the reason.
[[nodiscard]] Result<void> markMocoFailed(Stores &stores, CivilDays days, const std::string &problem);

// The current time, as "2026-11-24T09:30:00Z"; and such a time as local text for users, "2026-11-24 10:30".
[[nodiscard]] std::string utcNow();
[[nodiscard]] std::string localText(const std::string &utc);

}  // namespace roots::host
