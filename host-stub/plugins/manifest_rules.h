// The individual rules for a manifest, for readManifest(), which stops at the first violation, and for
// roots-plugin-check, which reports each one. A problem is a sentence; "": there is none. Pure, except for
// the one that reads the file.
#pragma once

#include "plugins/manifest.h"

#include <roots/kit/json.h>

#include <filesystem>
#include <string>

namespace roots::host {

// The text of folder/manifest.json, which must not exceed 256 KiB.
[[nodiscard]] Result<std::string> readManifestText(const std::filesystem::path &folder);

// Another major version of the interface, or a newer minor one, than this host speaks.
[[nodiscard]] std::string interfaceVersionProblem(const kit::JsonDocument &manifest);
// The violated rule of sdk/schema/manifest.schema.json, and its place.
[[nodiscard]] std::string schemaProblem(const kit::JsonDocument &manifest);

// Tolerant: members that are missing or of another type are left empty.
[[nodiscard]] Manifest readManifestTolerantly(const kit::JsonDocument &document);

// Rules that a schema cannot express.
[[nodiscard]] std::string missingLibraryProblem(const Manifest &manifest);
[[nodiscard]] std::string repeatedSettingProblem(const Manifest &manifest);
[[nodiscard]] std::string secretDefaultProblem(const Manifest &manifest);
[[nodiscard]] std::string foreignAddressProblem(const Manifest &manifest);

}  // namespace roots::host
