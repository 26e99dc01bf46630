// The folder in which users install plugins: one folder per plugin, each with a manifest.json. Reading it
// runs no code of any plugin. A faulty plugin is reported with its reason and does not affect others.
#pragma once

#include "plugins/manifest.h"

#include <filesystem>
#include <string>
#include <vector>

namespace roots::host {

struct PluginCandidate {
  Manifest manifest;
  std::filesystem::path folder;
  std::filesystem::path library;  // canonical, inside folder
  bool has_changed = false;       // its library is not the one that was enabled; set by the caller
};

struct RefusedPlugin {
  std::string folder;  // its name inside the plugins folder
  std::string reason;  // one sentence: cause and solution
};

struct PluginFolder {
  std::vector<PluginCandidate> candidates;  // sorted by id
  std::vector<RefusedPlugin> refused;
};

// A missing folder has no plugins. The name of a plugin's folder must be the ID in its manifest, so IDs are
// unique. Folders that others can write to are refused: a user who can replace a plugin can run code as this
// user.
[[nodiscard]] PluginFolder readPluginsFolder(const std::filesystem::path &plugins_folder);

// One plugin's folder, by the rules for the plugin itself.
[[nodiscard]] Result<PluginCandidate> readPluginFolder(const std::filesystem::path &folder);

// "": only the user or an administrator can write there.
[[nodiscard]] std::string describeOtherWriters(const std::filesystem::path &place);

// The individual rules for a folder, like those in manifest_rules.h. The folder as the user named it: its own
// name counts.
[[nodiscard]] std::string folderNameProblem(const std::filesystem::path &folder, const Manifest &manifest);
[[nodiscard]] std::string absentLibraryProblem(const std::filesystem::path &folder, const Manifest &manifest);
[[nodiscard]] std::string strayLibraryProblem(const std::filesystem::path &folder, const Manifest &manifest);

}  // namespace roots::host
