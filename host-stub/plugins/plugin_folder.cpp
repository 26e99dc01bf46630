#include "plugins/plugin_folder.h"

#include "plugins/refusal.h"

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace roots::host {
namespace {

namespace fs = std::filesystem;

bool isInside(const fs::path &file, const fs::path &folder) {
  const auto [folder_end, file_part] = std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
  return folder_end == folder.end() && file_part != file.end();
}

// Many systems give each user a group of their own, in which nobody else is.
bool isOwnGroup(gid_t group) {
  const passwd *user = ::getpwuid(::geteuid());  // NOLINT(concurrency-mt-unsafe): one thread looks here
  const std::string name = user == nullptr ? "" : user->pw_name;
  const struct group *found = ::getgrgid(group);  // NOLINT(concurrency-mt-unsafe)
  return found != nullptr && name == found->gr_name && found->gr_mem[0] == nullptr;
}

std::string openToOthers(const fs::path &place, const std::string &what) {
  const std::string problem = describeOtherWriters(place);
  if (problem.empty()) return "";
  return what + " " + problem +
         ", who could put other code there. Make it yours alone (chown, chmod go-w), " +
         "and check the plugin.";
}

std::string openPluginProblem(const PluginCandidate &plugin) {
  for (const auto &[place, what] :
       {std::pair(plugin.folder, std::string("Its folder")),
        std::pair(plugin.folder / "manifest.json", std::string("Its manifest.json")),
        std::pair(plugin.library, "Its library " + plugin.manifest.library)}) {
    if (std::string problem = openToOthers(place, what); !problem.empty()) return problem;
  }
  return "";
}

// A plugin in another folder is as safe as that folder, which is not searched for plugins.
std::string strayFolderProblem(const fs::path &folder, const fs::path &plugins_folder) {
  std::error_code problem;
  if (isInside(fs::canonical(folder, problem), fs::canonical(plugins_folder, problem)) && !problem) return "";
  return "It is a link to a place outside the plugins folder. Copy the plugin's folder itself.";
}

}  // namespace

std::string describeOtherWriters(const fs::path &place) {
  struct stat state{};
  if (::stat(place.c_str(), &state) != 0) return "";
  if (state.st_uid != ::geteuid() && state.st_uid != 0) return "belongs to another user";
  if ((state.st_mode & S_IWOTH) != 0 && (state.st_mode & S_ISVTX) == 0) return "can be written by everybody";
  if ((state.st_mode & S_IWGRP) != 0 && !isOwnGroup(state.st_gid)) return "can be written by its group";
  return "";
}

std::string folderNameProblem(const fs::path &folder, const Manifest &manifest) {
  if (folder.filename() == manifest.id) return "";
  return "Its folder must be named like its id, " + manifest.id + ". Rename the folder.";
}

std::string absentLibraryProblem(const fs::path &folder, const Manifest &manifest) {
  std::error_code problem;
  if (fs::is_regular_file(folder / manifest.library, problem)) return "";
  return "Its library " + manifest.library + " is missing. Copy the plugin's whole folder.";
}

std::string strayLibraryProblem(const fs::path &folder, const Manifest &manifest) {
  std::error_code problem;
  const fs::path library = fs::canonical(folder / manifest.library, problem);
  if (!problem && isInside(library, fs::canonical(folder, problem))) return "";
  return "Its library " + manifest.library +
         " lies outside the plugin's folder. Copy the file itself instead of a link.";
}

Result<PluginCandidate> readPluginFolder(const fs::path &folder) {
  auto manifest = readManifest(folder);
  if (!manifest) return std::move(manifest).error();
  for (const auto rule : {folderNameProblem, absentLibraryProblem, strayLibraryProblem}) {
    std::string reason = rule(folder, *manifest);
    if (!reason.empty()) return refused(std::move(reason));
  }
  std::error_code problem;
  const fs::path real_folder = fs::canonical(folder, problem);
  const fs::path library = fs::canonical(real_folder / manifest->library, problem);
  if (problem) return refused("Its folder cannot be read. Check the folder's permissions.");
  return PluginCandidate{std::move(*manifest), real_folder, library};
}

PluginFolder readPluginsFolder(const fs::path &plugins_folder) {
  PluginFolder found;
  std::error_code problem;
  std::vector<fs::path> folders;
  for (fs::directory_iterator entry(plugins_folder, problem), end; !problem && entry != end;
       entry.increment(problem)) {
    std::error_code ignored;
    const bool hidden = entry->path().filename().string().starts_with(".");
    if (!hidden && entry->is_directory(ignored)) folders.push_back(entry->path());
  }
  std::sort(folders.begin(), folders.end());
  const std::string shared = openToOthers(plugins_folder, "The plugins folder");
  for (const auto &folder : folders) {
    const std::string stray = strayFolderProblem(folder, plugins_folder);
    auto candidate = readPluginFolder(folder);
    const std::string reason = !shared.empty()  ? shared
                               : !stray.empty() ? stray
                               : !candidate     ? candidate.error().message
                                                : openPluginProblem(*candidate);
    if (reason.empty()) {
      found.candidates.push_back(std::move(*candidate));
    } else {
      found.refused.push_back({folder.filename().string(), reason});
    }
  }
  return found;
}

}  // namespace roots::host
