// Tries a library in a child process before this one opens it: dlopen of a truncated file ends the process
// with SIGBUS, and a library's own start-up code may crash, hang or exit.
#include "plugins/child_process.h"
#include "plugins/plugin_library.h"
#include "plugins/plugin_loader.h"

#include <roots/provider_client.hpp>

#include <elf.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <fstream>

namespace roots::host {

namespace {

constexpr const char *kProbeArgument = "--probe-plugin-folder";
constexpr int kFine = 0;
constexpr int kRefused = 10;  // and the reason is on the pipe

Error refused(std::string message) { return Error{Status::internal, std::move(message), "", 0, {}}; }

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

std::string damagedLibraryProblem(const std::filesystem::path &library) {
  const std::string file = library.filename().string();
  Elf64_Ehdr header{};
  std::ifstream stream(library, std::ios::binary);
  stream.read(reinterpret_cast<char *>(&header), sizeof header);
  const bool is_elf = stream && std::memcmp(header.e_ident, ELFMAG, SELFMAG) == 0;
  if (!is_elf || header.e_ident[EI_CLASS] != ELFCLASS64)
    return "Its library " + file + " is no library of this system. Copy the plugin again.";
  // The table of sections is the last thing that a linker writes.
  const std::uint64_t end = header.e_shoff + std::uint64_t{header.e_shnum} * header.e_shentsize;
  std::error_code problem;
  if (std::filesystem::file_size(library, problem) >= end && !problem) return "";
  return "Its library " + file + " is damaged or incomplete. Copy the plugin again.";
}

Result<void> probeInChildProcess(const PluginCandidate &plugin, const std::filesystem::path &own_executable) {
  if (const std::string damage = damagedLibraryProblem(plugin.library); !damage.empty())
    return refused(damage);
  const std::string file = plugin.library.filename().string();
  const ChildResult child =
      runChild({own_executable, {kProbeArgument, plugin.folder.string()}, "", std::chrono::seconds(10)});
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
  leaveCrashesToTheSystem();
  const std::string reason = probe(arguments[2]);
  if (reason.empty()) return kFine;
  const auto written = ::write(kChildWritesHere, reason.data(), reason.size());
  return written > 0 ? kRefused : kRefused + 1;
}

}  // namespace roots::host
