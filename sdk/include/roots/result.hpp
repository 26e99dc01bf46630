// A value or the reason why there is none.
//
// No function of roots throws to report a failure: a function that can fail returns Result<T>, and the
// Error contains what to do next (Status), a text for the user (message), and the place (setting):
// makeError(Status::invalid_setting, "The API key is missing.").withSetting("api_key").
// Values, safe to copy and move between threads; no function here throws except on bad use of value().
#pragma once

#include <roots/provider_abi.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace roots {

// The statuses of provider_abi.h, with the same numbers. Each name states what happens next.
enum class Status : std::int32_t {
  ok = ROOTS_OK,
  cancelled = ROOTS_CANCELLED,
  invalid_setting = ROOTS_INVALID_SETTING,
  sign_in_failed = ROOTS_SIGN_IN_FAILED,
  access_missing = ROOTS_ACCESS_MISSING,
  person_not_found = ROOTS_PERSON_NOT_FOUND,
  try_later = ROOTS_TRY_LATER,
  unexpected_reply = ROOTS_UNEXPECTED_REPLY,
  internal = ROOTS_INTERNAL,
  not_connected = ROOTS_NOT_CONNECTED,
};

struct Error {
  Status status = Status::internal;
  std::string message;                                   // for the user; never a secret or health data
  std::string setting;                                   // key of the setting to correct, or ""
  int http_status = 0;                                   // 0: no reply
  std::optional<std::chrono::milliseconds> retry_after;  // with try_later, if known

  // For a new error: the same error with one more member.
  [[nodiscard]] Error withSetting(std::string key) && {
    setting = std::move(key);
    return std::move(*this);
  }
  [[nodiscard]] Error withHttpStatus(int number) && {
    http_status = number;
    return std::move(*this);
  }
  [[nodiscard]] Error withRetryAfter(std::optional<std::chrono::milliseconds> wait) && {
    retry_after = wait;
    return std::move(*this);
  }
};

[[nodiscard]] inline Error makeError(Status status, std::string message) {
  Error error;
  error.status = status;
  error.message = std::move(message);
  return error;
}

template <class T, class E = Error>
class [[nodiscard]] Result {
 public:
  using value_type = T;

  Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(*-explicit-*)
  Result(E error) : content_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(*-explicit-*)

  [[nodiscard]] bool ok() const noexcept { return content_.index() == 0; }
  explicit operator bool() const noexcept { return ok(); }

  // Only after ok().
  T &value() & { return std::get<0>(content_); }
  const T &value() const & { return std::get<0>(content_); }
  T &&value() && { return std::get<0>(std::move(content_)); }
  T &operator*() & { return value(); }
  const T &operator*() const & { return value(); }
  T &&operator*() && { return std::move(*this).value(); }
  T *operator->() { return &value(); }
  const T *operator->() const { return &value(); }

  // Only after !ok().
  E &error() & { return std::get<1>(content_); }
  const E &error() const & { return std::get<1>(content_); }
  E &&error() && { return std::get<1>(std::move(content_)); }

 private:
  std::variant<T, E> content_;
};

// Success without a value.
template <class E>
class [[nodiscard]] Result<void, E> {
 public:
  Result() = default;
  Result(E error) : error_(std::move(error)) {}  // NOLINT(*-explicit-*)

  [[nodiscard]] bool ok() const noexcept { return !error_.has_value(); }
  explicit operator bool() const noexcept { return ok(); }

  // Only after !ok().
  E &error() & { return *error_; }
  const E &error() const & { return *error_; }
  E &&error() && { return *std::move(error_); }

 private:
  std::optional<E> error_;
};

}  // namespace roots
