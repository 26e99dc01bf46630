#include "plugins/plugin_copy.h"

#include "plugins/folder_copy.h"
#include "plugins/plugin_library.h"
#include "plugins/plugin_loader.h"
#include "plugins/refusal.h"
#include "plugins/user_folders.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <set>

namespace roots::host {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "roots-host-running-copy-";
constexpr std::size_t kRandomPart = 6;  // as mkdtemp() makes it

std::vector<fs::path> placesFor(const PluginCandidate &plugin) {
  std::error_code ignored;
  std::vector<fs::path> places;
  for (const fs::path &place : {userFolder(UserFolder::runtime), fs::temp_directory_path(ignored),
                                userFolder(UserFolder::cache), plugin.folder.parent_path()}) {
    if (!place.empty()) places.push_back(place);
  }
  return places;
}

// A user who can rename folders there could replace the copy.
bool isSafe(const fs::path &place) {
  struct stat state{};
  if (::stat(place.c_str(), &state) != 0 || !S_ISDIR(state.st_mode)) return false;
  const bool is_trusted = state.st_uid == ::geteuid() || state.st_uid == 0;
  return is_trusted && ((state.st_mode & S_ISVTX) != 0 || describeOtherWriters(place).empty());
}

// No other folder of the user has such a name.
bool isNameOfCopy(std::string_view name) {
  if (name.starts_with('.')) name.remove_prefix(1);
  return name.starts_with(kPrefix) && name.size() == kPrefix.size() + kRandomPart;
}

// The lock on a copy's folder; -1: it is in use or gone.
int lockFolder(const fs::path &folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (descriptor < 0) return -1;
  struct stat locked{};
  struct stat named{};
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0 && ::fstat(descriptor, &locked) == 0 &&
      ::lstat(folder.c_str(), &named) == 0 && locked.st_ino == named.st_ino && locked.st_uid == ::geteuid() &&
      (locked.st_mode & 07777) == S_IRWXU)
    return descriptor;
  ::close(descriptor);
  return -1;
}

void removeAbandoned(const fs::path &place) {
  std::error_code problem;
  for (fs::directory_iterator entry(place, problem), end; !problem && entry != end;
       entry.increment(problem)) {
    const std::string name = entry->path().filename().string();
    if (!isNameOfCopy(name)) continue;
    const int lock = lockFolder(entry->path());
    if (lock < 0) continue;
    std::error_code ignored;
    fs::remove_all(entry->path(), ignored);
    ::close(lock);
  }
}

// Another host can remove the folder as abandoned before it is locked: then try again.
std::pair<fs::path, int> makeLockedFolder(const fs::path &place, bool hidden) {
  for (int attempt = 0; attempt < 10; ++attempt) {
    std::string folder = (place / ((hidden ? "." : "") + std::string(kPrefix) + "XXXXXX")).string();
    if (::mkdtemp(folder.data()) == nullptr) return {"", -1};
    if (const int lock = lockFolder(folder); lock >= 0) return {folder, lock};
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }
  return {"", -1};
}

}  // namespace

PluginCopy::PluginCopy(PluginCopy &&other) noexcept
    : place_(std::exchange(other.place_, fs::path())),
      lock_(std::exchange(other.lock_, -1)),
      plugin_(std::move(other.plugin_)),
      hash_(std::move(other.hash_)) {}

PluginCopy::~PluginCopy() {
  if (place_.empty()) return;
  std::error_code ignored;
  fs::remove_all(place_, ignored);
  ::close(lock_);
}

Result<void> PluginCopy::fill(const PluginCandidate &plugin) {
  const fs::path folder = place_ / plugin.manifest.id;
  if (auto copied = copyFolder(plugin.folder, folder); !copied) return copied;
  auto manifest = readManifest(folder);
  if (!manifest) return std::move(manifest).error();
  const fs::path library = folder / manifest->library;
  if (std::string absent = absentLibraryProblem(folder, *manifest); !absent.empty())
    return refused(std::move(absent));
  auto hash = fileHash(library);
  if (!hash) return std::move(hash).error();
  plugin_ = {std::move(*manifest), folder, library};
  hash_ = std::move(*hash);
  return {};
}

Result<PluginCopy> PluginCopy::in(const fs::path &folder, const PluginCandidate &plugin) {
  removeAbandoned(folder);
  const auto [place, lock] = makeLockedFolder(folder, folder == plugin.folder.parent_path());
  if (lock < 0) return refused("");
  PluginCopy copy(place, lock);
  if (auto filled = copy.fill(plugin); !filled) return std::move(filled).error();
  return copy;
}

Result<PluginCopy> PluginCopy::of(const PluginCandidate &plugin) {
  if (!mayRunFrom(plugin.library)) return refused(forbiddenPlaceProblem());
  std::string problem;
  std::string tried;
  for (const fs::path &place : placesFor(plugin)) {
    tried += (tried.empty() ? "" : ", ") + place.string();
    if (!isSafe(place)) continue;
    auto copy = in(place, plugin);
    if (copy && mayRunFrom(copy->plugin().library)) return copy;
    if (!copy && !copy.error().message.empty()) problem = copy.error().message;
  }
  if (!problem.empty()) return refused(problem);
  return refused("No private copy of it can be made to run from: none of the folders " + tried +
                 " can be written to and lets programs run. Name one that does in TMPDIR.");
}

}  // namespace roots::host
