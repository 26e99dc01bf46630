// Standard streams of a program that was started with one of them closed.
#pragma once

namespace roots::host {

// Call it first in main(): prevents other files from getting the numbers of closed standard streams, which
// would then be read and written as the stream. Writing to a closed standard output still fails.
void occupyStandardStreams();

}  // namespace roots::host
