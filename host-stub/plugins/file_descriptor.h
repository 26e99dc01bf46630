// A file descriptor that closes itself, and complete writes to one.
#pragma once

#include <unistd.h>

#include <cerrno>
#include <string_view>

namespace roots::host {

class FileDescriptor {
 public:
  explicit FileDescriptor(int value) : value_(value) {}  // -1: none
  ~FileDescriptor() { close(); }
  FileDescriptor(const FileDescriptor &) = delete;
  FileDescriptor &operator=(const FileDescriptor &) = delete;

  [[nodiscard]] int get() const { return value_; }
  // False: the system reported an error of an earlier write.
  bool close() {
    const bool fine = value_ < 0 || ::close(value_) == 0;
    value_ = -1;
    return fine;
  }

 private:
  int value_;
};

[[nodiscard]] inline bool writeAll(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t count = ::write(descriptor, content.data(), content.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    content.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace roots::host
