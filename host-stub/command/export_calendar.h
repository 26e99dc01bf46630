// The absences of some days, printed as iCalendar.
#pragma once

#include "command/command_context.h"

#include <functional>

namespace roots::host {

// Opens the stores and fetches days that were never fetched, if possible.
using FetchDays = std::function<Result<Stores, Failure>(CivilDays days)>;

// An absence is exported as a whole, so other days may be fetched as well. If absences of some days are
// unknown, this is an error: a file without them would say that there are none.
[[nodiscard]] CommandResult exportCalendar(CommandContext &context, CivilDays days, bool reduced,
                                           const FetchDays &fetch);

}  // namespace roots::host
