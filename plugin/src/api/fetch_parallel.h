// Two independent requests to Personio in flight at the same time.
#pragma once

#include "api/personio_session.h"
#include "errors/http_status.h"
#include "errors/personio_errors.h"

#include <roots/kit/parallel.h>

#include <utility>

namespace roots::personio {

// askFirst, askSecond: (Requests &, const kit::CallLimits &) -> Result<...>. The second may run on another
// thread, so it uses nothing but what it is given. Either both succeed or the error of the one that failed
// is returned. If the token of the second was refused, it is retried once on this thread.
template <class AskFirst, class AskSecond>
auto fetchInParallel(Session &session, const kit::RunTasks &run, const kit::CallLimits &limits,
                     AskFirst askFirst, AskSecond askSecond) {
  using First = decltype(askFirst(std::declval<Requests &>(), limits));
  using Second = decltype(askSecond(std::declval<Requests &>(), limits));
  using Both = Result<std::pair<typename First::value_type, typename Second::value_type>>;

  Result<Session::TokenSnapshot> snapshot = session.takeTokenSnapshot(limits);
  if (!snapshot) return Both(std::move(snapshot).error());
  First first = cancelled();
  Second second = cancelled();
  const auto wasRefused = [](const Second &outcome) {
    return !outcome && isAccessDenied(outcome.error().http_status);
  };
  run(
      limits,
      [&](const kit::CallLimits &own_limits) {
        first = askFirst(static_cast<Requests &>(session), own_limits);
        return first.ok();
      },
      [&](const kit::CallLimits &own_limits) {
        second = askSecond(static_cast<Requests &>(*snapshot), own_limits);
        return second.ok() || wasRefused(second);
      });
  // A failure cancels the other request, whose error is then "cancelled".
  if (!first && first.error().status != Status::cancelled) return Both(std::move(first).error());
  if (first.ok() && wasRefused(second) && session.mayRetryWithNewToken(second.error().http_status))
    second = askSecond(static_cast<Requests &>(session), limits);
  if (!second) return Both(std::move(second).error());
  if (!first) return Both(std::move(first).error());
  return Both(std::pair(std::move(first).value(), std::move(second).value()));
}

}  // namespace roots::personio
