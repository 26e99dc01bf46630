// The open connections of a server, so that it can end them at once, and waits that end with it. A client
// that connects and does not send a complete request is disconnected after a timeout, and at once when others
// need the slot. Thread-safe.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace roots::host {

class Connections {
 public:
  // A connection has this long for its first request, head and body, and idle_time more for each further one.
  Connections(std::chrono::milliseconds request_time, std::chrono::milliseconds idle_time);
  ~Connections();
  Connections(const Connections &) = delete;
  Connections &operator=(const Connections &) = delete;

  // Registers a connection under a duplicate of its descriptor, which stays valid until remove(),
  // regardless of the connection's own descriptor. Returns it; -1: none was available.
  int add(int descriptor);
  void remove(int duplicate);
  // A request was read completely: its reply has no time limit. Or: the next request is expected.
  void setAnswering(int duplicate, bool answering);
  // A reply is being sent, at the speed of the client, unless others need the
  // slot.
  void setSending(int duplicate);
  // The number of connections so far, ended ones included.
  [[nodiscard]] int seen();

  // Call it for each connection that was accepted. accepted: the number so far, this one included,
  // that were or will be added. If more than max connections are open, those that were not added yet
  // included, ends the one that has kept the server waiting longest, for a request or for the client to read
  // a reply.
  void makeRoom(int max, int accepted);

  // Ends each connection, also those added later, and each wait.
  void stop();

  // False: the server stops, the wait was cut short.
  bool wait(std::chrono::milliseconds time);

 private:
  using Clock = std::chrono::steady_clock;
  struct Open {
    Clock::time_point waiting_since;
    Clock::time_point limit;
    bool is_answering = false;
    bool has_ended = false;
  };
  void change(int duplicate, bool answering, Clock::duration time);
  static void end(int duplicate, Open &connection);
  void endOverdue();

  const std::chrono::milliseconds request_time_;
  const std::chrono::milliseconds idle_time_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<int, Open> open_;
  int seen_ = 0;
  bool stopping_ = false;
  std::thread watch_;  // last: it uses all members above
};

}  // namespace roots::host
