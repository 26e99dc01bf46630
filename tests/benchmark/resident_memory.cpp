#include "benchmark/resident_memory.h"

#include <malloc.h>

#include <fstream>
#include <stdexcept>

namespace roots::benchmarks {

ResidentMemory residentMemory(const std::string &process) {
  std::ifstream status("/proc/" + process + "/status");
  ResidentMemory memory;
  for (std::string line; std::getline(status, line);) {
    const auto kilobytes = [&] { return std::stod(line.substr(line.find(':') + 1)) * 1024; };
    if (line.starts_with("VmRSS:")) memory.now = kilobytes();
    if (line.starts_with("VmHWM:")) memory.peak = kilobytes();
  }
  if (memory.peak == 0) throw std::runtime_error("the memory of process " + process + " cannot be read");
  return memory;
}

double peakGrowth(const std::function<void()> &work) {
  ::malloc_trim(0);
  constexpr const char *kResetsPeak = "5";
  if (!(std::ofstream("/proc/self/clear_refs") << kResetsPeak << std::flush))
    throw std::runtime_error("the peak of resident memory cannot be reset (/proc/self/clear_refs)");
  const double before = residentMemory("self").now;
  work();
  return residentMemory("self").peak - before;
}

}  // namespace roots::benchmarks
