#include "command/console.h"

#include "command/secret_prompt.h"
#include "command_line/option_values.h"

#include <roots/kit/wipe.h>

#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <iostream>

namespace roots::host {
namespace {

// Written by a signal handler, read by every thread that runs a command.
std::atomic<int> signals_seen{0};
static_assert(std::atomic<int>::is_always_lock_free);

void onSignal(int number) {
  if (++signals_seen >= 2) {
    // The second signal: exit as without a handler. State on disk is always consistent.
    ::signal(number, SIG_DFL);
    ::raise(number);
  }
}

int terminalWidth() {
  winsize size{};
  const bool known = ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40;
  return known ? size.ws_col : 80;
}

}  // namespace

ProgressLine::ProgressLine(const Console &console)
    : console_(console), started_(std::chrono::steady_clock::now()), drawn_(started_) {}

ProgressLine::~ProgressLine() { clear(); }

void ProgressLine::show(int permille, std::string_view doing) {
  permille_ = permille;
  doing_ = std::string(doing);
  if (console_.on_progress) console_.on_progress(permille, doing);
  tick();
}

void ProgressLine::tick() {
  constexpr std::chrono::milliseconds delay{500};
  constexpr std::chrono::milliseconds pause{100};
  const auto now = std::chrono::steady_clock::now();
  if (!console_.err_is_terminal || now - started_ < delay || now - drawn_ < pause) return;
  drawn_ = now;
  draw();
}

void ProgressLine::draw() {
  console_.err.status((doing_.empty() ? "Working" : doing_) + " … " + std::to_string(permille_ / 10) + " %");
  visible_ = true;
}

void ProgressLine::clear() {
  if (visible_) console_.err.clearStatus();
  visible_ = false;
}

Console realConsole() {
  struct sigaction action{};
  action.sa_handler = onSignal;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  Console console{std::cout, std::cerr, std::cin};
  const bool colours_unwanted = std::getenv("NO_COLOR") != nullptr;  // NOLINT(concurrency-mt-unsafe)
  console.out_is_terminal = ::isatty(STDOUT_FILENO) != 0 && !colours_unwanted;
  console.err_is_terminal = ::isatty(STDERR_FILENO) != 0;
  console.width = terminalWidth();
  console.ask_secret = askOnTerminal;
  console.is_cancelled = [] { return signals_seen != 0; };
  return console;
}

Result<std::map<std::string, std::string>> readSecretLines(std::istream &in) {
  std::map<std::string, std::string> secrets;
  std::string line;
  const kit::WipedAtEnd wiped(line);
  while (std::getline(in, line)) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) continue;
    auto given = keyAndValue(line);
    if (!given) {
      kit::wipe(secrets);
      // The line may be a secret, so it is not repeated.
      return makeError(Status::invalid_setting, "Each line on standard input must be KEY=VALUE.");
    }
    const kit::WipedAtEnd value_wiped(given->second);
    secrets[given->first] = given->second;
  }
  return secrets;
}

}  // namespace roots::host
