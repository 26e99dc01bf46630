// Prevents the kit's signals from affecting the host. Each guard applies to the calling thread during its
// lifetime.
#pragma once

#include <signal.h>

namespace roots::kit {

// Writing to a connection that the other side has reset raises SIGPIPE, which terminates a host that does not
// handle it. MSG_NOSIGNAL does not help, since OpenSSL writes by itself. During its lifetime, the
// signal is blocked; one that was raised meanwhile is consumed, and the mask is restored. A signal that was
// pending before remains pending. Must not be alive while a function of the host runs.
class PipeSignalHeld {
 public:
  PipeSignalHeld();
  ~PipeSignalHeld();
  PipeSignalHeld(const PipeSignalHeld &) = delete;
  PipeSignalHeld &operator=(const PipeSignalHeld &) = delete;

 private:
  sigset_t before_{};
  bool was_pending_ = false;
};

// For the start of a thread, which inherits the mask: a signal to the process must be handled by the host's
// threads. Signals for faults of the thread itself stay unblocked.
class SignalsHeld {
 public:
  SignalsHeld();
  ~SignalsHeld();
  SignalsHeld(const SignalsHeld &) = delete;
  SignalsHeld &operator=(const SignalsHeld &) = delete;

 private:
  sigset_t before_{};
};

}  // namespace roots::kit
