// What everybody on this computer may see of a process and of all that it starts: command lines, and, where
// they can be read, environments. Looks on in a thread of its own, as often as it can.
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

  // All that was seen, a text for each: arguments are separated by spaces. Ends the looking.
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
