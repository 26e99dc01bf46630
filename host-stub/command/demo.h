// The demo: the commands a user types, run one after the other against the sandbox, in a home that is
// thrown away. Needs the plugin in the plugins folder; touches nothing else.
#pragma once

#include "command/workplace.h"

namespace roots::host {

[[nodiscard]] Outcome runDemo(Workplace &workplace);

}  // namespace roots::host
