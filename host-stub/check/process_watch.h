// Observes the side effects of code on its process: forbidden system calls, remaining threads and
// descriptors, printed text. Linux.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include <sys/types.h>

namespace roots::check {

enum class Forbidden { sockets, threads };

// From now on, the first forbidden system call ends this process, with the exit code below. This cannot be
// undone, so use it only in a process for a single check. False: this system does not support it.
[[nodiscard]] bool endProcessAt(Forbidden what);
inline constexpr int kForbiddenCall = 97;

// Without threads that are ending: a joined thread may still be listed for a moment.
[[nodiscard]] int threadsOfThisProcess();
[[nodiscard]] int descriptorsOfThisProcess();

// How long the threads of this process have waited for a processor so far, while other programs used it;
// the plugin is not responsible for that time. 0 on a system that does not report it.
[[nodiscard]] std::chrono::nanoseconds processorWaitTime();

// Whether the thread is waiting, and therefore not between two calls.
[[nodiscard]] bool isAsleep(pid_t thread);

// The text written to standard output and standard error while work runs.
[[nodiscard]] std::string printedBy(const std::function<void()> &work);

}  // namespace roots::check
