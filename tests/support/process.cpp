#include "support/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

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
  for (const char *kept : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS"}) {
    if (const char *value = std::getenv(kept)) all[kept] = value;
  }
  for (const auto &[name, value] : options.environment) all[name] = value;
  std::vector<std::string> lines;
  for (const auto &[name, value] : all) lines.push_back(name + "=" + value);
  return lines;
}

// Reads what is there; closes the pipe at its end.
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

ProcessResult run(const std::vector<std::string> &command, const ProcessOptions &options) {
  ::signal(SIGPIPE, SIG_IGN);
  Pipe input;
  Pipe output;
  Pipe errors;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input.ends[0], 0);
  posix_spawn_file_actions_adddup2(&actions, output.ends[1], 1);
  posix_spawn_file_actions_adddup2(&actions, errors.ends[1], 2);
  auto arguments = command;
  auto environment = environmentOf(options);
  pid_t child = 0;
  const int failure = ::posix_spawn(&child, arguments.at(0).c_str(), &actions, nullptr,
                                    pointers(arguments).data(), pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  if (failure != 0) throw std::runtime_error("cannot start " + command.at(0));
  input.closeEnd(0);
  output.closeEnd(1);
  errors.closeEnd(1);

  ProcessResult result;
  std::size_t written = 0;
  if (options.input.empty()) input.closeEnd(1);
  const auto end = Clock::now() + options.time_limit;
  while (output.ends[0] >= 0 || errors.ends[0] >= 0) {
    std::array<pollfd, 3> waiting{pollfd{output.ends[0], POLLIN, 0}, pollfd{errors.ends[0], POLLIN, 0},
                                  pollfd{input.ends[1], POLLOUT, 0}};
    ::poll(waiting.data(), waiting.size(), 100);
    if (waiting[0].revents != 0) drain(output, result.out);
    if (waiting[1].revents != 0) drain(errors, result.err);
    if (waiting[2].revents != 0) feed(input, options.input, written);
    if (Clock::now() > end && !result.timed_out) {
      result.timed_out = true;
      ::kill(child, SIGKILL);
    }
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  if (WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) result.signal = WTERMSIG(status);
  return result;
}

}  // namespace roots::test
