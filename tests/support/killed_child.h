// Code in a child process that is killed at a chosen moment: before or after one of its system calls. What it
// has done to files by then is the same in each run.
#pragma once

#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

namespace roots::test {

// moment: the number of beginnings and ends of system calls that the child gets to. False: it ended before.
template <class Does>
bool killAtMoment(int moment, Does does) {
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("fork failed");
  if (child == 0) {
    if (::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) ::_exit(1);
    ::raise(SIGSTOP);
    does();
    ::_exit(0);
  }
  int status = 0;
  const auto awaitStop = [&] { return ::waitpid(child, &status, 0) == child && WIFSTOPPED(status); };
  bool is_stopped = awaitStop();
  if (!is_stopped) throw std::runtime_error("a child process cannot be traced here (ptrace)");
  for (int passed = 0; is_stopped && passed < moment; ++passed) {
    ::ptrace(PTRACE_SYSCALL, child, nullptr, nullptr);
    is_stopped = awaitStop();
  }
  if (!is_stopped) return false;
  ::kill(child, SIGKILL);
  ::waitpid(child, &status, 0);
  return true;
}

}  // namespace roots::test
