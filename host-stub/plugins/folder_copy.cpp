#include "plugins/folder_copy.h"

#include "plugins/file_descriptor.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

namespace roots::host {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxBytes = 512ull << 20;
constexpr int kMaxFiles = 4096;

Error failure(std::string message) { return makeError(Status::internal, std::move(message)); }

Error notCopied(const fs::path &file) {
  return failure("Its file " + file.filename().string() + " cannot be copied to run from (" +
                 std::strerror(errno) +  // NOLINT(concurrency-mt-unsafe): the loader runs one at a time
                 "). Try again.");
}

Error tooLarge() {
  return failure("Its folder exceeds the limits for a plugin (512 MiB, 4096 files). Check its contents.");
}

Result<void> copyFile(const fs::path &from, const fs::path &to, std::uint64_t &bytes_left) {
  // Do not wait for a pipe in place of a file.
  const FileDescriptor in(::open(from.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  struct stat state{};
  if (in.get() < 0 || ::fstat(in.get(), &state) != 0) return notCopied(from);
  if (!S_ISREG(state.st_mode)) return {};
  const FileDescriptor out(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (out.get() < 0) return notCopied(from);
  std::vector<char> buffer(std::size_t{256} * 1024);
  for (;;) {
    const auto count = ::read(in.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return notCopied(from);
    if (count == 0) break;
    if (static_cast<std::uint64_t>(count) > bytes_left) return tooLarge();
    bytes_left -= static_cast<std::uint64_t>(count);
    if (!writeAll(out.get(), {buffer.data(), static_cast<std::size_t>(count)})) return notCopied(from);
  }
  // Programs beside the library stay executable.
  if (::fchmod(out.get(), 0600 | (state.st_mode & S_IXUSR)) != 0) return notCopied(from);
  return {};
}

}  // namespace

Result<void> copyFolder(const fs::path &from, const fs::path &to) {
  if (::mkdir(to.c_str(), 0700) != 0) return notCopied(to);
  std::uint64_t bytes_left = kMaxBytes;
  int files_left = kMaxFiles;
  std::error_code problem;
  fs::recursive_directory_iterator entry(from, problem);
  for (const fs::recursive_directory_iterator end; !problem && entry != end; entry.increment(problem)) {
    if (--files_left < 0) return tooLarge();
    const fs::path &source = entry->path();
    const fs::path target = to / source.lexically_relative(from);
    std::error_code ignored;
    if (entry->symlink_status(ignored).type() == fs::file_type::directory) {
      if (::mkdir(target.c_str(), 0700) != 0) return notCopied(source);
    } else if (fs::is_regular_file(source, ignored)) {
      if (auto copied = copyFile(source, target, bytes_left); !copied) return copied;
    }
  }
  if (problem) return failure("Its folder cannot be read (" + problem.message() + "). Try again.");
  return {};
}

}  // namespace roots::host
