// Caches the company's types of absence, which are requested when first needed. A type that is not in the
// list causes one refetch per call, and a list expires after an hour.
#pragma once

#include "api/requests.h"
#include "model/personio_model.h"

#include <roots/kit/retry.h>
#include <roots/result.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

namespace roots::personio {

class TimeOffTypes {
 public:
  using Types = std::vector<TimeOffType>;
  using Read = std::function<Result<Types>(Requests &, const kit::CallLimits &)>;
  using IsComplete = std::function<bool(const Types &)>;

  // Borrows the waiter. read: requests the list.
  TimeOffTypes(kit::Waiter &waiter, Read read) : waiter_(waiter), read_(std::move(read)) {}

  // To be called first in each call that may need types.
  void beginCall();
  [[nodiscard]] bool areKnown() const { return types_.has_value(); }

  // Only requests the list; may be used on any thread. Pass the result to store().
  [[nodiscard]] Result<Types> ask(Requests &requests, const kit::CallLimits &limits) const {
    return read_(requests, limits);
  }
  void store(Types types);

  // The list, which belongs to this object. Refetched once per call if it is not complete: it may have
  // been read before a type was created. A failure is not remembered.
  [[nodiscard]] Result<const Types *> list(Requests &requests, const kit::CallLimits &limits,
                                           const IsComplete &isComplete);

 private:
  kit::Waiter &waiter_;
  Read read_;
  std::optional<Types> types_;
  std::chrono::steady_clock::time_point read_at_;
  bool read_in_this_call_ = false;
};

}  // namespace roots::personio
