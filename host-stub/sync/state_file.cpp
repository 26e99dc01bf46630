#include "sync/state_file.h"

#include <roots/kit/wipe.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <thread>

namespace roots::host {
namespace {

namespace fs = std::filesystem;

Error failure(std::string message) { return Error{Status::internal, std::move(message), "", 0, {}}; }

std::string reason() { return std::strerror(errno); }  // NOLINT(concurrency-mt-unsafe): one thread here

// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor &) = delete;
  Descriptor &operator=(const Descriptor &) = delete;

  [[nodiscard]] int get() const { return value_; }
  bool close() {
    const bool fine = value_ < 0 || ::close(value_) == 0;
    value_ = -1;
    return fine;
  }

 private:
  int value_;
};

bool writeAll(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t count = ::write(descriptor, content.data(), content.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    content.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

fs::path draftOf(const fs::path &file) { return file.string() + ".new"; }

bool flushFolder(const fs::path &folder) {
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return descriptor.get() >= 0 && ::fsync(descriptor.get()) == 0;
}

}  // namespace

Result<std::optional<std::string>> readStateFile(const fs::path &file) {
  std::error_code problem;
  if (!fs::exists(file, problem) && !problem) return std::optional<std::string>();
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream content;
  content << stream.rdbuf();
  if (!stream.is_open() || stream.bad()) {
    return failure("The file " + file.string() + " cannot be read. Check its owner and permissions.");
  }
  return std::optional<std::string>(std::move(content).str());
}

Result<void> replaceStateFile(const fs::path &file, const std::string &content) {
  const fs::path draft = draftOf(file);
  const auto failed = [&](const std::string &why) {
    ::unlink(draft.c_str());
    return failure("The file " + file.string() + " cannot be written (" + why + "). Nothing was changed.");
  };
  Descriptor descriptor(::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (descriptor.get() < 0) return failed(reason());
  // The draft may be left over from a host that was killed, with whatever mode it had.
  if (::fchmod(descriptor.get(), 0600) != 0 || !writeAll(descriptor.get(), content) ||
      ::fsync(descriptor.get()) != 0 || !descriptor.close()) {
    return failed(reason());
  }
  if (::rename(draft.c_str(), file.c_str()) != 0) return failed(reason());
  if (!flushFolder(file.parent_path()))
    return failure("The folder of " + file.string() + " cannot be flushed to the disk.");
  return {};
}

void removeDraft(const fs::path &file) { ::unlink(draftOf(file).c_str()); }

Result<std::optional<kit::JsonDocument>> readVersionedFile(const fs::path &file, int version) {
  auto text = readStateFile(file);
  if (!text) return std::move(text).error();
  if (!text->has_value()) return std::optional<kit::JsonDocument>();
  const kit::WipedAtEnd wiped(**text);  // it may be the one with the secrets
  auto document = kit::JsonDocument::parse(**text);
  if (!document || !document->root().isObject()) {
    return failure(
        "The file " + file.string() +
        " is damaged and was left as it is. Restore it from a backup, or move it away to start anew.");
  }
  const auto found = document->root()["version"].asInteger();
  if (!found || *found > version || *found < 1) {
    return failure(
        "The file " + file.string() +
        " was written by a newer version of this program and was left as it is. Update the program.");
  }
  return std::optional<kit::JsonDocument>(std::move(*document));
}

Result<fs::path> openHome(const std::string &home_option) {
  fs::path home = home_option;
  if (home.empty()) {
    const char *config = std::getenv("XDG_CONFIG_HOME");  // NOLINT(concurrency-mt-unsafe)
    const char *user = std::getenv("HOME");               // NOLINT(concurrency-mt-unsafe)
    if (config != nullptr && *config == '/') {
      home = fs::path(config) / "roots-host-stub";
    } else if (user != nullptr && *user == '/') {
      home = fs::path(user) / ".config" / "roots-host-stub";
    } else {
      return failure("There is no home folder to keep settings in. Name one with --home DIR.");
    }
  }
  std::error_code problem;
  const bool existed = fs::is_directory(home, problem);
  fs::create_directories(home, problem);
  if (!existed && !problem) fs::permissions(home, fs::perms::owner_all, problem);
  struct stat state {};
  if (problem || ::stat(home.c_str(), &state) != 0 || !S_ISDIR(state.st_mode)) {
    return failure("The folder " + home.string() + " cannot be made. Name another one with --home DIR.");
  }
  if (state.st_uid != ::geteuid()) {
    return failure("The folder " + home.string() +
                   " belongs to somebody else. Name another one with --home DIR.");
  }
  // It holds secrets and absences: nobody else may look in, whoever made it.
  if ((state.st_mode & 077) != 0) fs::permissions(home, fs::perms::owner_all, problem);
  return home;
}

Result<HomeLock> HomeLock::acquire(const fs::path &home, std::chrono::milliseconds patience) {
  const fs::path file = home / "lock";
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return failure("The folder " + home.string() + " cannot be written to (" + reason() +
                   "). Nothing was changed.");
  }
  const auto end = std::chrono::steady_clock::now() + patience;
  while (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (std::chrono::steady_clock::now() >= end) {
      ::close(descriptor);
      return Error{Status::try_later,
                   "Another roots-host-stub is working on " + home.string() +
                       ". Wait until it has finished, or end it.",
                   "",
                   0,
                   {}};
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return HomeLock(descriptor);
}

HomeLock::HomeLock(HomeLock &&other) noexcept : descriptor_(other.descriptor_) { other.descriptor_ = -1; }

HomeLock::~HomeLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace roots::host
