// Runs a program as a user would: arguments, standard input, and what came back. For tests that start
// the real host, and for those that do something to it while it runs.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace roots::test {

struct ProcessOptions {
  std::string input;                               // its standard input, then end of file
  std::map<std::string, std::string> environment;  // added to a small fixed one
  std::chrono::milliseconds time_limit{60000};     // then it is killed and timed_out is set
};

struct ProcessResult {
  int exit_code = -1;  // -1: ended by a signal
  int signal = 0;      // 0: ended by itself
  bool core_dumped = false;
  bool timed_out = false;
  std::string out;  // standard output
  std::string err;  // standard error
};

// Runs from construction on. One that nobody waited for is killed with its owner.
class RunningProcess {
 public:
  explicit RunningProcess(const std::vector<std::string> &command, const ProcessOptions &options = {});
  ~RunningProcess();
  RunningProcess(const RunningProcess &) = delete;
  RunningProcess &operator=(const RunningProcess &) = delete;

  [[nodiscard]] pid_t id() const;
  [[nodiscard]] const std::string &out() const;  // what it wrote so far
  void signal(int number) const;

  // Lets it run, feeding and reading it, for this time, or until it has closed what it writes to.
  void letRun(std::chrono::microseconds duration);
  // Lets it run until this holds. False: it ended, or its time was up, before it did.
  bool letRunUntil(const std::function<bool()> &holds);
  // Lets it run to its end, or kills it when its time is up.
  [[nodiscard]] ProcessResult end();

 private:
  struct Content;
  std::unique_ptr<Content> content_;
};

[[nodiscard]] ProcessResult run(const std::vector<std::string> &command, const ProcessOptions &options = {});

}  // namespace roots::test
