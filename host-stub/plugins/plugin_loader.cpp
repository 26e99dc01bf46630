#include "plugins/plugin_loader.h"

#include "plugins/plugin_library.h"

#include <roots/provider_client.hpp>

// Boost 1.74's headers use std::vector without including it.
#include <vector>

#include <boost/dll/library_info.hpp>
#include <boost/dll/shared_library.hpp>

#include <deque>
#include <mutex>

namespace roots::host {
namespace {

Error refused(std::string message) { return Error{Status::internal, std::move(message), "", 0, {}}; }

std::mutex loading;

// Never freed: at the end of the process OpenSSL's own handlers still run inside these libraries.
std::deque<boost::dll::shared_library> &residentLibraries() {
  static auto &libraries = *new std::deque<boost::dll::shared_library>;
  return libraries;
}

// What the dynamic linker said, without the path that the user knows already.
std::string linkerReason(const std::string &text, const std::string &library) {
  const std::size_t place = text.rfind(library + ": ");
  std::string reason = place == std::string::npos ? text : text.substr(place + library.size() + 2);
  while (!reason.empty() && (reason.back() == ')' || reason.back() == ' ' || reason.back() == '.'))
    reason.pop_back();
  const std::size_t boost_suffix = reason.find(": Bad file descriptor");
  return reason.substr(0, boost_suffix);
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
    return refused("Its library " + file + " cannot be loaded: " + linkerReason(problem.what(), file) +
                   ". Install a version built for this system.");
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

Result<roots_provider_api> loadPlugin(const PluginCandidate &plugin, const std::string &expected_hash) {
  const auto hash = fileHash(plugin.library);
  if (!hash) return hash.error();
  if (*hash != expected_hash) {
    return refused(
        "Its library has changed since the plugin was enabled. If you replaced it yourself, enable it again: "
        "plugins enable " +
        plugin.manifest.id + ".");
  }
  const auto theirs = openLibrary(plugin);
  if (!theirs) return theirs.error();
  auto table = completeTable(*theirs);
  if (!table) return std::move(table).error();
  if (const auto same = checkIdentity(*table, plugin.manifest); !same) return same.error();
  return table;
}

}  // namespace roots::host
