// Runs two independent tasks of one call in parallel: two requests in flight instead of one after the other.
#pragma once

#include <roots/kit/http.h>

#include <functional>

namespace roots::kit {

// Works within the given limits; false: it failed, so the result of the other task is not needed either.
using Task = std::function<bool(const CallLimits &)>;

// How to run two tasks. Returns when both have returned.
using RunTasks = std::function<void(const CallLimits &limits, const Task &first, const Task &second)>;

// Runs the first on the calling thread and the second on a new thread, which has ended on return. Only the
// first may use what belongs to the calling thread: only it calls limits.is_cancelled; the second reads a
// flag. A task that fails cancels the other. An exception of either is rethrown here, after both have ended.
// If no thread is available, behaves like runInSequence.
void runInParallel(const CallLimits &limits, const Task &first, const Task &second);

// On the calling thread; the second only if the first has not failed.
void runInSequence(const CallLimits &limits, const Task &first, const Task &second);

}  // namespace roots::kit
