// The signal mask that the loading thread had before any library that comes with this one started up.
#pragma once

namespace roots::kit::system {

// Unblocks SIGPIPE if it was not blocked then. For the loading thread, while the library starts up. The value
// only serves to initialise something.
bool restorePipeSignal();

}  // namespace roots::kit::system
