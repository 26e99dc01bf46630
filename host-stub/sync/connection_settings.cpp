#include "sync/connection_settings.h"

#include <charconv>

namespace roots::host {
namespace {

Error wrongSetting(const std::string &key, std::string message) {
  return makeError(Status::invalid_setting, std::move(message)).withSetting(key);
}

std::string knownKeys(const Manifest &manifest) {
  std::string keys;
  for (const auto &field : manifest.settings) keys += (keys.empty() ? "" : ", ") + field.key;
  return keys;
}

Result<void> checkInteger(const SettingField &field, const std::string &value) {
  int number = 0;
  const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), number);
  const bool whole = problem == std::errc() && end == value.data() + value.size();
  if (whole && (!field.minimum || number >= *field.minimum) && (!field.maximum || number <= *field.maximum))
    return {};
  std::string bounds;
  if (field.minimum && field.maximum)
    bounds = " from " + std::to_string(*field.minimum) + " to " + std::to_string(*field.maximum);
  return wrongSetting(field.key, "\"" + field.label + "\" must be a whole number" + bounds + ".");
}

}  // namespace

Result<Settings> completeSettings(const Manifest &manifest, const Settings &given) {
  for (const auto &[key, value] : given) {
    if (manifest.setting(key) != nullptr) continue;
    return wrongSetting(
        key, manifest.name + " has no setting \"" + key + "\". It has: " + knownKeys(manifest) + ".");
  }
  Settings complete;
  for (const auto &field : manifest.settings) {
    const auto found = given.find(field.key);
    const std::string &value =
        found == given.end() || found->second.empty() ? field.default_value : found->second;
    if (value.empty() && field.required) {
      const std::string how = field.isSecret() ? "Type it at the prompt, or pass it as a line " + field.key +
                                                     "=VALUE with --secrets-from-stdin."
                                               : "Give it with --setting " + field.key + "=VALUE.";
      return wrongSetting(field.key, "\"" + field.label + "\" is missing. " + how);
    }
    if (value.empty()) continue;
    if (field.type == "integer") {
      if (auto checked = checkInteger(field, value); !checked) return std::move(checked).error();
    }
    complete[field.key] = value;
  }
  return complete;
}

}  // namespace roots::host
