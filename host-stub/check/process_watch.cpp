#include "check/process_watch.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

namespace roots::check {

namespace {

constexpr const char *kThreads = "/proc/self/task";

void endProcess(int /*signal*/) { ::_exit(kForbiddenCall); }

int entriesOf(const char *folder) {
  int count = 0;
  for ([[maybe_unused]] const auto &entry : std::filesystem::directory_iterator(folder)) ++count;
  return count;
}

// The entries of a thread in /proc/PID/stat: its state, and the kernel's flags.
struct ThreadState {
  char letter = '?';
  unsigned flags = 0;
};

// nullopt: it has ended.
std::optional<ThreadState> stateOf(const std::filesystem::path &thread) {
  std::ifstream file(thread / "stat");
  std::string line;
  if (!std::getline(file, line)) return std::nullopt;
  const auto end_of_name = line.rfind(')');  // a name can contain any character
  if (end_of_name == std::string::npos) return std::nullopt;
  std::istringstream rest(line.substr(end_of_name + 1));
  ThreadState state;
  long long skipped = 0;
  rest >> state.letter;
  for (int field = 0; field < 5; ++field) rest >> skipped;
  rest >> state.flags;
  return state;
}

bool isEnding(const ThreadState &state) {
  constexpr unsigned exiting = 4;  // PF_EXITING
  return (state.flags & exiting) != 0 || state.letter == 'Z' || state.letter == 'X';
}

sock_filter load(std::size_t offset) {
  return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<__u32>(offset));
}
// Skips the next instruction unless the call has this number.
sock_filter unlessCalled(long number) {
  return BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<__u32>(number), 0, 1);
}
sock_filter answer(unsigned what) { return BPF_STMT(BPF_RET | BPF_K, what); }

}  // namespace

bool endProcessAt(Forbidden what) {
  struct sigaction handler{};
  handler.sa_handler = endProcess;
  ::sigaction(SIGSYS, &handler, nullptr);
  const std::array<long, 2> calls = what == Forbidden::sockets
                                        ? std::array<long, 2>{SYS_socket, SYS_socketpair}
                                        : std::array<long, 2>{SYS_clone, SYS_clone3};
  std::array<sock_filter, 6> rules{load(offsetof(seccomp_data, nr)), unlessCalled(calls[0]),
                                   answer(SECCOMP_RET_TRAP),         unlessCalled(calls[1]),
                                   answer(SECCOMP_RET_TRAP),         answer(SECCOMP_RET_ALLOW)};
  const sock_fprog program{static_cast<unsigned short>(rules.size()), rules.data()};
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

int threadsOfThisProcess() {
  int count = 0;
  for (const auto &thread : std::filesystem::directory_iterator(kThreads)) {
    const auto state = stateOf(thread.path());
    if (state && !isEnding(*state)) ++count;
  }
  return count;
}

std::chrono::nanoseconds processorWaitTime() {
  long long waited = 0;
  std::error_code gone;  // a thread may end during this loop
  for (const auto &thread : std::filesystem::directory_iterator(kThreads, gone)) {
    std::ifstream file(thread.path() / "schedstat");
    long long ran = 0;
    long long its = 0;
    if (file >> ran >> its) waited += its;
  }
  return std::chrono::nanoseconds(waited);
}

bool isAsleep(pid_t thread) {
  const auto state = stateOf(std::filesystem::path(kThreads) / std::to_string(thread));
  return state && state->letter == 'S';
}

int descriptorsOfThisProcess() { return entriesOf("/proc/self/fd"); }

std::string printedBy(const std::function<void()> &work) {
  const int caught = ::memfd_create("printed", MFD_CLOEXEC);
  const std::array<int, 2> kept{::dup(STDOUT_FILENO), ::dup(STDERR_FILENO)};
  std::fflush(nullptr);
  ::dup2(caught, STDOUT_FILENO);
  ::dup2(caught, STDERR_FILENO);
  work();
  std::fflush(nullptr);
  ::dup2(kept[0], STDOUT_FILENO);
  ::dup2(kept[1], STDERR_FILENO);
  std::string printed(4096, '\0');
  const auto size = ::pread(caught, printed.data(), printed.size(), 0);
  printed.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  for (const int descriptor : {caught, kept[0], kept[1]}) ::close(descriptor);
  return printed;
}

}  // namespace roots::check
