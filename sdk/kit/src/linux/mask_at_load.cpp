// A library's dependencies start up before it does, so its own code cannot read the mask in time, with one
// exception: the resolver of an indirect function runs while the library is linked, before anything of
// what is loaded with it starts up. Only system calls are permitted there, because not every function is
// linked yet (this file is compiled with -fno-plt, which links syscall() before resolvers run, and without
// sanitizers, which may not have started either).
#include "mask_at_load.h"

#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>

namespace {

std::uint64_t mask_at_load = 0;  // one bit for each signal, as the kernel has it
bool is_known = false;

constexpr std::uint64_t kPipeSignal = std::uint64_t{1} << (SIGPIPE - 1);

bool wasUnblocked() { return is_known && (mask_at_load & kPipeSignal) == 0; }

}  // namespace

extern "C" {
using RootsWasUnblocked = bool();

__attribute__((visibility("hidden"), used)) RootsWasUnblocked *rootsResolveAtLoad() {
  is_known = ::syscall(SYS_rt_sigprocmask, SIG_BLOCK, nullptr, &mask_at_load, sizeof mask_at_load) == 0;
  return wasUnblocked;
}

__attribute__((visibility("hidden"), ifunc("rootsResolveAtLoad"))) bool rootsPipeSignalWasUnblocked();
}

namespace roots::kit::system {

bool restorePipeSignal() {
  if (!rootsPipeSignalWasUnblocked()) return false;
  sigset_t pipe_signal;
  ::sigemptyset(&pipe_signal);
  ::sigaddset(&pipe_signal, SIGPIPE);
  return ::pthread_sigmask(SIG_UNBLOCK, &pipe_signal, nullptr) == 0;
}

}  // namespace roots::kit::system
