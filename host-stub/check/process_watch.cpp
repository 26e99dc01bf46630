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

namespace roots::check {

namespace {

void endProcess(int /*signal*/) { ::_exit(kForbiddenCall); }

int entriesOf(const char *folder) {
  int count = 0;
  for ([[maybe_unused]] const auto &entry : std::filesystem::directory_iterator(folder)) ++count;
  return count;
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
  struct sigaction handler {};
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

int threadsOfThisProcess() { return entriesOf("/proc/self/task"); }
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
