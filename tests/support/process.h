// Runs a program as a user would: arguments, standard input, and output. For tests that start the real
// host, and for those that interact with it while it runs.
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
  std::chrono::milliseconds time_limit{60000};     // after it, the process is killed and timed_out is set
};

struct ProcessResult {
  int exit_code = -1;  // -1: ended by a signal
  int signal = 0;      // 0: it exited by itself
  bool core_dumped = false;
  bool timed_out = false;
  std::string out;  // standard output
  std::string err;  // standard error
};

// Runs from construction on. The destructor kills a process that is still running.
class RunningProcess {
 public:
  explicit RunningProcess(const std::vector<std::string> &command, const ProcessOptions &options = {});
  ~RunningProcess();
  RunningProcess(const RunningProcess &) = delete;
  RunningProcess &operator=(const RunningProcess &) = delete;

  [[nodiscard]] pid_t id() const;
  [[nodiscard]] const std::string &out() const;  // the output so far
  void signal(int number) const;

  // Lets the process run, with input and output, for this time or until it has closed its output.
  void letRun(std::chrono::microseconds duration);
  // Lets it run until the condition is met. False: it exited or timed out before that.
  bool letRunUntil(const std::function<bool()> &condition);
  // Lets it run to its end, or kills it after its time limit.
  [[nodiscard]] ProcessResult end();

 private:
  struct Content;
  std::unique_ptr<Content> content_;
};

[[nodiscard]] ProcessResult run(const std::vector<std::string> &command, const ProcessOptions &options = {});

}  // namespace roots::test
