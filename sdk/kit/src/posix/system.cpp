#include "../system.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

namespace roots::kit::system {

int openSocket(int family) {
  const int socket = ::socket(family, SOCK_STREAM, 0);
  if (socket < 0) return socket;
  const int flags = ::fcntl(socket, F_GETFL);
  const bool is_set =
      ::fcntl(socket, F_SETFD, FD_CLOEXEC) == 0 && ::fcntl(socket, F_SETFL, flags | O_NONBLOCK) == 0;
#if defined(SO_NOSIGPIPE)
  const int on = 1;
  (void)::setsockopt(socket, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
  if (is_set) return socket;
  ::close(socket);
  return -1;
}

// Only called while it is pending, so that this does not wait.
void takePendingSignal(int number) {
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, number);
  int taken = 0;
  (void)::sigwait(&one, &taken);
}

// The system's clock: it may be set, which at worst costs a new connection.
std::chrono::nanoseconds timeWithSleep() { return std::chrono::system_clock::now().time_since_epoch(); }

}  // namespace roots::kit::system
