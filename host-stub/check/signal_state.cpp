#include "check/signal_state.h"

#include <cstring>

namespace roots::check {

namespace {

std::string nameOfSignal(int number) {
  const char *const name = ::sigabbrev_np(number);
  return name == nullptr ? "signal " + std::to_string(number) : std::string("SIG") + name;
}

void changeMask(int how, int number) {
  sigset_t one;
  ::sigemptyset(&one);
  ::sigaddset(&one, number);
  ::pthread_sigmask(how, &one, nullptr);
}

}  // namespace

SignalState SignalState::ofThisThread() {
  SignalState state;
  ::pthread_sigmask(SIG_SETMASK, nullptr, &state.blocked_);
  ::sigpending(&state.pending_);
  for (int number = 1; number < NSIG; ++number) {
    struct sigaction action{};
    if (::sigaction(number, nullptr, &action) != 0) continue;  // the C library reserves two of them
    state.actions_.at(static_cast<std::size_t>(number)) = {action.sa_handler, action.sa_flags};
  }
  return state;
}

std::string SignalState::differenceFrom(const SignalState &before, const std::string &what) const {
  for (int number = 1; number < NSIG; ++number) {
    const std::string name = nameOfSignal(number);
    const bool blocked = ::sigismember(&blocked_, number) == 1;
    if (blocked != (::sigismember(&before.blocked_, number) == 1))
      return what + " leaves " + name + (blocked ? " blocked." : " no longer blocked.");
    const bool pending = ::sigismember(&pending_, number) == 1;
    if (pending != (::sigismember(&before.pending_, number) == 1))
      return what + (pending ? " leaves " + name + " pending." : " takes the host's pending " + name + ".");
    const auto index = static_cast<std::size_t>(number);
    const Action &now = actions_.at(index);
    const Action &then = before.actions_.at(index);
    if (now.handler != then.handler || now.flags != then.flags)
      return what + " changes what the host does with " + name + ".";
  }
  return "";
}

void blockSignal(int number) { changeMask(SIG_BLOCK, number); }
void unblockSignal(int number) { changeMask(SIG_UNBLOCK, number); }

SignalAction::SignalAction(int number, void (*handler)(int)) : number_(number) {
  struct sigaction wanted{};
  wanted.sa_handler = handler;
  ::sigaction(number, &wanted, &before_);
}

SignalAction::~SignalAction() { ::sigaction(number_, &before_, nullptr); }

}  // namespace roots::check
