// The functions that a provider can call during one call, and what it does with them: how often it checks
// for cancellation, what it reports, and calls after the end. A watch must outlive the provider. The provider
// may call from any thread; the other functions are for the thread of the call.
#pragma once

#include "check/sized.h"
#include "check/trial.h"

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace roots::check {

class CallWatch {
 public:
  CallWatch(const CallPlan &plan, std::vector<std::string> &said, std::atomic<int> &late_calls);

  [[nodiscard]] const roots_call *record() { return record_->get(); }
  void begin();
  void end(Ended &ended);

 private:
  using Clock = std::chrono::steady_clock;

  bool isCancelledNow();
  bool isOver();

  static std::int32_t ROOTS_CALL isCancelled(void *context);
  static void ROOTS_CALL progress(void *context, std::int32_t permille, roots_text doing);
  static void ROOTS_CALL notice(void *context, roots_text message);

  const CallPlan plan_;
  std::vector<std::string> &said_;
  std::atomic<int> &late_calls_;
  std::optional<Sized<roots_call>> record_;
  std::atomic<bool> over_{false};
  Clock::time_point start_;
  Clock::time_point last_asked_;
  std::chrono::nanoseconds waited_{0};
  std::atomic<int> late_questions_{0};
  Milliseconds longest_silence_{0};
};

}  // namespace roots::check
