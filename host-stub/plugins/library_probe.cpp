// Tries a library in a child process before this one opens it: dlopen of a truncated file ends the process
// with SIGBUS, and a library's initialization code can crash, hang, or exit.
#include "plugins/child_process.h"
#include "plugins/plugin_library.h"
#include "plugins/plugin_loader.h"
#include "plugins/refusal.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>

namespace roots::host {

namespace {

constexpr const char *kProbeArgument = "--probe-plugin-folder";
constexpr int kFine = 0;
constexpr int kRefused = 10;  // the reason is on the pipe

std::string probe(const std::filesystem::path &folder) {
  auto manifest = readManifest(folder);
  if (!manifest) return manifest.error().message;
  const std::filesystem::path library = folder / manifest->library;
  const auto table = tableOf({std::move(*manifest), folder, library});
  return table ? "" : table.error().message;
}

}  // namespace

Result<void> probeInChildProcess(const PluginCandidate &plugin, const std::filesystem::path &own_executable) {
  if (const std::string damage = damagedLibraryProblem(plugin.library); !damage.empty())
    return refused(damage);
  if (!mayRunFrom(plugin.library)) return refused(forbiddenPlaceProblem());
  const std::string file = plugin.library.filename().string();
  const ChildResult child =
      runChild({own_executable, {kProbeArgument, plugin.folder.string()}, "", std::chrono::seconds(10)});
  if (!child.started) return refused("Its library could not be tried in a process of its own. Try again.");
  if (child.timed_out) {
    return refused("Its library " + file +
                   " did not finish loading within 10 seconds. Install another version.");
  }
  if (WIFEXITED(child.status) && WEXITSTATUS(child.status) == kFine) return {};
  if (WIFEXITED(child.status) && WEXITSTATUS(child.status) == kRefused && !child.words.empty())
    return refused(child.words);
  if (WIFSIGNALED(child.status) && WTERMSIG(child.status) == SIGBUS)
    return refused("Its library " + file + " is damaged or incomplete. Copy the plugin again.");
  return refused("Its library " + file + " ends the program that loads it. Install another version.");
}

std::optional<int> runProbeIfAsked(int argument_count, char **arguments) {
  if (argument_count != 3 || std::strcmp(arguments[1], kProbeArgument) != 0) return std::nullopt;
  leaveCrashesToTheSystem();
  const std::string reason = probe(arguments[2]);
  if (reason.empty()) return kFine;
  const auto written = ::write(kChildWritesHere, reason.data(), reason.size());
  return written > 0 ? kRefused : kRefused + 1;
}

}  // namespace roots::host
