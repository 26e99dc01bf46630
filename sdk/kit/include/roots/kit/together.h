// Two independent pieces of one call's work at the same time: two requests in flight instead of one after
// the other.
#pragma once

#include <roots/kit/http.h>

#include <functional>

namespace roots::kit {

// Does its work within the limits it is given; false: it failed, so the other piece is not needed either.
using Piece = std::function<bool(const CallLimits &)>;

// How two pieces are run. Returns when both have returned.
using RunTogether = std::function<void(const CallLimits &limits, const Piece &first, const Piece &second)>;

// The first on the calling thread, the second on a thread of its own, which has ended on return. Only the
// first may touch what belongs to the calling thread: it alone asks limits.is_cancelled, the second gets
// to know through a flag. A piece that fails cancels the other. An exception of either is thrown here,
// after both have ended. Where no thread can be had, as runOneAfterTheOther.
void runTogether(const CallLimits &limits, const Piece &first, const Piece &second);

// On the calling thread; the second only if the first has not failed.
void runOneAfterTheOther(const CallLimits &limits, const Piece &first, const Piece &second);

}  // namespace roots::kit
