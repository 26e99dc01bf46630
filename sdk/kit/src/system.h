// Wraps the differences between systems: linux/system.cpp and, for all others, posix/system.cpp.
#pragma once

#include <chrono>

namespace roots::kit::system {

// A stream socket of this family that does not block, is closed in children and, where the system can,
// raises no SIGPIPE. -1: unavailable.
[[nodiscard]] int openSocket(int family);

// Consumes a signal that is pending for and blocked by the calling thread, so that it is never delivered.
void takePendingSignal(int number);

// Monotonic, and goes on while the computer sleeps, which steady_clock need not do.
[[nodiscard]] std::chrono::nanoseconds timeWithSleep();

}  // namespace roots::kit::system
