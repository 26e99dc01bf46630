#include "check/descriptor_watch.h"

#include "check/process_watch.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <thread>

namespace roots::check {

DescriptorWatch::DescriptorWatch() : before_(inheritableNow()) {}

DescriptorWatch::Descriptors DescriptorWatch::inheritableNow() {
  Descriptors found;
  std::error_code gone;  // a descriptor may be closed during this loop
  for (const auto &entry : std::filesystem::directory_iterator("/proc/self/fd", gone)) {
    const std::string name = entry.path().filename().string();
    int descriptor = -1;
    std::from_chars(name.data(), name.data() + name.size(), descriptor);
    const int flags = ::fcntl(descriptor, F_GETFD);
    if (flags >= 0 && (flags & FD_CLOEXEC) == 0)
      found[descriptor] = std::filesystem::read_symlink(entry.path(), gone).string();
  }
  return found;
}

void DescriptorWatch::sampleTwice(pid_t working) {
  const auto is_between_steps = [working] { return working == 0 || isAsleep(working); };
  if (!is_between_steps()) return std::this_thread::yield();
  const Descriptors first = inheritableNow();
  std::this_thread::sleep_for(std::chrono::milliseconds(10));
  const Descriptors second = inheritableNow();
  if (!is_between_steps()) return;
  for (const auto &[descriptor, what] : second) {
    const auto same_in = [&, number = descriptor, &target = what](const Descriptors &others) {
      const auto other = others.find(number);
      return other != others.end() && other->second == target;
    };
    if (found_ || same_in(before_) || !same_in(first)) continue;
    found_ = "descriptor " + std::to_string(descriptor) + " (" + what + ")";
  }
}

std::optional<std::string> DescriptorWatch::inheritable() {
  sampleTwice(0);
  return found_;
}

void DescriptorWatch::sampleWhile(const std::function<void()> &work) {
  std::atomic<bool> over{false};
  std::thread looking([&, working = ::gettid()] {
    while (!over) sampleTwice(working);
  });
  work();
  over = true;
  looking.join();
}

}  // namespace roots::check
