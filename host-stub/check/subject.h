// The plugin under check with the author's input. Immutable; the functions that open the library do so once
// per process.
#pragma once

#include "plugins/manifest.h"

#include <roots/provider_abi.h>
#include <roots/records.hpp>
#include <roots/result.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace roots::check {

struct Subject {
  std::filesystem::path folder;
  Settings settings;         // the author's settings, without defaults
  bool has_service = false;  // the settings name a reachable service: the author's or recorded replies
  Days days;                 // the days to request records for
};

// All of these require that the checks of the groups "manifest" and "entry" have passed; before that, use
// host::readManifest() and host::openLibrary() directly.
[[nodiscard]] const host::Manifest &manifestOf(const Subject &subject);
[[nodiscard]] const roots_provider_api &tableOf(const Subject &subject);

// Key of the setting with the service's address; "": the manifest has none.
[[nodiscard]] std::string addressSettingOf(const host::Manifest &manifest);
[[nodiscard]] std::string addressSetting(const Subject &subject);

// The given settings and defaults; nothing: a required setting is missing, or the plugin uses a service and
// none was given.
[[nodiscard]] std::optional<Settings> realSettings(const Subject &subject);

// The same with invented values for missing settings, and with this address of the service. All secrets are
// invented, so that no real one reaches a misbehaving server.
[[nodiscard]] Settings settingsFor(const Subject &subject, const std::string &address);
// The secret ones of these settings.
[[nodiscard]] Settings inventedSecrets(const Subject &subject);

}  // namespace roots::check
