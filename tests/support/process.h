// Runs a program as a user would: arguments, standard input, and what came back. For tests that start
// the real host.
#pragma once

#include <chrono>
#include <map>
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
  bool timed_out = false;
  std::string out;  // standard output
  std::string err;  // standard error
};

[[nodiscard]] ProcessResult run(const std::vector<std::string> &command, const ProcessOptions &options = {});

}  // namespace roots::test
