#include "plugins/manifest.h"

#include "plugins/manifest_rules.h"
#include "plugins/manifest_schema.h"
#include "plugins/refusal.h"

#include <roots/kit/json.h>
#include <roots/kit/url.h>
#include <roots/provider_abi.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

namespace roots::host {
namespace {

using kit::JsonDocument;
using kit::JsonView;

constexpr std::size_t kMaxManifestSize = 256 * 1024;

std::string platform() {
#if defined(__APPLE__)
  const std::string system = "macos";
#elif defined(_WIN32)
  const std::string system = "windows";
#else
  const std::string system = "linux";
#endif
#if defined(__aarch64__) || defined(_M_ARM64)
  return system + "-aarch64";
#else
  return system + "-x86_64";
#endif
}

std::vector<std::string> textsOf(JsonView view) {
  std::vector<std::string> texts;
  for (std::size_t index = 0; index < view.size(); ++index) texts.push_back(view.at(index).textOrEmpty());
  return texts;
}

std::optional<int> integerOf(JsonView view) {
  const auto number = view.asInteger();
  if (!number) return std::nullopt;
  return static_cast<int>(*number);
}

SettingField settingOf(JsonView view) {
  SettingField field;
  field.key = view["key"].textOrEmpty();
  field.label = view["label"].textOrEmpty();
  field.type = view["type"].textOrEmpty();
  field.hint = view["hint"].textOrEmpty();
  field.default_value = view["default"].textOrEmpty();
  field.required = view["required"].asFlag().value_or(false);
  field.advanced = view["advanced"].asFlag().value_or(false);
  field.minimum = integerOf(view["minimum"]);
  field.maximum = integerOf(view["maximum"]);
  return field;
}

const kit::JsonSchema &schema() {
  static const auto parsed = kit::JsonSchema::parse(kManifestSchema);
  return *parsed;
}

}  // namespace

const SettingField *Manifest::setting(const std::string &key) const {
  for (const auto &field : settings)
    if (field.key == key) return &field;
  return nullptr;
}

std::string missingLibraryProblem(const Manifest &manifest) {
  if (!manifest.library.empty()) return "";
  return "manifest.json names no library for this platform (" + platform() + "). Install a build for it.";
}

std::string repeatedSettingProblem(const Manifest &manifest) {
  std::set<std::string> keys;
  for (const auto &field : manifest.settings)
    if (!keys.insert(field.key).second) return "manifest.json lists the setting \"" + field.key + "\" twice.";
  return "";
}

std::string secretDefaultProblem(const Manifest &manifest) {
  for (const auto &field : manifest.settings) {
    if (!field.isSecret() || field.default_value.empty()) continue;
    return "manifest.json gives the secret setting \"" + field.key +
           "\" a default, which would be known to everybody.";
  }
  return "";
}

std::string foreignAddressProblem(const Manifest &manifest) {
  const auto &hosts = manifest.network_hosts;
  for (const auto &field : manifest.settings) {
    if (field.type != "url" || field.default_value.empty()) continue;
    const auto url = kit::parseBaseUrl(field.default_value);
    if (url && std::find(hosts.begin(), hosts.end(), url->host) != hosts.end()) continue;
    return "manifest.json gives \"" + field.key + "\" a default address outside its own permissions.network.";
  }
  return "";
}

Result<std::string> readManifestText(const std::filesystem::path &folder) {
  const auto file = folder / "manifest.json";
  std::error_code problem;
  if (!std::filesystem::is_regular_file(file, problem))
    return refused("It has no manifest.json. Copy the plugin's whole folder.");
  const auto size = std::filesystem::file_size(file, problem);
  if (problem || size > kMaxManifestSize) return refused("Its manifest.json is too large to be one.");
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream content;
  content << stream.rdbuf();
  if (!stream) return refused("Its manifest.json cannot be read. Check the file's permissions.");
  return content.str();
}

std::string interfaceVersionProblem(const kit::JsonDocument &manifest) {
  const auto major = manifest.root()["abi"]["major"].asInteger();
  const auto minor = manifest.root()["abi"]["minor"].asInteger();
  if (!major || !minor) return "";
  const std::string theirs = std::to_string(*major) + "." + std::to_string(*minor);
  const std::string ours =
      std::to_string(ROOTS_PROVIDER_ABI_MAJOR) + "." + std::to_string(ROOTS_PROVIDER_ABI_MINOR);
  if (*major != ROOTS_PROVIDER_ABI_MAJOR) {
    return "It is built for interface " + theirs + ", this host speaks " + ours +
           ". Install a version of the plugin for interface " + std::to_string(ROOTS_PROVIDER_ABI_MAJOR) +
           ".";
  }
  if (*minor > ROOTS_PROVIDER_ABI_MINOR)
    return "It needs interface " + theirs + ", this host speaks " + ours + ". Update the host.";
  return "";
}

std::string schemaProblem(const kit::JsonDocument &manifest) {
  const auto checked = schema().check(manifest);
  return checked ? "" : checked.error().message;
}

Manifest readManifestTolerantly(const kit::JsonDocument &document) {
  const JsonView root = document.root();
  Manifest manifest;
  manifest.id = root["id"].textOrEmpty();
  manifest.version = root["version"].textOrEmpty();
  manifest.name = root["name"].textOrEmpty();
  manifest.description = root["description"].textOrEmpty();
  manifest.abi_major = integerOf(root["abi"]["major"]).value_or(0);
  manifest.abi_minor = integerOf(root["abi"]["minor"]).value_or(0);
  manifest.library = root["library"][platform()].textOrEmpty();
  manifest.capabilities = textsOf(root["capabilities"]);
  for (std::size_t index = 0; index < root["settings"].size(); ++index)
    manifest.settings.push_back(settingOf(root["settings"].at(index)));
  manifest.network_hosts = textsOf(root["permissions"]["network"]);
  manifest.declared_locks = textsOf(root["permissions"]["settings_locks"]);
  manifest.keeps_secrets = root["permissions"]["secrets"].asFlag().value_or(false);
  manifest.service_access = textsOf(root["service_access"]);
  return manifest;
}

Result<Manifest> readManifest(const std::filesystem::path &folder) {
  const auto text = readManifestText(folder);
  if (!text) return text.error();
  const auto document = JsonDocument::parse(*text);
  if (!document) return refused("Its manifest.json is broken. " + document.error().message);
  // Before the schema: another major version may have another one.
  const std::string version_problem = interfaceVersionProblem(*document);
  if (!version_problem.empty()) return refused(version_problem);
  const std::string broken_rule = schemaProblem(*document);
  if (!broken_rule.empty()) {
    return refused("Its manifest.json breaks the rule " + broken_rule +
                   ". Install a corrected version of the plugin.");
  }
  Manifest manifest = readManifestTolerantly(*document);
  for (const auto rule :
       {missingLibraryProblem, repeatedSettingProblem, secretDefaultProblem, foreignAddressProblem}) {
    const std::string problem = rule(manifest);
    if (!problem.empty()) return refused("Its " + problem);
  }
  return manifest;
}

}  // namespace roots::host
