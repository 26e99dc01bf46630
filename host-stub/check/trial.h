// A provider of the plugin under check, in a host that records everything and judges nothing: the checks
// do. Unlike roots::ProviderClient, which stops at the first violation, a trial shows what a plugin does,
// so that each check can examine one aspect. Use on one thread at a time, as R6 requires of hosts; it can
// be a different thread each time.
#pragma once

#include <roots/provider_abi.h>
#include <roots/records.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace roots::check {

using Milliseconds = std::chrono::milliseconds;

// The host from the provider's point of view.
struct HostPlan {
  bool keeps_secrets = true;
  std::uint32_t abi_minor = ROOTS_PROVIDER_ABI_MINOR;
  std::size_t host_size = sizeof(roots_host);
};

struct CallPlan {
  Milliseconds timeout{60000};               // for calls that end by themselves: only a hang reaches it
  std::optional<Milliseconds> cancel_after;  // from the start of the call; 0: before it
  // Cancels only after the provider has asked this often after its deadline. A provider that respects its
  // deadline does not reach that number, however busy the computer is.
  int late_questions = 0;
  bool with_error_record = true;
  roots_status receiver_says = ROOTS_OK;  // to the first record and all others
  std::size_t call_size = sizeof(roots_call);
  std::size_t error_size = sizeof(roots_error);
  std::size_t account_size = sizeof(roots_account);
};

// For calls that fail anyway: a plugin may retry until its deadline. One that ignores the deadline fails
// the check for that, so it is canceled here, after more time than its retries take on a busy computer.
inline CallPlan shortly() {
  CallPlan plan;
  plan.timeout = Milliseconds(600);
  plan.cancel_after = Milliseconds(20000);
  plan.late_questions = 10;
  return plan;
}

struct Ended {
  Milliseconds took{0};
  Milliseconds withheld{0};  // of that, the time that threads of this process waited for a processor
  std::optional<Milliseconds> after_cancel;     // from cancellation to the return
  std::optional<Milliseconds> longest_silence;  // between two checks for cancellation
  std::string message;                          // of the error record, up to its NUL or its end
  std::string setting;                          // of the error record
  roots_status status = ROOTS_INTERNAL;
  bool threw = false;          // the call threw a C++ exception
  bool message_ends = true;    // there was a NUL
  bool records_intact = true;  // nothing was written beyond the struct_size of the host's records

  // The part of a duration that this call is responsible for: other programs may have kept the computer
  // busy.
  [[nodiscard]] Milliseconds ownPart(Milliseconds time) const {
    return std::max(time - withheld, Milliseconds(0));
  }
  [[nodiscard]] bool ok() const { return status == ROOTS_OK && !threw; }
};

struct Connected : Ended {
  std::string id;
  std::string display_name;
  roots_date employed_from{};
  roots_date employed_until{};
};

struct SeenText {
  std::string bytes;
  bool has_length_only = false;  // a length without data
};
[[nodiscard]] inline SeenText seenText(roots_text text) {
  if (text.data == nullptr) return {"", text.size != 0};
  return {std::string(text.data, text.size), false};
}

template <class Record>
struct Seen {
  Record record{};              // up to its struct_size, the rest 0; do not use its texts
  std::vector<SeenText> texts;  // in the order of the record's fields
};

template <class Record>
struct Fetched : Ended {
  std::vector<Seen<Record>> records;
  int after_refusal = 0;  // records delivered after the receiver had refused one
};

class Trial {
 public:
  explicit Trial(const roots_provider_api &table, const HostPlan &plan = {});
  ~Trial();  // destroys the provider
  Trial(const Trial &) = delete;
  Trial &operator=(const Trial &) = delete;

  [[nodiscard]] const Ended &created() const;
  [[nodiscard]] Connected connect(const Settings &settings, const CallPlan &plan = {});
  [[nodiscard]] Fetched<roots_absence_day> absences(const Days &days, const CallPlan &plan = {});
  [[nodiscard]] Fetched<roots_week> schedule(const Days &days, const CallPlan &plan = {});
  [[nodiscard]] Fetched<roots_balance> balances(const CallPlan &plan = {});
  [[nodiscard]] Fetched<roots_lock> locks(const CallPlan &plan = {});
  void destroy();

  // Log lines, notices, progress, and error messages, in order.
  [[nodiscard]] const std::vector<std::string> &said() const;
  // The secrets that the provider stores at the host; keys of any length.
  [[nodiscard]] std::map<std::string, std::string> &secrets();
  // Calls of host functions outside a call.
  [[nodiscard]] int lateCalls() const;

 private:
  struct Content;
  std::shared_ptr<Content> content_;
};

}  // namespace roots::check
