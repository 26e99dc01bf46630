#include "signals.h"

#include "system.h"

#include <cerrno>

namespace roots::kit {
namespace {

bool isPending(int number) {
  sigset_t pending;
  return sigpending(&pending) == 0 && sigismember(&pending, number) == 1;
}

}  // namespace

PipeSignalHeld::PipeSignalHeld() : was_pending_(isPending(SIGPIPE)) {
  if (was_pending_) return;  // so it is blocked already, and another one has no effect
  sigset_t pipe_signal;
  sigemptyset(&pipe_signal);
  sigaddset(&pipe_signal, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe_signal, &before_);
}

PipeSignalHeld::~PipeSignalHeld() {
  if (was_pending_) return;
  const int error_of_held_code = errno;
  if (isPending(SIGPIPE)) system::takePendingSignal(SIGPIPE);
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  errno = error_of_held_code;
}

SignalsHeld::SignalsHeld() {
  sigset_t signals;
  sigfillset(&signals);
  for (const int fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS, SIGTRAP})
    sigdelset(&signals, fault);
  pthread_sigmask(SIG_BLOCK, &signals, &before_);
}

SignalsHeld::~SignalsHeld() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

}  // namespace roots::kit
