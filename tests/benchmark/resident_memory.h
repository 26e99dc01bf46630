// Memory as the system counts it: pages in use, whoever asked for them.
#pragma once

#include <functional>
#include <string>

namespace roots::benchmarks {

struct ResidentMemory {  // in bytes
  double now = 0;
  double peak = 0;
};
// process: its number, or "self".
[[nodiscard]] ResidentMemory residentMemory(const std::string &process);

// By how much the peak of this process exceeds what it had before the work. For a process of its own: what
// was freed earlier is given back first, so that it cannot be used again unseen.
[[nodiscard]] double peakGrowth(const std::function<void()> &work);

}  // namespace roots::benchmarks
