#include "check/subject.h"

#include "plugins/plugin_folder.h"
#include "plugins/plugin_library.h"

#include <roots/provider_client.hpp>

#include <stdexcept>

namespace roots::check {

namespace {

// A bug in the checker: a check runs before the one that it requires.
template <class T>
T required(Result<T> result) {
  if (!result) throw std::logic_error(result.error().message);
  return std::move(*result);
}

std::string invented(const host::SettingField &field) {
  if (field.isSecret()) return "canary-of-the-check-" + field.key;
  if (!field.default_value.empty()) return field.default_value;
  if (field.type == "email") return "somebody@example.com";
  if (field.type == "integer") return std::to_string(field.minimum.value_or(1));
  return "checked";
}

}  // namespace

const host::Manifest &manifestOf(const Subject &subject) {
  static const host::Manifest manifest = required(host::readManifest(subject.folder));
  return manifest;
}

const roots_provider_api &tableOf(const Subject &subject) {
  static const roots_provider_api table = [&] {
    const auto plugin = required(host::readPluginFolder(subject.folder));
    return required(completeTable(required(host::openLibrary(plugin))));
  }();
  return table;
}

std::string addressSettingOf(const host::Manifest &manifest) {
  for (const auto &field : manifest.settings)
    if (field.type == "url") return field.key;
  return "";
}

std::string addressSetting(const Subject &subject) { return addressSettingOf(manifestOf(subject)); }

std::optional<Settings> realSettings(const Subject &subject) {
  if (!addressSetting(subject).empty() && !subject.has_service) return std::nullopt;
  Settings settings;
  for (const auto &field : manifestOf(subject).settings) {
    const auto given = subject.settings.find(field.key);
    const std::string value = given == subject.settings.end() ? field.default_value : given->second;
    if (!value.empty()) {
      settings[field.key] = value;
    } else if (field.required) {
      return std::nullopt;
    }
  }
  return settings;
}

Settings settingsFor(const Subject &subject, const std::string &address) {
  Settings settings;
  for (const auto &field : manifestOf(subject).settings) {
    if (field.type == "url") {
      settings[field.key] = address;
    } else if (field.required || field.isSecret() || !field.default_value.empty()) {
      settings[field.key] = invented(field);
    }
    const auto given = subject.settings.find(field.key);
    if (given != subject.settings.end() && field.type != "url" && !field.isSecret())
      settings[field.key] = given->second;
  }
  return settings;
}

Settings inventedSecrets(const Subject &subject) {
  Settings secrets;
  for (const auto &field : manifestOf(subject).settings)
    if (field.isSecret()) secrets[field.key] = invented(field);
  return secrets;
}

}  // namespace roots::check
