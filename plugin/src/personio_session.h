// Signed in at Personio: gets a token, keeps it in the host's secret store across restarts, renews it
// early, and once more when Personio refuses it. Owned by a connection; one thread at a time.
#pragma once

#include "personio_endpoints.h"
#include "personio_settings.h"
#include "redacting_log.h"

#include <roots/kit/http.h>
#include <roots/kit/retry.h>
#include <roots/provider.hpp>
#include <roots/result.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace roots::personio {

using WallClock = std::function<std::chrono::system_clock::time_point()>;

class Session {
 public:
  // Borrows transport, waiter and log. No I/O.
  Session(const PersonioSettings &settings, kit::HttpTransport &transport, kit::Waiter &waiter,
          WallClock clock, Host host, RedactingLog &log);

  // To be called first in each provider call: at most one renewal is spent per call.
  void beginCall();

  // A reply to GET target with a token that was not refused, if there is one: a reply of 401 or 403 is
  // the answer to a token renewed on its account, or issued in this very call (403 only).
  [[nodiscard]] Result<kit::HttpReply> get(const std::string &target, const kit::CallLimits &limits);

  // Keeps a new token for the next start. Only for calls that succeeded.
  void keepToken();

  [[nodiscard]] const RedactingLog &log() const { return log_; }

 private:
  struct HeldToken {
    std::string text;
    std::chrono::system_clock::time_point issued;
    std::chrono::system_clock::time_point expires;
  };

  [[nodiscard]] Result<void> ensureToken(const kit::CallLimits &limits);
  [[nodiscard]] Result<void> signIn(const kit::CallLimits &limits);
  [[nodiscard]] Result<kit::HttpReply> sendWithToken(const std::string &target,
                                                     const kit::CallLimits &limits);
  [[nodiscard]] bool renewalMayHelp(int http_status) const;
  [[nodiscard]] bool outlivesRenewal(const HeldToken &token) const;
  [[nodiscard]] std::optional<HeldToken> loadKeptToken();
  void forgetToken();

  std::string client_id_;
  std::string client_secret_;
  std::string settings_mark_;  // tells whether a kept token belongs to these settings
  kit::HttpTransport &transport_;
  kit::Waiter &waiter_;
  WallClock clock_;
  Host host_;
  RedactingLog &log_;

  std::optional<HeldToken> token_;
  bool store_was_read_ = false;
  bool store_has_token_ = false;  // one of ours that may have to be forgotten
  bool token_is_kept_ = false;    // token_ is what the store has
  bool issued_in_this_call_ = false;
  bool renewed_in_this_call_ = false;
};

}  // namespace roots::personio
