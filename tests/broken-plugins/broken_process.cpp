// Function tables with correct results that damage the process of their host: signals, descriptors, silent
// connections. Each fault is in a separate namespace.
#include "sound.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>

using broken::sound;

#define CONNECT                                                                                            \
  static roots_status connect(roots_provider *p, const roots_setting *s, size_t n, const roots_call *call, \
                              roots_account *account, roots_error *error)

namespace {

sigset_t pipeSignal() {
  sigset_t signals;
  ::sigemptyset(&signals);
  ::sigaddset(&signals, SIGPIPE);
  return signals;
}

bool isPipeSignalBlocked() {
  sigset_t blocked;
  ::pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
  return ::sigismember(&blocked, SIGPIPE) == 1;
}

}  // namespace

namespace writes_to_closed_socket {
CONNECT {
  // A blocked signal would stay pending, which another check covers.
  std::array<int, 2> ends{};
  if (!isPipeSignalBlocked() && ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0) {
    ::close(ends[0]);
    (void)!::write(ends[1], "x", 1);
    ::close(ends[1]);
  }
  return sound.connect(p, s, n, call, account, error);
}
}  // namespace writes_to_closed_socket
BROKEN_TABLE(writes_to_closed_socket, connect, writes_to_closed_socket::connect)

namespace leaves_signal_blocked {
CONNECT {
  const sigset_t signals = pipeSignal();
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return sound.connect(p, s, n, call, account, error);
}
}  // namespace leaves_signal_blocked
BROKEN_TABLE(leaves_signal_blocked, connect, leaves_signal_blocked::connect)

namespace leaves_signal_pending {
CONNECT {
  if (isPipeSignalBlocked()) ::pthread_kill(::pthread_self(), SIGPIPE);
  return sound.connect(p, s, n, call, account, error);
}
}  // namespace leaves_signal_pending
BROKEN_TABLE(leaves_signal_pending, connect, leaves_signal_pending::connect)

namespace ignores_signal_for_all {
CONNECT {
  ::signal(SIGPIPE, SIG_IGN);
  return sound.connect(p, s, n, call, account, error);
}
}  // namespace ignores_signal_for_all
BROKEN_TABLE(ignores_signal_for_all, connect, ignores_signal_for_all::connect)

namespace opens_for_children {
CONNECT {
  static const int kept = ::open("/dev/null", O_RDONLY);
  (void)kept;
  return sound.connect(p, s, n, call, account, error);
}
}  // namespace opens_for_children
BROKEN_TABLE(opens_for_children, connect, opens_for_children::connect)

// Keeps one connection forever, and waits for its replies as long as a call may take.
namespace trusts_kept_connection {

static int kept = -1;

static int connectionTo(const roots_setting *settings, size_t count) {
  for (size_t index = 0; index < count; ++index) {
    if (std::string(settings[index].key.data, settings[index].key.size) != "base_url") continue;
    const std::string address(settings[index].value.data, settings[index].value.size);
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    where.sin_port = htons(static_cast<uint16_t>(std::atoi(address.c_str() + address.rfind(':') + 1)));
    const int connection = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::connect(connection, reinterpret_cast<const sockaddr *>(&where), sizeof where) == 0)
      return connection;
    ::close(connection);
  }
  return -1;
}

CONNECT {
  const roots_status status = sound.connect(p, s, n, call, account, error);
  if (kept >= 0) ::close(kept);
  kept = status == ROOTS_OK ? connectionTo(s, n) : -1;
  return status;
}

static bool isReadable(int milliseconds) {
  pollfd waiting{kept, POLLIN, 0};
  return ::poll(&waiting, 1, milliseconds) > 0;
}

static roots_status fetch(roots_provider *p, roots_days days, const roots_call *call,
                          const roots_absence_receiver *receiver, roots_error *error) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::milliseconds(call->timeout_ms);
  const auto cancelled = [call] { return call->is_cancelled(call->context) != 0; };
  if (kept >= 0 && !cancelled()) {
    const std::string request = "GET /v1/me HTTP/1.1\r\nHost: localhost\r\n\r\n";
    (void)!::send(kept, request.data(), request.size(), MSG_NOSIGNAL);
    while (!isReadable(50)) {
      if (cancelled()) return ROOTS_CANCELLED;
      if (Clock::now() >= end) return ROOTS_TRY_LATER;
    }
    std::array<char, 4096> reply{};
    while (isReadable(100) && ::recv(kept, reply.data(), reply.size(), 0) > 0) continue;
  }
  return sound.fetch_absences(p, days, call, receiver, error);
}

}  // namespace trusts_kept_connection
extern "C" const roots_provider_api *broken_trusts_kept_connection() {
  static roots_provider_api table = sound;
  table.create = broken::createAndRemember;
  table.connect = trusts_kept_connection::connect;
  table.fetch_absences = trusts_kept_connection::fetch;
  return &table;
}
