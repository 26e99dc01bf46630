// What a command writes to and reads from: standard output for results, standard error for everything
// else, the terminal for progress and secrets. Also Ctrl-C, which cancels the running call.
#pragma once

#include "sync/step.h"

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
  std::ostream &out;
  std::ostream &err;
  std::istream &in;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  int width = 80;

  // Asks on the terminal without showing what is typed. Status::invalid_setting if there is no terminal.
  std::function<Result<std::string>(const std::string &label)> ask_secret = {};
  // Whether the user pressed Ctrl-C.
  std::function<bool()> is_cancelled = {};
  // Somebody who watches: steps as they begin and end, and what is done meanwhile.
  OnStep on_step = {};
  std::function<void(int permille, std::string_view doing)> on_progress = {};
};

// Tells what goes on: whoever watches the console, and on a terminal with a line, from half a second on. One
// thread; borrows the console.
class ProgressLine {
 public:
  explicit ProgressLine(const Console &console);
  ~ProgressLine();
  ProgressLine(const ProgressLine &) = delete;
  ProgressLine &operator=(const ProgressLine &) = delete;

  void show(int permille, std::string_view doing);
  void tick();  // to be called often; makes the line appear when it is due
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

// The real one. Installs handlers for SIGINT and SIGTERM: the first signal cancels, a second one ends.
[[nodiscard]] Console realConsole();

// KEY=VALUE lines until the end of the input; empty lines are skipped.
[[nodiscard]] Result<std::map<std::string, std::string>> readSecretLines(std::istream &in);

}  // namespace roots::host
