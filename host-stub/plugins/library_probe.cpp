// Tries a library in a child process before this one opens it: dlopen of a truncated file ends the process
// with SIGBUS, and a library's own start-up code may crash, hang or exit.
#include "plugins/plugin_library.h"
#include "plugins/plugin_loader.h"

#include <roots/provider_client.hpp>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstring>

namespace roots::host {

namespace {

using Clock = std::chrono::steady_clock;

constexpr const char *kProbeArgument = "--probe-plugin-folder";
constexpr std::chrono::seconds kTimeLimit{10};
constexpr int kFine = 0;
constexpr int kRefused = 10;  // and the reason is on the pipe

Error refused(std::string message) { return Error{Status::internal, std::move(message), "", 0, {}}; }

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
    if (words.size() < 4096) words.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

struct ChildResult {
  bool started = false;
  bool timed_out = false;
  int status = 0;  // as from waitpid()
  std::string words;
};

ChildResult runChild(const std::filesystem::path &executable, const std::filesystem::path &folder) {
  ChildResult result;
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return result;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 3);
  std::string program = executable.string();
  std::string argument = kProbeArgument;
  std::string folder_name = folder.string();
  std::array<char *, 4> arguments{program.data(), argument.data(), folder_name.data(), nullptr};
  pid_t child = 0;
  result.started = ::posix_spawn(&child, program.c_str(), &actions, nullptr, arguments.data(), environ) == 0;
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  if (result.started) {
    result.timed_out = !listen(ends[0], result.words, Clock::now() + kTimeLimit);
    if (result.timed_out) ::kill(child, SIGKILL);
    ::waitpid(child, &result.status, 0);
  }
  ::close(ends[0]);
  return result;
}

std::string probe(const std::filesystem::path &folder) {
  auto manifest = readManifest(folder);
  if (!manifest) return manifest.error().message;
  const std::filesystem::path library = folder / manifest->library;
  const PluginCandidate plugin{std::move(*manifest), folder, library};
  const auto theirs = openLibrary(plugin);
  if (!theirs) return theirs.error().message;
  const auto table = completeTable(*theirs);
  if (!table) return table.error().message;
  const auto same = checkIdentity(*table, plugin.manifest);
  return same ? "" : same.error().message;
}

}  // namespace

Result<void> probeInChildProcess(const PluginCandidate &plugin, const std::filesystem::path &own_executable) {
  const std::string file = plugin.library.filename().string();
  const ChildResult child = runChild(own_executable, plugin.folder);
  if (!child.started) return refused("Its library could not be tried in a process of its own. Try again.");
  if (child.timed_out)
    return refused("Its library " + file +
                   " did not finish loading within 10 seconds. Install another version.");
  if (WIFEXITED(child.status) && WEXITSTATUS(child.status) == kFine) return {};
  if (WIFEXITED(child.status) && WEXITSTATUS(child.status) == kRefused && !child.words.empty())
    return refused(child.words);
  if (WIFSIGNALED(child.status) && WTERMSIG(child.status) == SIGBUS) {
    return refused("Its library " + file + " is damaged or incomplete. Copy the plugin again.");
  }
  return refused("Its library " + file + " ends the program that loads it. Install another version.");
}

std::optional<int> runProbeIfAsked(int argument_count, char **arguments) {
  if (argument_count != 3 || std::strcmp(arguments[1], kProbeArgument) != 0) return std::nullopt;
  // Whoever catches these (a crash reporter, a sanitizer) would hide how the library ended the process.
  for (const int number : {SIGBUS, SIGSEGV, SIGABRT}) ::signal(number, SIG_DFL);
  const std::string reason = probe(arguments[2]);
  if (reason.empty()) return kFine;
  const auto written = ::write(3, reason.data(), reason.size());
  return written > 0 ? kRefused : kRefused + 1;
}

}  // namespace roots::host
