// The input and output of a command: standard output for results, standard error for everything else, the
// terminal for progress and secrets. Also Ctrl-C, which cancels the running call.
#pragma once

#include "sync/step.h"
#include "text/output.h"

#include <roots/result.hpp>

#include <chrono>
#include <functional>
#include <iosfwd>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace roots::host {

struct Console {
  Output out;
  Output err;
  std::istream &in;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  int width = 80;

  // Asks on the terminal without echo. Status::invalid_setting if there is no terminal.
  std::function<Result<std::string>(const std::string &label)> ask_secret = {};
  // Whether the user pressed Ctrl-C.
  std::function<bool()> is_cancelled = {};
  // Observers of steps, at their start and end, and of progress.
  OnStep on_step = {};
  std::function<void(int permille, std::string_view doing)> on_progress = {};
};

// Reports progress to the console's observers and, on a terminal, in a line that appears after half a
// second. Use on one thread; borrows the console.
class ProgressLine {
 public:
  explicit ProgressLine(const Console &console);
  ~ProgressLine();
  ProgressLine(const ProgressLine &) = delete;
  ProgressLine &operator=(const ProgressLine &) = delete;

  void show(int permille, std::string_view doing);
  void tick();  // must be called often; shows the line when it is due
  void clear();

 private:
  void draw();

  const Console &console_;
  std::chrono::steady_clock::time_point started_;
  std::chrono::steady_clock::time_point drawn_;
  std::string doing_;
  int permille_ = 0;
  bool visible_ = false;
};

// The process's own console. Installs handlers for SIGINT and SIGTERM: the first signal cancels, a second
// one ends the process.
[[nodiscard]] Console realConsole();

// KEY=VALUE lines until the end of the input; empty lines are skipped.
[[nodiscard]] Result<std::map<std::string, std::string>> readSecretLines(std::istream &in);

}  // namespace roots::host
