// roots-sandbox: an invented Personio and Moco for users, plugin authors, and tests. The code is in
// sandbox_program.h; this file starts it, and waits for a signal or the end of standard input.
#include "sandbox/sandbox_program.h"
#include "text/standard_streams.h"

#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <iostream>

namespace {

volatile sig_atomic_t has_signal = 0;

void onSignal(int) { has_signal = 1; }

// SIGINT and SIGTERM are blocked in all threads of the servers, and arrive only while this object waits.
class EndSignals {
 public:
  EndSignals() {
    sigset_t both;
    ::sigemptyset(&both);
    ::sigaddset(&both, SIGINT);
    ::sigaddset(&both, SIGTERM);
    ::sigprocmask(SIG_BLOCK, &both, &waiting_);
    for (const int number : {SIGINT, SIGTERM}) ::sigdelset(&waiting_, number);
    handle(onSignal);
  }

  void wait(bool until_stdin_ends) {
    // pselect() would need no timeout, but ThreadSanitizer does not deliver signals during it.
    constexpr int kMilliseconds = 100;
    ::sigprocmask(SIG_SETMASK, &waiting_, nullptr);
    pollfd input{STDIN_FILENO, POLLIN, 0};
    while (has_signal == 0) {
      const int ready = ::poll(&input, until_stdin_ends ? 1 : 0, kMilliseconds);
      if (ready > 0 && !readInput()) break;
      if (ready < 0 && errno != EINTR) break;
    }
    // The services end now. A second signal ends the process at once.
    handle(SIG_DFL);
  }

 private:
  static void handle(void (*handler)(int)) {
    struct sigaction action{};
    action.sa_handler = handler;
    for (const int number : {SIGINT, SIGTERM}) ::sigaction(number, &action, nullptr);
  }

  // What is written there has no meaning. False: it has ended.
  static bool readInput() {
    std::array<char, 4096> ignored{};
    return ::read(STDIN_FILENO, ignored.data(), ignored.size()) > 0;
  }

  sigset_t waiting_{};  // the signals that are blocked while this object waits
};

}  // namespace

int main(int argument_count, char **arguments) {
  ::signal(SIGPIPE, SIG_IGN);
  roots::host::occupyStandardStreams();
  EndSignals end_signals;
  const std::vector<std::string> words(arguments + 1, arguments + argument_count);
  return roots::sandbox::runSandbox(words, std::cout, std::cerr,
                                    [&](bool until_stdin_ends) { end_signals.wait(until_stdin_ends); });
}
