// The plugin under check and what its author gave to check it with. Immutable; the functions that open the
// library do so once in a process.
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
  Settings settings;         // what the author gave; defaults are not filled in
  bool has_service = false;  // the settings reach a service that answers: the author's or recorded replies
  Days days;                 // that records are asked for
};

// All of these need the checks of the groups "manifest" and "entry" to have passed; until then, use
// host::readManifest() and host::openLibrary() themselves.
[[nodiscard]] const host::Manifest &manifestOf(const Subject &subject);
[[nodiscard]] const roots_provider_api &tableOf(const Subject &subject);

// Key of the setting that takes the service's address; "": the manifest has none.
[[nodiscard]] std::string addressSettingOf(const host::Manifest &manifest);
[[nodiscard]] std::string addressSetting(const Subject &subject);

// Defaults and what was given; nothing: a required setting was not given, or the plugin talks to a service
// and none was named.
[[nodiscard]] std::optional<Settings> realSettings(const Subject &subject);

// The same, what is missing invented, and the address of the service replaced. Secrets are invented anew, so
// that no real one meets a server that misbehaves.
[[nodiscard]] Settings settingsFor(const Subject &subject, const std::string &address);
// Those of the above that are secret.
[[nodiscard]] Settings inventedSecrets(const Subject &subject);

}  // namespace roots::check
