// Fetching: from connected providers and Moco into the stores. Each part is taken as a whole or not at all,
// and no source touches another's data. One thread; hold a HomeLock.
#pragma once

#include "moco/moco_client.h"
#include "sync/connection.h"

#include <string>
#include <vector>

namespace roots::host {

// A part that could not be fetched; what was known of it stays in force.
struct SyncProblem {
  std::string source;  // "Personio", "Moco"
  std::string part;    // "connection", "absences", "schedule", "balances", "time entries", "public holidays"
  Error error;
};

// Absences of the days, schedule, balances, then the locks as they stand now. now: UTC time of the sync.
[[nodiscard]] Result<std::vector<SyncProblem>> syncProvider(Stores &stores, LiveProvider &live,
                                                            CivilDays days, CivilDate today,
                                                            const std::string &now);

// Time entries and public holidays of the days.
[[nodiscard]] Result<std::vector<SyncProblem>> syncMoco(Stores &stores, MocoClient &client, CivilDays days,
                                                        const std::string &now, const kit::CallLimits &limits,
                                                        const OnStep &on_step);

// Marks all data of a provider as not renewed, when it could not even be asked.
[[nodiscard]] Result<void> markProviderFailed(Stores &stores, const std::string &plugin_id,
                                              const std::string &problem);

// The present, as "2026-11-24T09:30:00Z"; and such a time as local text for people, "2026-11-24 10:30".
[[nodiscard]] std::string utcNow();
[[nodiscard]] std::string localText(const std::string &utc);

}  // namespace roots::host
