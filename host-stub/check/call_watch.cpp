#include "check/call_watch.h"

#include "check/process_watch.h"

#include <algorithm>

namespace roots::check {
namespace {

Milliseconds since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - start);
}

}  // namespace

CallWatch::CallWatch(const CallPlan &plan, std::vector<std::string> &said, std::atomic<int> &late_calls)
    : plan_(plan), said_(said), late_calls_(late_calls) {
  roots_call call{};
  call.timeout_ms = static_cast<std::int32_t>(plan.timeout.count());
  call.context = this;
  call.is_cancelled = &CallWatch::isCancelled;
  call.progress = &CallWatch::progress;
  call.notice = &CallWatch::notice;
  record_.emplace(call, plan.call_size);
}

void CallWatch::begin() {
  waited_ = processorWaitTime();
  start_ = last_asked_ = Clock::now();
}

void CallWatch::end(Ended &ended) {
  over_ = true;
  ended.took = since(start_);
  ended.withheld = std::chrono::duration_cast<Milliseconds>(processorWaitTime() - waited_);
  ended.withheld = std::max(ended.withheld, Milliseconds(0));  // threads and their wait times may have ended
  ended.longest_silence = std::max(longest_silence_, since(last_asked_));
  if (plan_.cancel_after && ended.took >= *plan_.cancel_after)
    ended.after_cancel = ended.took - *plan_.cancel_after;
  ended.records_intact = ended.records_intact && record_->intact();
}

bool CallWatch::isCancelledNow() {
  const Milliseconds so_far = since(start_);
  if (so_far >= plan_.timeout) ++late_questions_;
  return plan_.cancel_after && so_far >= *plan_.cancel_after && late_questions_ >= plan_.late_questions;
}

bool CallWatch::isOver() {
  if (over_) ++late_calls_;
  return over_;
}

std::int32_t ROOTS_CALL CallWatch::isCancelled(void *context) {
  auto &self = *static_cast<CallWatch *>(context);
  if (self.isOver()) return 1;
  self.longest_silence_ = std::max(self.longest_silence_, since(self.last_asked_));
  self.last_asked_ = Clock::now();
  return self.isCancelledNow() ? 1 : 0;
}

void ROOTS_CALL CallWatch::progress(void *context, std::int32_t /*permille*/, roots_text doing) {
  auto &self = *static_cast<CallWatch *>(context);
  if (!self.isOver()) self.said_.push_back(seenText(doing).bytes);
}

void ROOTS_CALL CallWatch::notice(void *context, roots_text message) {
  auto &self = *static_cast<CallWatch *>(context);
  if (!self.isOver()) self.said_.push_back(seenText(message).bytes);
}

}  // namespace roots::check
