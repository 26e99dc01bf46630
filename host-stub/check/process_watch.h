// Looks at what a piece of code does to its process: system calls it must not make, threads and descriptors
// it leaves behind, words it prints. Linux.
#pragma once

#include <functional>
#include <string>

namespace roots::check {

enum class Forbidden { sockets, threads };

// From now on the first forbidden system call ends this process; whoever started it finds out by the exit
// code below. For ever: only for a process that was started for one check. False: this system cannot.
[[nodiscard]] bool endProcessAt(Forbidden what);
inline constexpr int kForbiddenCall = 97;

[[nodiscard]] int threadsOfThisProcess();
[[nodiscard]] int descriptorsOfThisProcess();

// What is written to standard output and standard error while work runs.
[[nodiscard]] std::string printedBy(const std::function<void()> &work);

}  // namespace roots::check
