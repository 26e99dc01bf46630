// A host thread that exists before a plugin is loaded: what loading does to the loading thread does not
// affect it.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace roots::check {

class HostThread {
 public:
  HostThread() : thread_([this] { work(); }) {}
  ~HostThread() {
    give(nullptr, true);
    thread_.join();
  }
  HostThread(const HostThread &) = delete;
  HostThread &operator=(const HostThread &) = delete;

  // Returns when the thread has completed the work, which must not throw.
  void run(const std::function<void()> &work) { give(&work, false); }

 private:
  void give(const std::function<void()> *work, bool ends) {
    std::unique_lock lock(mutex_);
    work_ = work;
    ends_ = ends;
    changed_.notify_all();
    changed_.wait(lock, [this] { return work_ == nullptr; });
  }

  void work() {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return work_ != nullptr || ends_; });
      if (ends_) return;
      lock.unlock();
      (*work_)();
      lock.lock();
      work_ = nullptr;
      changed_.notify_all();
    }
  }

  std::mutex mutex_;  // guards the members below
  std::condition_variable changed_;
  const std::function<void()> *work_ = nullptr;
  bool ends_ = false;
  std::thread thread_;
};

}  // namespace roots::check
