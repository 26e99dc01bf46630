#include "plugins/plugin_loader.h"

#include "plugins/plugin_copy.h"
#include "plugins/plugin_library.h"
#include "plugins/refusal.h"

#include <roots/provider_client.hpp>

// Boost 1.74's headers use std::vector without including it.
#include <vector>

#include <boost/dll/library_info.hpp>
#include <boost/dll/shared_library.hpp>

#include <deque>
#include <mutex>

namespace roots::host {
namespace {

std::mutex loading;

// Never freed: at the end of the process OpenSSL's own handlers still run inside these libraries.
std::deque<boost::dll::shared_library> &residentLibraries() {
  static auto &libraries = *new std::deque<boost::dll::shared_library>;
  return libraries;
}

// A library that is in use, with the copy that it was loaded from.
struct Resident {
  PluginCopy copy;
  roots_provider_api table;
};

// The copies are removed at the end of the process; the libraries stay mapped until then.
std::deque<Resident> &residents() {
  static std::deque<Resident> all;
  return all;
}

}  // namespace

Result<const roots_provider_api *> openLibrary(const PluginCandidate &plugin) {
  const std::lock_guard lock(loading);
  auto &library = residentLibraries().emplace_back();
  const std::string file = plugin.library.filename().string();
  try {
    using boost::dll::load_mode::rtld_local;
    using boost::dll::load_mode::rtld_now;
    library.load(plugin.library.string(), rtld_now | rtld_local);
  } catch (const std::exception &problem) {
    residentLibraries().pop_back();
    return refused(linkerProblem(problem.what(), file));
  }
  if (!library.has(ROOTS_PROVIDER_ENTRY)) {
    return refused("Its library " + file + " is no roots plugin: the function " + ROOTS_PROVIDER_ENTRY +
                   " is missing. Install the plugin again.");
  }
  return library.get<const roots_provider_api *()>(ROOTS_PROVIDER_ENTRY)();
}

Result<std::vector<std::string>> exportedSymbols(const std::filesystem::path &library) {
  try {
    return boost::dll::library_info(library.string()).symbols();
  } catch (const std::exception &) {
    return refused("Its library " + library.filename().string() +
                   " cannot be read as a library of this system.");
  }
}

Result<void> checkIdentity(const roots_provider_api &table, const Manifest &manifest) {
  const std::string id(detail::viewOf(table.plugin_id()));
  const std::string version(detail::viewOf(table.plugin_version()));
  if (id == manifest.id && version == manifest.version) return {};
  return refused("Its library says it is " + id + " " + version + ", its manifest.json says " + manifest.id +
                 " " + manifest.version + ". Copy both files from the same version.");
}

Result<roots_provider_api> tableOf(const PluginCandidate &plugin) {
  const auto theirs = openLibrary(plugin);
  if (!theirs) return theirs.error();
  auto table = completeTable(*theirs);
  if (!table) return std::move(table).error();
  if (const auto same = checkIdentity(*table, plugin.manifest); !same) return same.error();
  return table;
}

Error changedLibrary(const std::string &id) {
  return refused(
      "Its library has changed since the plugin was enabled. If you replaced it yourself, enable it again: "
      "plugins enable " +
      id + ".");
}

Result<roots_provider_api> loadPlugin(const PluginCandidate &plugin, const std::string &expected_hash) {
  static std::mutex one_at_a_time;
  const std::lock_guard lock(one_at_a_time);
  const auto hash = fileHash(plugin.library);
  if (!hash) return hash.error();
  if (*hash != expected_hash) return changedLibrary(plugin.manifest.id);
  const auto checked = [&](const roots_provider_api &table) -> Result<roots_provider_api> {
    if (const auto same = checkIdentity(table, plugin.manifest); !same) return same.error();
    return table;
  };
  for (const Resident &resident : residents()) {
    if (resident.copy.hash() == expected_hash && resident.copy.plugin().manifest.id == plugin.manifest.id)
      return checked(resident.table);
  }
  // Check the copy again: the file can have been replaced meanwhile.
  auto copy = PluginCopy::of(plugin);
  if (!copy) return std::move(copy).error();
  if (copy->hash() != expected_hash) return changedLibrary(plugin.manifest.id);
  auto table = tableOf(copy->plugin());
  if (!table) return std::move(table).error();
  residents().push_back({std::move(*copy), *table});
  return checked(*table);
}

}  // namespace roots::host
