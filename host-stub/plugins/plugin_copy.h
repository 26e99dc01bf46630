// A snapshot of a plugin's folder, in a place that only the user can write to. A library runs from such a
// copy: changes to the files in the plugins folder, by an update or by somebody who replaces them after the
// check, neither crash the host nor run in it.
//
// A copy lies in the first of these places that permits execution and has space: $XDG_RUNTIME_DIR, the folder
// for temporary files, the user's cache, the plugins folder. The next host removes the copies of
// killed hosts.
#pragma once

#include "plugins/plugin_folder.h"

#include <filesystem>
#include <string>

namespace roots::host {

class PluginCopy {
 public:
  [[nodiscard]] static Result<PluginCopy> of(const PluginCandidate &plugin);
  PluginCopy(PluginCopy &&other) noexcept;
  PluginCopy &operator=(PluginCopy &&) = delete;
  ~PluginCopy();

  // With the manifest and the library of the copy.
  [[nodiscard]] const PluginCandidate &plugin() const { return plugin_; }
  // Of the copied library.
  [[nodiscard]] const std::string &hash() const { return hash_; }

 private:
  PluginCopy(std::filesystem::path place, int lock) : place_(std::move(place)), lock_(lock) {}
  [[nodiscard]] static Result<PluginCopy> in(const std::filesystem::path &folder,
                                             const PluginCandidate &plugin);
  [[nodiscard]] Result<void> fill(const PluginCandidate &plugin);

  std::filesystem::path place_;  // "": moved away
  int lock_;                     // held while the copy is in use
  PluginCandidate plugin_;
  std::string hash_;
};

}  // namespace roots::host
