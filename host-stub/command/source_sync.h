// Fetches from all connected sources, or from one, with progress and Ctrl-C. Use on one thread, with the
// home locked; only fetchMissing() locks it itself.
#pragma once

#include "command/command_context.h"
#include "sync/sync.h"

#include <string>
#include <vector>

namespace roots::host {

// A part of a source that could not be fetched; its last known data stays in effect.
struct SourceProblem {
  std::string source;       // plugin ID, or "moco"
  std::string source_name;  // "Personio", "Moco"
  std::string part;         // as of a SyncProblem
  Failure failure;
};

using SourceProblems = Result<std::vector<SourceProblem>, Failure>;

// A failure of one source does not stop the others.
[[nodiscard]] SourceProblems syncAll(CommandContext &context, Stores &stores, CivilDays days);
[[nodiscard]] SourceProblems syncOne(CommandContext &context, Stores &stores, LiveProvider &live,
                                     CivilDays days);
[[nodiscard]] SourceProblems syncMocoNow(CommandContext &context, Stores &stores, CivilDays days);

// Fetches the data for these days that the stores do not contain. Locks the home only if something is
// missing. Only a cancellation is a failure: otherwise, the context remembers why the rest could not be
// fetched, and the views show the known data.
[[nodiscard]] CommandResult fetchMissing(CommandContext &context, Stores &stores, CivilDays days);

}  // namespace roots::host
