// The rules for a manifest one by one, for readManifest(), which stops at the first that is broken, and for
// roots-plugin-check, which tells of each. A problem is a sentence; "": there is none. Pure but for the one
// that reads the file.
#pragma once

#include "plugins/manifest.h"

#include <roots/kit/json.h>

#include <filesystem>
#include <string>

namespace roots::host {

// The text of folder/manifest.json, which may be anything but larger than 256 KiB.
[[nodiscard]] Result<std::string> readManifestText(const std::filesystem::path &folder);

// Another major version of the interface, or a newer minor one, than this host speaks.
[[nodiscard]] std::string interfaceVersionProblem(const kit::JsonDocument &manifest);
// The rule of sdk/schema/manifest.schema.json that is broken, and where.
[[nodiscard]] std::string schemaProblem(const kit::JsonDocument &manifest);

// Tolerant: what is missing or of another type is left empty.
[[nodiscard]] Manifest manifestFrom(const kit::JsonDocument &document);

// What a schema cannot say.
[[nodiscard]] std::string missingLibraryProblem(const Manifest &manifest);
[[nodiscard]] std::string repeatedSettingProblem(const Manifest &manifest);
[[nodiscard]] std::string secretDefaultProblem(const Manifest &manifest);
[[nodiscard]] std::string foreignAddressProblem(const Manifest &manifest);

}  // namespace roots::host
