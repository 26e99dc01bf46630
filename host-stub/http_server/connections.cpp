#include "http_server/connections.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

namespace roots::host {

Connections::Connections(std::chrono::milliseconds request_time, std::chrono::milliseconds idle_time)
    : request_time_(request_time), idle_time_(idle_time), watch_([this] { endOverdue(); }) {}

Connections::~Connections() {
  stop();
  watch_.join();
}

void Connections::end(int duplicate, Open &connection) {
  connection.has_ended = true;
  ::shutdown(duplicate, SHUT_RDWR);
}

int Connections::add(int descriptor) {
  const int duplicate = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
  const std::lock_guard lock(mutex_);
  ++seen_;
  if (duplicate < 0) return duplicate;
  const auto now = Clock::now();
  Open &added = open_[duplicate] = Open{now, now + request_time_};
  if (stopping_) end(duplicate, added);
  changed_.notify_all();
  return duplicate;
}

void Connections::remove(int duplicate) {
  if (duplicate < 0) return;
  const std::lock_guard lock(mutex_);
  open_.erase(duplicate);
  ::close(duplicate);
}

void Connections::change(int duplicate, bool answering, Clock::duration time) {
  const std::lock_guard lock(mutex_);
  const auto found = open_.find(duplicate);
  if (found == open_.end()) return;
  found->second.is_answering = answering;
  found->second.waiting_since = Clock::now();
  found->second.limit = found->second.waiting_since + time;
  changed_.notify_all();
}

void Connections::setAnswering(int duplicate, bool answering) {
  change(duplicate, answering, idle_time_ + request_time_);
}

void Connections::setSending(int duplicate) { change(duplicate, false, std::chrono::hours(1)); }

int Connections::seen() {
  const std::lock_guard lock(mutex_);
  return seen_;
}

void Connections::makeRoom(int max, int accepted) {
  const std::lock_guard lock(mutex_);
  int in_use = accepted - seen_;
  auto longest = open_.end();
  for (auto one = open_.begin(); one != open_.end(); ++one) {
    if (one->second.has_ended) continue;
    ++in_use;
    if (one->second.is_answering) continue;
    if (longest == open_.end() || one->second.waiting_since < longest->second.waiting_since) longest = one;
  }
  if (in_use > max && longest != open_.end()) end(longest->first, longest->second);
}

void Connections::endOverdue() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const auto now = Clock::now();
    auto next = now + std::chrono::hours(1);
    for (auto &[duplicate, connection] : open_) {
      if (connection.is_answering || connection.has_ended) continue;
      if (connection.limit <= now) {
        end(duplicate, connection);
      } else {
        next = std::min(next, connection.limit);
      }
    }
    changed_.wait_until(lock, next);
  }
}

void Connections::stop() {
  const std::lock_guard lock(mutex_);
  stopping_ = true;
  for (auto &[duplicate, connection] : open_) end(duplicate, connection);
  changed_.notify_all();
}

bool Connections::wait(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return !changed_.wait_for(lock, time, [this] { return stopping_; });
}

}  // namespace roots::host
