// The blocked and pending signals of a thread and the signal actions of the process, and ways to set them
// for a check.
#pragma once

#include <signal.h>

#include <array>
#include <string>

namespace roots::check {

class SignalState {
 public:
  [[nodiscard]] static SignalState ofThisThread();
  // "fetch_absences() leaves SIGPIPE blocked."; "": no difference.
  [[nodiscard]] std::string differenceFrom(const SignalState &before, const std::string &what) const;

 private:
  struct Action {
    void (*handler)(int) = nullptr;
    int flags = 0;
  };
  sigset_t blocked_{};
  sigset_t pending_{};
  std::array<Action, NSIG> actions_{};
};

// Of the calling thread.
void blockSignal(int number);
void unblockSignal(int number);

// Sets the action of a signal during its lifetime.
class SignalAction {
 public:
  SignalAction(int number, void (*handler)(int));
  ~SignalAction();
  SignalAction(const SignalAction &) = delete;
  SignalAction &operator=(const SignalAction &) = delete;

 private:
  int number_;
  struct sigaction before_{};
};

}  // namespace roots::check
