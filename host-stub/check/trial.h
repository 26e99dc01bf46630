// A provider of the plugin under check, in a host that writes down everything and judges nothing: the checks
// do. Unlike roots::ProviderClient, which stops at the first breach, a trial shows what a plugin does as it
// is, so that each check can look at one thing only.
//
// One thread at a time, as R6 says for hosts; it may be another each time.
#pragma once

#include <roots/provider_abi.h>
#include <roots/records.hpp>

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

// The host as the provider sees it.
struct HostPlan {
  bool keeps_secrets = true;
  std::uint32_t abi_minor = ROOTS_PROVIDER_ABI_MINOR;
  std::size_t host_size = sizeof(roots_host);
};

struct CallPlan {
  Milliseconds timeout{10000};
  std::optional<Milliseconds> cancel_after;  // from the start of the call; 0: before it
  bool with_error_record = true;
  roots_status receiver_says = ROOTS_OK;  // to the first record and all others
  std::size_t call_size = sizeof(roots_call);
  std::size_t error_size = sizeof(roots_error);
  std::size_t account_size = sizeof(roots_account);
};

// For calls that fail anyway: a plugin may try again and again until its time is up.
inline CallPlan shortly() {
  CallPlan plan;
  plan.timeout = Milliseconds(600);
  return plan;
}

struct Ended {
  Milliseconds took{0};
  std::optional<Milliseconds> after_cancel;     // from cancellation to the return
  std::optional<Milliseconds> longest_silence;  // between two questions whether the call is cancelled
  std::string message;                          // of the error record, up to its NUL or its end
  std::string setting;                          // of the error record
  roots_status status = ROOTS_INTERNAL;
  bool threw = false;          // a C++ exception came out of the call
  bool message_ends = true;    // there was a NUL
  bool records_intact = true;  // nothing was written beyond what any of our records told

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
  bool has_length_only = false;  // no data, but a length
};

template <class Record>
struct Seen {
  Record record{};              // as far as its struct_size reaches, the rest 0; its texts are not to be used
  std::vector<SeenText> texts;  // in the order of the record's fields
};

template <class Record>
struct Fetched : Ended {
  std::vector<Seen<Record>> records;
  int after_refusal = 0;  // records delivered although the receiver had refused one
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

  // Log lines, notices, progress and messages of errors, in order.
  [[nodiscard]] const std::vector<std::string> &said() const;
  // What the provider keeps at the host; keys of any length.
  [[nodiscard]] std::map<std::string, std::string> &secrets();
  // Calls of host functions outside of a call.
  [[nodiscard]] int lateCalls() const;

 private:
  struct Content;
  std::shared_ptr<Content> content_;
};

}  // namespace roots::check
