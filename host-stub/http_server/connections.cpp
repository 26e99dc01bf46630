#include "http_server/connections.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace roots::host {

int Connections::add(int descriptor) {
  const int duplicate = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
  if (duplicate < 0) return duplicate;
  const std::lock_guard lock(mutex_);
  open_.insert(duplicate);
  ++seen_;
  if (stopping_) ::shutdown(duplicate, SHUT_RDWR);
  return duplicate;
}

void Connections::remove(int duplicate) {
  if (duplicate < 0) return;
  const std::lock_guard lock(mutex_);
  open_.erase(duplicate);
  ::close(duplicate);
}

int Connections::seen() {
  const std::lock_guard lock(mutex_);
  return seen_;
}

void Connections::stop() {
  const std::lock_guard lock(mutex_);
  stopping_ = true;
  for (const int duplicate : open_) ::shutdown(duplicate, SHUT_RDWR);
  stopped_.notify_all();
}

bool Connections::wait(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return !stopped_.wait_for(lock, time, [this] { return stopping_; });
}

}  // namespace roots::host
