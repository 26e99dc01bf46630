#include "plugins/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace roots::host {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostWords = 64 * 1024;

class Pipe {
 public:
  Pipe() : made_(::pipe2(ends_.data(), O_CLOEXEC) == 0) {}
  ~Pipe() {
    closeEnd(0);
    closeEnd(1);
  }
  Pipe(const Pipe &) = delete;
  Pipe &operator=(const Pipe &) = delete;
  [[nodiscard]] bool made() const { return made_; }
  [[nodiscard]] int reading() const { return ends_[0]; }
  [[nodiscard]] int writing() const { return ends_[1]; }
  void closeEnd(std::size_t end) {
    if (ends_.at(end) >= 0) ::close(ends_.at(end));
    ends_.at(end) = -1;
  }

 private:
  std::array<int, 2> ends_{-1, -1};
  bool made_;
};

// Reads the child's words until it ends or the time is up; false: time is up.
bool listen(int pipe, std::string &words, Clock::time_point end) {
  std::array<char, 4096> buffer{};
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) return false;
    pollfd waiting{pipe, POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(left)) <= 0) continue;
    const auto count = ::read(pipe, buffer.data(), buffer.size());
    if (count <= 0) return true;
    if (words.size() < kMostWords) words.append(buffer.data(), static_cast<std::size_t>(count));
  }
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
  posix_spawn_file_actions_adddup2(&actions, output, kChildWritesHere);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
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
  result.timed_out = !listen(words.reading(), result.words, Clock::now() + plan.time_limit);
  if (result.timed_out) ::kill(-child, SIGKILL);
  ::waitpid(child, &result.status, 0);
  ::kill(-child, SIGKILL);  // what it left behind
  return result;
}

void writeNoCoreFile() {
  const rlimit no_core_file{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core_file);
}

void keepMemoryPrivate() {
  writeNoCoreFile();
  ::prctl(PR_SET_DUMPABLE, 0);  // whatever else collects crashes on this system
}

void leaveCrashesToTheSystem() {
  for (const int number : {SIGBUS, SIGSEGV, SIGABRT, SIGFPE, SIGILL}) ::signal(number, SIG_DFL);
}

}  // namespace roots::host
