// Memory as the system counts it: pages in use, by any allocator.
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

// How much the peak of this process exceeds its memory before the work. Use it in a separate process:
// memory that was freed earlier is first returned to the system, so that reusing it counts.
[[nodiscard]] double peakGrowth(const std::function<void()> &work);

}  // namespace roots::benchmarks
