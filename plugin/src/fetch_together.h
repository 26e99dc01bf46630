// Two independent questions to Personio in flight at the same time.
#pragma once

#include "personio_errors.h"
#include "personio_session.h"

#include <roots/kit/together.h>

#include <utility>

namespace roots::personio {

// askFirst, askSecond: (Requests &, const kit::CallLimits &) -> Result<...>. The second may run on another
// thread, so it uses nothing but what it is given. Either both succeed or the error of the one that failed
// is returned. A second that was refused for its token is asked once more on this thread.
template <class AskFirst, class AskSecond>
auto fetchTogether(Session &session, const kit::RunTogether &run, const kit::CallLimits &limits,
                   AskFirst askFirst, AskSecond askSecond) {
  using First = decltype(askFirst(std::declval<Requests &>(), limits));
  using Second = decltype(askSecond(std::declval<Requests &>(), limits));
  using Both = Result<std::pair<typename First::value_type, typename Second::value_type>>;

  Result<Session::Aside> aside = session.aside(limits);
  if (!aside) return Both(std::move(aside).error());
  First first = cancelled();
  Second second = cancelled();
  const auto wasRefused = [](const Second &outcome) {
    return !outcome && (outcome.error().http_status == 401 || outcome.error().http_status == 403);
  };
  run(
      limits,
      [&](const kit::CallLimits &own_limits) {
        first = askFirst(static_cast<Requests &>(session), own_limits);
        return first.ok();
      },
      [&](const kit::CallLimits &own_limits) {
        second = askSecond(static_cast<Requests &>(*aside), own_limits);
        return second.ok() || wasRefused(second);
      });
  // Who failed of itself stopped the other, which then looks cancelled.
  if (!first && first.error().status != Status::cancelled) return Both(std::move(first).error());
  if (first.ok() && wasRefused(second) && session.mayDoBetter(second.error().http_status)) {
    second = askSecond(static_cast<Requests &>(session), limits);
  }
  if (!second) return Both(std::move(second).error());
  if (!first) return Both(std::move(first).error());
  return Both(std::pair(std::move(first).value(), std::move(second).value()));
}

}  // namespace roots::personio
