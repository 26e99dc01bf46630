// How a request fails inside the transport, and how each step of it waits: in short slices, so
// that a deadline and a cancellation end it at once.
#pragma once

#include <roots/kit/http.h>

#include <string>

namespace roots::kit {

// Thrown inside the transport only; send() turns it into a value.
struct TransportFailure {
  TransportError error;
};

[[noreturn]] void fail(TransportFault fault, std::string detail);

// Fails if the call is cancelled or its time is up.
void requireTime(const CallLimits &limits);

// How long to wait until requireTime() is due again: from 1 ms on, never beyond the deadline by more.
[[nodiscard]] std::chrono::milliseconds waitInterval(const CallLimits &limits);

}  // namespace roots::kit
