// The connections that a server has open, so that it can end them at once, and waits that end with it.
// For any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>

namespace roots::host {

class Connections {
 public:
  // Registers a connection under a duplicate of its descriptor, which stays valid until remove(),
  // whatever the connection does with its own. Returns it; -1: there was none to be had.
  int add(int descriptor);
  void remove(int duplicate);
  // How many there have been, ended ones included.
  [[nodiscard]] int seen();

  // Ends every connection, those that are added later too, and every wait.
  void stop();

  // False: the server stops, the wait was cut short.
  bool wait(std::chrono::milliseconds time);

 private:
  std::mutex mutex_;
  std::condition_variable stopped_;
  std::set<int> open_;
  int seen_ = 0;
  bool stopping_ = false;
};

}  // namespace roots::host
