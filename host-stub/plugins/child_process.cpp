#include "plugins/child_process.h"

#include "plugins/pipe.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <thread>

namespace roots::host {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMaxWords = 64 * 1024;

bool hasEnded(pid_t child, int &status) {
  const pid_t ended = ::waitpid(child, &status, WNOHANG);
  if (ended < 0 && errno == ECHILD) {
    status = SIGKILL;  // the status is unknown: treat it as a failure
    return true;
  }
  return ended == child;
}

// Waits this long for output and reads it. False: there is none.
bool readWords(Pipe &pipe, std::string &words, std::chrono::milliseconds wait_limit) {
  if (pipe.reading() < 0) {
    std::this_thread::sleep_for(std::min(wait_limit, std::chrono::milliseconds(5)));
    return false;
  }
  pollfd waiting{pipe.reading(), POLLIN, 0};
  if (::poll(&waiting, 1, static_cast<int>(wait_limit.count())) <= 0) return false;
  std::array<char, 4096> buffer{};
  const auto count = ::read(pipe.reading(), buffer.data(), buffer.size());
  if (count <= 0) {
    pipe.closeEnd(0);
    return false;
  }
  if (words.size() < kMaxWords) words.append(buffer.data(), static_cast<std::size_t>(count));
  return true;
}

// Reads the child's output until it has ended; false: timeout. The end of the pipe does not mean the end of
// the child: it can close the pipe and continue, or end while another process keeps the pipe open.
bool waitForEnd(pid_t child, Pipe &pipe, ChildResult &result, Clock::time_point limit) {
  constexpr std::chrono::milliseconds attention{50};
  while (!hasEnded(child, result.status)) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(limit - Clock::now());
    if (left.count() <= 0) return false;
    (void)readWords(pipe, result.words, std::min(attention, left));
  }
  while (Clock::now() < limit && readWords(pipe, result.words, std::chrono::milliseconds(0))) continue;
  return true;
}

// The input fits into the pipe's buffer, so writing it never waits for the child.
void feed(Pipe &pipe, const std::string &input) {
  if (!input.empty()) (void)!::write(pipe.writing(), input.data(), input.size());
  pipe.closeEnd(1);
}

}  // namespace

pid_t startChild(const ChildPlan &plan, int input, int output) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  const int writes_here = plan.writes_to_standard_output ? STDOUT_FILENO : kChildWritesHere;
  posix_spawn_file_actions_adddup2(&actions, output, writes_here);
  if (!plan.writes_to_standard_output) {
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  }
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  // The child must not inherit signal state or descriptors of this process, even if libraries or plugins
  // changed them.
  sigset_t none;
  ::sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  sigset_t by_default;
  ::sigemptyset(&by_default);
  ::sigaddset(&by_default, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &by_default);
  posix_spawn_file_actions_addclosefrom_np(&actions, std::max(writes_here, STDERR_FILENO) + 1);
  posix_spawnattr_setflags(&attributes,
                           POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  posix_spawnattr_setpgroup(&attributes, 0);
  std::vector<std::string> texts{plan.executable.string()};
  texts.insert(texts.end(), plan.arguments.begin(), plan.arguments.end());
  std::vector<char *> arguments;
  for (auto &text : texts) arguments.push_back(text.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  const int failure =
      ::posix_spawn(&child, texts.front().c_str(), &actions, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return failure == 0 ? child : -1;
}

int endChild(pid_t child) {
  int status = 0;
  ::kill(-child, SIGKILL);
  ::kill(child, SIGKILL);  // it may have joined another process group
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  return status;
}

ChildResult runChild(const ChildPlan &plan) {
  ChildResult result;
  Pipe input;
  Pipe words;
  if (!input.made() || !words.made()) return result;
  const pid_t child = startChild(plan, input.reading(), words.writing());
  if (child < 0) return result;
  result.started = true;
  words.closeEnd(1);
  feed(input, plan.input);
  result.timed_out = !waitForEnd(child, words, result, Clock::now() + plan.time_limit);
  if (result.timed_out) result.status = endChild(child);
  ::kill(-child, SIGKILL);  // its remaining processes
  return result;
}

void writeNoCoreFile() {
  const rlimit no_core_file{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core_file);
}

void keepMemoryPrivate() {
  writeNoCoreFile();
  ::prctl(PR_SET_DUMPABLE, 0);  // disables other crash collectors
}

void leaveCrashesToTheSystem() {
  for (const int number : {SIGBUS, SIGSEGV, SIGABRT, SIGFPE, SIGILL}) ::signal(number, SIG_DFL);
}

}  // namespace roots::host
