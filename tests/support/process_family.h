// The publicly visible data of a process and its descendants: command lines and, where readable,
// environments. Samples them in a separate thread as often as possible.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <set>
#include <string>
#include <thread>

namespace roots::test {

class ProcessFamily {
 public:
  explicit ProcessFamily(pid_t head);
  ~ProcessFamily();
  ProcessFamily(const ProcessFamily &) = delete;
  ProcessFamily &operator=(const ProcessFamily &) = delete;

  // All samples, one text each: arguments are separated by spaces. Stops sampling.
  struct Seen {
    std::set<std::string> command_lines;
    std::set<std::string> environments;
  };
  [[nodiscard]] const Seen &seen();

 private:
  void look(pid_t process);

  Seen seen_;
  std::atomic<bool> ended_{false};
  std::thread looking_;
};

}  // namespace roots::test
