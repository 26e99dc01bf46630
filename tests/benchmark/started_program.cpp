#include "benchmark/started_program.h"

#include "benchmark/resident_memory.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace roots::benchmarks {

StartedProgram::StartedProgram(std::vector<std::string> command)
    : started_(std::chrono::steady_clock::now()) {
  std::array<int, 2> ends{-1, -1};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::vector<char *> arguments;
  for (auto &word : command) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const int failure =
      ::posix_spawn(&process_, arguments.front(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  output_ = ends[0];
  if (failure != 0) throw std::runtime_error("cannot start " + command.front());
}

StartedProgram::~StartedProgram() {
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
  ::close(output_);
}

double StartedProgram::secondsToFirstOutput() {
  char first = 0;
  if (::read(output_, &first, 1) != 1) throw std::runtime_error("the program wrote nothing");
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
}

void StartedProgram::awaitEnd() {
  std::array<char, 65536> buffer{};
  while (::read(output_, buffer.data(), buffer.size()) > 0) continue;
}

double StartedProgram::peakResident() const { return residentMemory(std::to_string(process_)).peak; }

// wait4() would also count the memory of the parent process.
double StartedProgram::peakResidentAtEnd() {
  if (::ptrace(PTRACE_SEIZE, process_, nullptr, PTRACE_O_TRACEEXIT) != 0)
    throw std::runtime_error("the end of a program cannot be watched here (ptrace)");
  int status = 0;
  while (::waitpid(process_, &status, __WALL) == process_ && WIFSTOPPED(status)) {
    if (status >> 8 == (SIGTRAP | PTRACE_EVENT_EXIT << 8)) {
      const double peak = peakResident();
      ::ptrace(PTRACE_CONT, process_, nullptr, nullptr);
      return peak;
    }
    ::ptrace(PTRACE_CONT, process_, nullptr, nullptr);
  }
  throw std::runtime_error("the program ended unseen");
}

}  // namespace roots::benchmarks
