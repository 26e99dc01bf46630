#include "state/home.h"

#include "plugins/plugin_folder.h"
#include "plugins/user_folders.h"
#include "state/former_home.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <thread>

namespace roots::host {
namespace {

namespace fs = std::filesystem;

constexpr const char *kFolderName = "roots-host-stub";

Error homeFailure(std::string message) { return makeError(Status::internal, std::move(message)); }

// With those above it, each readable by its owner only. Existing ones are not changed.
void makeFolder(const fs::path &folder) {
  if (::mkdir(folder.c_str(), 0700) == 0 || errno != ENOENT || !folder.has_relative_path()) return;
  makeFolder(folder.parent_path());
  (void)::mkdir(folder.c_str(), 0700);
}

// Each file in it is accessible to its owner only, so visible file names are acceptable.
// content: what others could replace.
Result<void> openFolder(const fs::path &folder, const std::string &content) {
  makeFolder(folder);
  struct stat state{};
  if (::stat(folder.c_str(), &state) != 0 || !S_ISDIR(state.st_mode)) {
    return homeFailure("The folder " + folder.string() +
                       " cannot be created. Specify another one with --home DIR.");
  }
  if (state.st_uid != ::geteuid()) {
    return homeFailure("The folder " + folder.string() +
                       " belongs to another user. Specify another one with --home DIR.");
  }
  if (const std::string others = describeOtherWriters(folder); !others.empty()) {
    return homeFailure("The folder " + folder.string() + " " + others + ", who could replace your " +
                       content +
                       ". Remove the write permission of others (chmod go-w), or specify another one with "
                       "--home DIR.");
  }
  return {};
}

Result<Home> findHome(const std::string &home_option) {
  if (!home_option.empty()) {
    const fs::path folder = home_option;
    return Home(folder.has_filename() ? folder : folder.parent_path());  // "DIR/"
  }
  const fs::path config = userFolder(UserFolder::config);
  if (config.empty())
    return homeFailure("There is no home folder for the settings. Specify one with --home DIR.");
  const fs::path state = userFolder(UserFolder::state);
  return Home(config / kFolderName, (state.empty() ? config : state) / kFolderName);
}

}  // namespace

Home::Home(fs::path folder) : settings(folder), data(std::move(folder)) {}

Home::Home(fs::path settings_folder, fs::path data_folder)
    : settings(std::move(settings_folder)), data(std::move(data_folder)) {}

fs::path Home::dataFile(const std::string &name) const { return fileInEffect(settings / name, data / name); }

Result<Home> openHome(const std::string &home_option, std::chrono::milliseconds lock_wait) {
  auto home = findHome(home_option);
  if (!home) return home;
  if (auto opened = openFolder(home->settings, "settings"); !opened) return std::move(opened).error();
  if (auto opened = openFolder(home->data, "data"); !opened) return std::move(opened).error();
  if (!hasFormerData(*home)) return home;
  // Views also work without the lock and on a full disk.
  if (const auto lock = HomeLock::acquire(*home, lock_wait)) moveFormerData(*home);
  return home;
}

Result<HomeLock> HomeLock::acquire(const Home &home, std::chrono::milliseconds wait_limit) {
  const fs::path file = home.settings / "lock";
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    const std::string reason = std::strerror(errno);  // NOLINT(concurrency-mt-unsafe): one thread here
    return homeFailure("The folder " + home.settings.string() + " cannot be written to (" + reason +
                       "). Nothing was changed.");
  }
  const auto end = std::chrono::steady_clock::now() + wait_limit;
  while (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (std::chrono::steady_clock::now() >= end) {
      ::close(descriptor);
      return makeError(Status::try_later, "Another roots-host-stub is using " + home.settings.string() +
                                              ". Wait until it has finished, or end it.");
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
