#include "../system.h"

#include "mask_at_load.h"

#include <signal.h>
#include <sys/socket.h>
#include <time.h>

namespace roots::kit::system {
namespace {

// Poco blocks SIGPIPE on the thread that loads it, when it is loaded, and children inherit that. The host
// does not expect that, and the transport does not need it.
[[maybe_unused]] const bool pipe_signal_is_as_before = restorePipeSignal();

}  // namespace

int openSocket(int family) { return ::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0); }

void takePendingSignal(int number) {
  sigset_t one;
  ::sigemptyset(&one);
  ::sigaddset(&one, number);
  const timespec at_once{0, 0};
  (void)::sigtimedwait(&one, nullptr, &at_once);
}

std::chrono::nanoseconds timeWithSleep() {
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

}  // namespace roots::kit::system
