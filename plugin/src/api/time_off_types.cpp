#include "api/time_off_types.h"

#include <utility>

namespace roots::personio {
namespace {

// A name or category that was changed is seen after this at the latest.
constexpr std::chrono::hours kStaysFresh{1};

}  // namespace

void TimeOffTypes::beginCall() {
  read_in_this_call_ = false;
  if (types_ && waiter_.now() - read_at_ > kStaysFresh) types_.reset();
}

void TimeOffTypes::store(Types types) {
  types_ = std::move(types);
  read_at_ = waiter_.now();
  read_in_this_call_ = true;
}

Result<const TimeOffTypes::Types *> TimeOffTypes::list(Requests &requests, const kit::CallLimits &limits,
                                                       const IsComplete &isComplete) {
  if (!types_ || (!read_in_this_call_ && !isComplete(*types_))) {
    Result<Types> read = ask(requests, limits);
    if (!read) return std::move(read).error();
    store(*std::move(read));
  }
  return &*types_;
}

}  // namespace roots::personio
