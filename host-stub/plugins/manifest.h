// manifest.json of a plugin, read and validated against the schema before any of the plugin's code runs.
#pragma once

#include <roots/result.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace roots::host {

struct SettingField {
  std::string key;
  std::string label;
  std::string type;  // "text", "secret", "email", "url", "file", "integer"
  std::string hint;
  std::string default_value;
  bool required = false;
  bool advanced = false;
  std::optional<int> minimum;  // of an integer
  std::optional<int> maximum;

  [[nodiscard]] bool isSecret() const { return type == "secret"; }
};

struct Manifest {
  std::string id;
  std::string version;
  std::string name;  // for the user: "Personio"
  std::string description;
  int abi_major = 0;
  int abi_minor = 0;
  std::string library;  // file name for this platform
  std::vector<std::string> capabilities;
  std::vector<SettingField> settings;
  std::vector<std::string> declared_locks;
  bool keeps_secrets = false;  // through the host, a token for example
  std::vector<std::string> network_hosts;
  std::vector<std::string> service_access;

  [[nodiscard]] const SettingField *setting(const std::string &key) const;  // nullptr: no such setting
};

// Reads folder/manifest.json. The error names the file and the problem.
[[nodiscard]] Result<Manifest> readManifest(const std::filesystem::path &folder);

}  // namespace roots::host
