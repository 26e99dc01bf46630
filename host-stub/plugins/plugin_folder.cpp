#include "plugins/plugin_folder.h"

#include <algorithm>

namespace roots::host {
namespace {

namespace fs = std::filesystem;

bool isInside(const fs::path &file, const fs::path &folder) {
  const auto [folder_end, file_part] = std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
  return folder_end == folder.end() && file_part != file.end();
}

}  // namespace

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

Result<PluginCandidate> lookAtPlugin(const fs::path &folder) {
  const auto refused = [](std::string message) {
    return Error{Status::internal, std::move(message), "", 0, {}};
  };
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

PluginFolder lookIntoPluginFolder(const fs::path &plugins_folder) {
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
  for (const auto &folder : folders) {
    auto candidate = lookAtPlugin(folder);
    if (candidate)
      found.candidates.push_back(std::move(*candidate));
    else
      found.refused.push_back({folder.filename().string(), candidate.error().message});
  }
  return found;
}

}  // namespace roots::host
