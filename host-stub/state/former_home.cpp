#include "state/former_home.h"

#include "state/set_aside.h"
#include "state/state_file.h"

namespace roots::host {
namespace {

namespace fs = std::filesystem;

constexpr const char *kDataFiles[] = {"context.json", "calendar.json"};

// A link to a disk that is not mounted exists as well.
bool isThere(const fs::path &file) {
  std::error_code ignored;
  return fs::exists(fs::symlink_status(file, ignored));
}

// Equal times are those of a copy. A link that leads to nothing is older than any file.
bool isNewer(const fs::path &file, const fs::path &other) {
  std::error_code is_missing;
  const auto written = fs::last_write_time(file, is_missing);
  if (is_missing) return false;
  const auto other_written = fs::last_write_time(other, is_missing);
  return is_missing || written > other_written;
}

bool isFormerInEffect(const fs::path &former, const fs::path &present) {
  return isThere(former) && (!isThere(present) || isNewer(former, present));
}

// Also true if there is no such file.
bool removeFile(const fs::path &file) {
  std::error_code problem;
  fs::remove(file, problem);
  return !problem;
}

// The user linked the file to another place, where it stays.
bool moveLink(const fs::path &link, const fs::path &present) {
  std::error_code problem;
  const fs::path target = link.parent_path() / fs::read_symlink(link, problem);
  const fs::path draft = draftOf(present);
  if (!problem) fs::create_symlink(target, draft, problem);
  if (!problem) fs::rename(draft, present, problem);
  return !problem;
}

bool moveFile(const fs::path &former, const fs::path &present) {
  removeDraft(former);
  // First the copies: without their file, they would not be found in the former folder.
  for (const fs::path &copy : copiesOf(former)) {
    removeDraft(copy);
    if (!setAside(copy, present) || !removeFile(copy)) return false;
  }
  if (isFormerInEffect(former, present)) {
    std::error_code ignored;
    const bool is_link = fs::is_symlink(fs::symlink_status(former, ignored));
    removeDraft(present);
    if (is_link ? !moveLink(former, present) : !copyStateFile(former, present)) return false;
  }
  return removeFile(former);
}

}  // namespace

fs::path fileInEffect(const fs::path &former, const fs::path &present) {
  return isFormerInEffect(former, present) ? former : present;
}

bool hasFormerData(const Home &home) {
  if (home.settings == home.data) return false;
  for (const char *name : kDataFiles) {
    const fs::path former = home.settings / name;
    if (isThere(former) || isThere(draftOf(former)) || !copiesOf(former).empty()) return true;
  }
  return false;
}

void moveFormerData(const Home &home) {
  if (home.settings == home.data) return;
  for (const char *name : kDataFiles) (void)moveFile(home.settings / name, home.data / name);
}

}  // namespace roots::host
