// A started program: the time of its first output byte, and its memory.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include <sys/types.h>

namespace roots::benchmarks {

class StartedProgram {
 public:
  explicit StartedProgram(std::vector<std::string> command);
  ~StartedProgram();  // kills it, unless it has exited
  StartedProgram(const StartedProgram &) = delete;
  StartedProgram &operator=(const StartedProgram &) = delete;

  // Seconds from before the start to the first byte on its standard output.
  [[nodiscard]] double secondsToFirstOutput();
  // Reads its output to the end.
  void awaitEnd();

  // The peak of resident memory so far, in bytes.
  [[nodiscard]] double peakResident() const;
  // The same just before exit, while its memory is still allocated; call it before any other wait.
  [[nodiscard]] double peakResidentAtEnd();

 private:
  std::chrono::steady_clock::time_point started_;
  pid_t process_ = -1;
  int output_ = -1;
};

}  // namespace roots::benchmarks
