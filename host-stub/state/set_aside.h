// Copies of unreadable state files, kept beside them: nothing is lost when the program continues.
#pragma once

#include <roots/result.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace roots::host {

// Copies the file to "NAME.damaged", or "NAME.damaged-2" and so on; an existing copy with the same content
// is reused. Only its owner can read it. Hold the home's lock.
[[nodiscard]] Result<std::filesystem::path> setAside(const std::filesystem::path &file);

// The same for a file with such a copy in another folder: copies it to "NAME.damaged" beside the file.
[[nodiscard]] Result<std::filesystem::path> setAside(const std::filesystem::path &from,
                                                     const std::filesystem::path &file);

// The existing copies.
[[nodiscard]] std::vector<std::filesystem::path> copiesOf(const std::filesystem::path &file);

// "absences of roots.personio, data of Moco"
[[nodiscard]] std::string listed(const std::vector<std::string> &parts);

}  // namespace roots::host
