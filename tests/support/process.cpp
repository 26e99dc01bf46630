#include "support/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <stdexcept>

namespace roots::test {
namespace {

using Clock = std::chrono::steady_clock;

struct Pipe {
  std::array<int, 2> ends{-1, -1};
  Pipe() {
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
  }
  ~Pipe() {
    closeEnd(0);
    closeEnd(1);
  }
  Pipe(const Pipe &) = delete;
  Pipe &operator=(const Pipe &) = delete;
  void closeEnd(std::size_t end) {
    if (ends.at(end) >= 0) ::close(ends.at(end));
    ends.at(end) = -1;
  }
};

std::vector<char *> pointers(std::vector<std::string> &texts) {
  std::vector<char *> result;
  for (auto &text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

std::vector<std::string> environmentOf(const ProcessOptions &options) {
  std::map<std::string, std::string> all{{"PATH", "/usr/bin:/bin"}, {"LANG", "C.UTF-8"}};
  for (const char *kept : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS"})
    if (const char *value = std::getenv(kept)) all[kept] = value;
  for (const auto &[name, value] : options.environment) all[name] = value;
  std::vector<std::string> lines;
  for (const auto &[name, value] : all) lines.push_back(name + "=" + value);
  return lines;
}

// Reads available bytes; closes the pipe at its end.
void drain(Pipe &pipe, std::string &into) {
  std::array<char, 65536> buffer{};
  const auto count = ::read(pipe.ends[0], buffer.data(), buffer.size());
  if (count > 0)
    into.append(buffer.data(), static_cast<std::size_t>(count));
  else
    pipe.closeEnd(0);
}

void feed(Pipe &pipe, const std::string &input, std::size_t &written) {
  const auto count = ::write(pipe.ends[1], input.data() + written, input.size() - written);
  if (count > 0) written += static_cast<std::size_t>(count);
  if (count <= 0 || written == input.size()) pipe.closeEnd(1);
}

}  // namespace

struct RunningProcess::Content {
  Content(const std::vector<std::string> &command, const ProcessOptions &its_options)
      : options(its_options), limit(Clock::now() + options.time_limit) {
    ::signal(SIGPIPE, SIG_IGN);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input.ends[0], 0);
    posix_spawn_file_actions_adddup2(&actions, output.ends[1], 1);
    posix_spawn_file_actions_adddup2(&actions, errors.ends[1], 2);
    auto arguments = command;
    auto environment = environmentOf(options);
    const int failure = ::posix_spawn(&child, arguments.at(0).c_str(), &actions, nullptr,
                                      pointers(arguments).data(), pointers(environment).data());
    posix_spawn_file_actions_destroy(&actions);
    if (failure != 0) throw std::runtime_error("cannot start " + command.at(0));
    input.closeEnd(0);
    output.closeEnd(1);
    errors.closeEnd(1);
    if (options.input.empty()) input.closeEnd(1);
  }

  ~Content() {
    if (ended) return;
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
  }

  [[nodiscard]] bool writesNoMore() const { return output.ends[0] < 0 && errors.ends[0] < 0; }

  // Writes and reads what is possible within this time.
  void exchange(std::chrono::nanoseconds time) {
    std::array<pollfd, 3> waiting{pollfd{output.ends[0], POLLIN, 0}, pollfd{errors.ends[0], POLLIN, 0},
                                  pollfd{input.ends[1], POLLOUT, 0}};
    const std::chrono::nanoseconds left = std::max(time, std::chrono::nanoseconds(0));
    const timespec wait_limit{left.count() / 1000000000, left.count() % 1000000000};
    ::ppoll(waiting.data(), waiting.size(), &wait_limit, nullptr);
    if (waiting[0].revents != 0) drain(output, result.out);
    if (waiting[1].revents != 0) drain(errors, result.err);
    if (waiting[2].revents != 0) feed(input, options.input, written);
    if (Clock::now() <= limit || result.timed_out) return;
    result.timed_out = true;
    ::kill(child, SIGKILL);
  }

  ProcessOptions options;
  Clock::time_point limit;
  Pipe input;
  Pipe output;
  Pipe errors;
  pid_t child = 0;
  bool ended = false;
  std::size_t written = 0;
  ProcessResult result;
};

RunningProcess::RunningProcess(const std::vector<std::string> &command, const ProcessOptions &options)
    : content_(std::make_unique<Content>(command, options)) {}
RunningProcess::~RunningProcess() = default;

pid_t RunningProcess::id() const { return content_->child; }
const std::string &RunningProcess::out() const { return content_->result.out; }
void RunningProcess::signal(int number) const { ::kill(content_->child, number); }

void RunningProcess::letRun(std::chrono::microseconds duration) {
  const auto end = Clock::now() + duration;
  while (!content_->writesNoMore() && Clock::now() < end) content_->exchange(end - Clock::now());
}

bool RunningProcess::letRunUntil(const std::function<bool()> &condition) {
  while (!condition()) {
    if (content_->writesNoMore() || content_->result.timed_out) return false;
    content_->exchange(std::chrono::microseconds(100));
  }
  return true;
}

ProcessResult RunningProcess::end() {
  while (!content_->writesNoMore()) content_->exchange(std::chrono::milliseconds(100));
  int status = 0;
  ::waitpid(content_->child, &status, 0);
  content_->ended = true;
  if (WIFEXITED(status)) content_->result.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) content_->result.signal = WTERMSIG(status);
  content_->result.core_dumped = WIFSIGNALED(status) && WCOREDUMP(status);
  return std::move(content_->result);
}

ProcessResult run(const std::vector<std::string> &command, const ProcessOptions &options) {
  return RunningProcess(command, options).end();
}

}  // namespace roots::test
