#include "state/state_file.h"

#include "plugins/file_descriptor.h"

#include <roots/kit/wipe.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <functional>
#include <limits>

namespace roots::host {
namespace {

namespace fs = std::filesystem;

Error fileFailure(std::string message) { return makeError(Status::internal, std::move(message)); }

Error unreadable(const fs::path &file) {
  return fileFailure("The file " + file.string() + " cannot be read. Check its owner and permissions.");
}

std::string reason() { return std::strerror(errno); }  // NOLINT(concurrency-mt-unsafe): one thread here

// Users link their settings to another place, and a rename would replace the link. Returns the target of
// the links, existing or not. Nothing: the links form a loop.
std::optional<fs::path> linkTarget(const fs::path &file) {
  constexpr int most_links = 40;  // the limit of the system
  fs::path target = file;
  for (int links = 0; links < most_links; ++links) {
    std::error_code problem;
    if (!fs::is_symlink(fs::symlink_status(target, problem))) return target;
    const fs::path next = fs::read_symlink(target, problem);
    if (problem) return std::nullopt;
    target = next.is_absolute() ? next : target.parent_path() / next;
  }
  return std::nullopt;
}

using WriteContent = std::function<bool(int descriptor)>;

bool flushFolder(const fs::path &folder) {
  const FileDescriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return descriptor.get() >= 0 && ::fsync(descriptor.get()) == 0;
}

Result<void> replaceWith(const fs::path &file, const WriteContent &write) {
  const auto linked = linkTarget(file);
  const fs::path target = linked.value_or(file);
  const fs::path draft = draftOf(target);
  const auto failed = [&](const std::string &why) {
    ::unlink(draft.c_str());
    return fileFailure("The file " + file.string() + " cannot be written (" + why +
                       "). Nothing was changed.");
  };
  if (!linked) return failed("its links form a loop");
  FileDescriptor descriptor(
      ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (descriptor.get() < 0) return failed(reason());
  // A killed host may have left the draft, with any mode.
  if (::fchmod(descriptor.get(), 0600) != 0 || !write(descriptor.get()) || ::fsync(descriptor.get()) != 0 ||
      !descriptor.close()) {
    return failed(reason());
  }
  if (::rename(draft.c_str(), target.c_str()) != 0) return failed(reason());
  if (!flushFolder(target.parent_path()))
    return fileFailure("The folder of " + file.string() + " cannot be flushed to the disk.");
  return {};
}

// Chunk by chunk, to the end; false also if take() returns false. A read error is not the end of the file.
bool readAll(int descriptor, const std::function<bool(std::string_view)> &take) {
  std::string buffer(std::size_t{64} * 1024, '\0');
  const kit::WipedAtEnd wiped(buffer);  // it may contain secrets
  for (;;) {
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return count == 0;
    if (!take({buffer.data(), static_cast<std::size_t>(count)})) return false;
  }
}

}  // namespace

fs::path draftOf(const fs::path &file) { return file.string() + ".new"; }

Result<std::optional<std::string>> readStateFile(const fs::path &file) {
  std::error_code problem;
  if (!fs::exists(file, problem) && !problem) {
    // A link to a disk that is not mounted: its target may still exist.
    if (fs::is_symlink(fs::symlink_status(file, problem))) {
      return fileFailure(
          "The file " + file.string() +
          " is a link that leads to nothing. Nothing was changed; restore what it leads to, or "
          "remove the link.");
    }
    return std::optional<std::string>();
  }
  const FileDescriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  std::string content;
  struct stat state{};
  // Reserved at once, so that growing leaves no copies of secrets in memory.
  if (::fstat(descriptor.get(), &state) == 0 && S_ISREG(state.st_mode))
    content.reserve(static_cast<std::size_t>(state.st_size));
  const bool is_whole = descriptor.get() >= 0 && readAll(descriptor.get(), [&](std::string_view piece) {
                          content += piece;
                          return true;
                        });
  if (!is_whole) {
    kit::wipe(content);
    return unreadable(file);
  }
  return std::optional<std::string>(std::move(content));
}

Result<void> replaceStateFile(const fs::path &file, const std::string &content) {
  return replaceWith(file, [&](int descriptor) { return writeAll(descriptor, content); });
}

Result<void> copyStateFile(const fs::path &from, const fs::path &to) {
  const FileDescriptor source(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
  if (source.get() < 0) return unreadable(from);
  return replaceWith(to, [&](int descriptor) {
    return readAll(source.get(), [&](std::string_view piece) { return writeAll(descriptor, piece); });
  });
}

bool isLargerThan(const fs::path &file, std::uintmax_t size) {
  std::error_code problem;
  const auto found = fs::file_size(file, problem);
  return !problem && found > size;
}

void removeDraft(const fs::path &file) { ::unlink(draftOf(linkTarget(file).value_or(file)).c_str()); }

Result<kit::JsonDocument> parseStateText(std::string_view text) {
  return kit::JsonDocument::parse(text, std::numeric_limits<std::size_t>::max());
}

Error newerVersion(const fs::path &file) {
  return fileFailure(
      "The file " + file.string() +
      " was written by a newer version of this program and was not changed. Update the program.");
}

Result<std::optional<kit::JsonDocument>> readVersionedFile(const fs::path &file, int version) {
  auto text = readStateFile(file);
  if (!text) return std::move(text).error();
  if (!text->has_value()) return std::optional<kit::JsonDocument>();
  const kit::WipedAtEnd wiped(**text);  // it may contain secrets
  auto document = parseStateText(**text);
  const auto found = document ? document->root()["version"].asInteger() : std::nullopt;
  if (!found || *found < 1) {
    return fileFailure(
        "The file " + file.string() +
        " is damaged and was not changed. Restore it from a backup; without one, move it away and "
        "enter its content again.");
  }
  if (*found > version) return newerVersion(file);
  return std::optional<kit::JsonDocument>(std::move(*document));
}

}  // namespace roots::host
