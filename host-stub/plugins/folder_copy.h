// Copies a folder, readable by the user alone: targets instead of links, no special files, and with a limit
// on the size.
#pragma once

#include <roots/result.hpp>

#include <filesystem>

namespace roots::host {

// to is made. The error is a sentence about the plugin whose folder it is.
[[nodiscard]] Result<void> copyFolder(const std::filesystem::path &from, const std::filesystem::path &to);

}  // namespace roots::host
