// What a view shows besides the days: names, ages, and notices about what is missing or stale. Changes
// nothing; use on the thread of the command.
#pragma once

#include "command/command_context.h"
#include "command/source_sync.h"
#include "view/problems.h"
#include "view/views.h"

#include <vector>

namespace roots::host {

[[nodiscard]] ViewContext makeViewContext(const CommandContext &context, const Stores &stores,
                                          CivilDays days);

// Converts problems for the views, which do not use failures of commands.
[[nodiscard]] std::vector<ProblemView> viewsOf(const std::vector<SourceProblem> &problems);

}  // namespace roots::host
