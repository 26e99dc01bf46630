// A program that was started and whose output is awaited: when its first byte came, how much memory it took.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include <sys/types.h>

namespace roots::benchmarks {

class StartedProgram {
 public:
  explicit StartedProgram(std::vector<std::string> command);
  ~StartedProgram();  // kills it, unless it has ended
  StartedProgram(const StartedProgram &) = delete;
  StartedProgram &operator=(const StartedProgram &) = delete;

  // Seconds from before the start to the first byte on its standard output.
  [[nodiscard]] double secondsToFirstOutput();
  // Reads its output to the end.
  void awaitEnd();

  // The most memory that was resident until now, in bytes.
  [[nodiscard]] double peakResident() const;
  // The same at its very end, just before its memory is given back; nothing may have been awaited yet.
  [[nodiscard]] double peakResidentAtEnd();

 private:
  std::chrono::steady_clock::time_point started_;
  pid_t process_ = -1;
  int output_ = -1;
};

}  // namespace roots::benchmarks
