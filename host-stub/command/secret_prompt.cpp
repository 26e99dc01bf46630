#include "command/secret_prompt.h"

#include "text/output.h"

#include <roots/kit/wipe.h>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <iostream>

namespace roots::host {
namespace {

// Signals that end or stop a program by default, and that a user or a session sends.
constexpr std::array kWatched{SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};

std::atomic<int> signal_pipe{-1};
static_assert(std::atomic<int>::is_always_lock_free);

void passOn(int number) {
  const int before = errno;
  const auto byte = static_cast<unsigned char>(number);
  (void)!::write(signal_pipe, &byte, 1);
  errno = before;
}

// Delivers the watched signals through a pipe during its lifetime. Ignored signals stay ignored.
class WatchedSignals {
 public:
  WatchedSignals() {
    if (::pipe(ends_.data()) != 0) return;
    for (const int end : ends_) ::fcntl(end, F_SETFD, FD_CLOEXEC);
    signal_pipe = ends_[1];
    struct sigaction action{};
    action.sa_handler = passOn;
    for (std::size_t index = 0; index < kWatched.size(); ++index) {
      ::sigaction(kWatched.at(index), nullptr, &before_.at(index));
      if (before_.at(index).sa_handler != SIG_IGN) ::sigaction(kWatched.at(index), &action, nullptr);
    }
  }
  ~WatchedSignals() {
    if (ends_[0] < 0) return;
    for (std::size_t index = 0; index < kWatched.size(); ++index)
      ::sigaction(kWatched.at(index), &before_.at(index), nullptr);
    signal_pipe = -1;
    for (const int end : ends_) ::close(end);
  }
  WatchedSignals(const WatchedSignals &) = delete;
  WatchedSignals &operator=(const WatchedSignals &) = delete;

  [[nodiscard]] bool areWatched() const { return ends_[0] >= 0; }
  [[nodiscard]] int reading() const { return ends_[0]; }
  // A received signal; 0: none.
  [[nodiscard]] int taken() const {
    pollfd waiting{ends_[0], POLLIN, 0};
    unsigned char number = 0;
    return ::poll(&waiting, 1, 0) > 0 && ::read(ends_[0], &number, 1) == 1 ? number : 0;
  }

 private:
  std::array<int, 2> ends_{-1, -1};
  std::array<struct sigaction, kWatched.size()> before_{};
};

// Turns echo off during its lifetime.
class SilentTerminal {
 public:
  explicit SilentTerminal(int descriptor) : descriptor_(descriptor) {
    silent_ = ::tcgetattr(descriptor_, &before_) == 0;
    if (!silent_) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    silent_ = ::tcsetattr(descriptor_, TCSAFLUSH, &quiet) == 0;
  }
  ~SilentTerminal() {
    if (silent_) ::tcsetattr(descriptor_, TCSAFLUSH, &before_);
  }
  SilentTerminal(const SilentTerminal &) = delete;
  SilentTerminal &operator=(const SilentTerminal &) = delete;

  [[nodiscard]] bool silent() const { return silent_; }

 private:
  int descriptor_;
  termios before_{};
  bool silent_ = false;
};

// Reads to the end of the line or of the input. Returns the signal that arrived first; 0: none.
int readLine(std::string &line, const WatchedSignals &signals) {
  std::string bytes(4096, '\0');
  const kit::WipedAtEnd wiped(bytes);
  for (;;) {
    std::array<pollfd, 2> waiting{pollfd{STDIN_FILENO, POLLIN, 0}, pollfd{signals.reading(), POLLIN, 0}};
    if (::poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR) return 0;
    if (const int number = signals.taken(); number != 0) return number;
    if (waiting[0].revents == 0) continue;
    const auto count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return 0;
    line.append(bytes.data(), static_cast<std::size_t>(count));
    if (line.back() != '\n') continue;
    line.pop_back();
    return 0;
  }
}

}  // namespace

Result<std::string> askOnTerminal(const std::string &label) {
  if (::isatty(STDIN_FILENO) == 0) {
    return makeError(Status::invalid_setting,
                     "\"" + label +
                         "\" must be typed on a terminal, or be given as a line on standard input with "
                         "--secrets-from-stdin.");
  }
  const Output terminal(std::cerr);
  for (;;) {
    std::string secret;
    int number = 0;
    {
      const WatchedSignals signals;
      const SilentTerminal silent(STDIN_FILENO);
      if (!signals.areWatched() || !silent.silent())
        return makeError(Status::internal, "The terminal cannot hide input. Use --secrets-from-stdin.");
      terminal.prompt(label + ": ");
      number = readLine(secret, signals);
    }
    terminal.line("");
    if (number == 0) return secret;
    // The terminal is restored: now the signal has its usual effect.
    kit::wipe(secret);
    ::raise(number);
    if (number != SIGTSTP) return makeError(Status::cancelled, "Canceled.");
  }
}

}  // namespace roots::host
