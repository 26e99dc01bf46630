// Small state files that survive crashes: a file is replaced as a whole or not at all, and only its owner
// can read it.
#pragma once

#include <roots/kit/json.h>
#include <roots/result.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace roots::host {

// nullopt: there is no such file. The error names the file and what to do.
[[nodiscard]] Result<std::optional<std::string>> readStateFile(const std::filesystem::path &file);

// Writes beside the file, flushes to the disk, renames. On failure, the old file is unchanged. A link stays
// a link: its target is replaced.
[[nodiscard]] Result<void> replaceStateFile(const std::filesystem::path &file, const std::string &content);

// The same with the content of another file, of any size.
[[nodiscard]] Result<void> copyStateFile(const std::filesystem::path &from, const std::filesystem::path &to);

// In bytes; false: the size is different or cannot be read.
[[nodiscard]] bool isLargerThan(const std::filesystem::path &file, std::uintmax_t size);

// What replaceStateFile() writes before it renames.
[[nodiscard]] std::filesystem::path draftOf(const std::filesystem::path &file);

// Removes what an interrupted replaceStateFile() left beside the file. Hold the home's lock.
void removeDraft(const std::filesystem::path &file);

// The text of a file that the host wrote. The number of values is not limited: the host can read what it
// wrote.
[[nodiscard]] Result<kit::JsonDocument> parseStateText(std::string_view text);

// The error for a file of a newer version of this program.
[[nodiscard]] Error newerVersion(const std::filesystem::path &file);

// A state file as JSON with a "version" member. nullopt: no such file. A damaged file and one of a newer
// version are errors that name the file; neither is ever overwritten.
[[nodiscard]] Result<std::optional<kit::JsonDocument>> readVersionedFile(const std::filesystem::path &file,
                                                                         int version);

}  // namespace roots::host
