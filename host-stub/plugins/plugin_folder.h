// The folder into which users drop plugins: one folder per plugin, each with a manifest.json. Looking
// here runs no code of any plugin. A bad plugin is reported with its reason and stops no other.
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
  bool has_changed = false;       // its library is not the one that was enabled; set by who knows that one
};

struct RefusedPlugin {
  std::string folder;  // its name inside the plugins folder
  std::string reason;  // one sentence: what is wrong and what to do
};

struct PluginFolder {
  std::vector<PluginCandidate> candidates;  // sorted by id
  std::vector<RefusedPlugin> refused;
};

// A folder that does not exist holds no plugins. A folder is named like the id in its
// manifest, so no two plugins have one id. What others can write to is refused: whoever can exchange a plugin
// can run code as the user.
[[nodiscard]] PluginFolder lookIntoPluginFolder(const std::filesystem::path &plugins_folder);

// One plugin's folder, by the rules for the plugin itself.
[[nodiscard]] Result<PluginCandidate> lookAtPlugin(const std::filesystem::path &folder);

// The rules for a folder one by one, as those in manifest_rules.h. The folder as the user named it: its own
// name counts.
[[nodiscard]] std::string folderNameProblem(const std::filesystem::path &folder, const Manifest &manifest);
[[nodiscard]] std::string absentLibraryProblem(const std::filesystem::path &folder, const Manifest &manifest);
[[nodiscard]] std::string strayLibraryProblem(const std::filesystem::path &folder, const Manifest &manifest);

}  // namespace roots::host
