// A session with Personio: gets a token, persists it in the host's secret store, renews it early, and once
// more when Personio refuses it. Owned by a connection; one thread at a time, which is the one that the host
// calls on. Another thread sends through a TokenSnapshot.
#pragma once

#include "api/pacing.h"
#include "api/redacting_log.h"
#include "api/requests.h"
#include "api/sign_in.h"
#include "model/personio_endpoints.h"

#include <roots/kit/http.h>
#include <roots/kit/retry.h>
#include <roots/kit/wipe.h>
#include <roots/provider.hpp>
#include <roots/result.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace roots::personio {

using WallClock = std::function<std::chrono::system_clock::time_point()>;

// What was learned about a company. Persisted with the token.
struct LearnedFacts {
  // These three are reset with the token, so that a right that is granted later takes effect within a day.
  std::optional<bool> absences_from_v2;
  bool absences_v1_denied = false;
  bool v2_denies_breakdowns = false;        // although its lists of absences answer
  std::optional<bool> v2_ends_on_last_day;  // false: on the midnight after it
  friend bool operator==(const LearnedFacts &, const LearnedFacts &) = default;
};

class Session final : public Requests {
 public:
  // Borrows transport, waiter and log. No I/O. base_url: where the credentials belong.
  Session(ClientCredentials credentials, std::string_view base_url, kit::HttpTransport &transport,
          kit::Waiter &waiter, WallClock clock, Host host, RedactingLog &log);
  ~Session() override;  // wipes secret and token
  Session(const Session &) = delete;
  Session &operator=(const Session &) = delete;

  // To be called first in each provider call: at most one renewal is spent per call.
  void beginCall();

  // Ensures that there is a token; get() does so itself.
  [[nodiscard]] Result<void> ensureToken(const kit::CallLimits &limits);

  // With a token that was not refused, if there is one: a reply of 401 or 403 is the answer to a token
  // renewed on its account, or issued in this very call (403 only).
  [[nodiscard]] Result<kit::HttpReply> get(const Endpoint &endpoint, const std::string &target,
                                           const kit::CallLimits &limits) override;

  // Sends with the token that the session has now. Never renews it and touches nothing but transport and
  // pacing, so it may be used on another thread while the session itself is used on its own.
  class TokenSnapshot final : public Requests {
   public:
    [[nodiscard]] Result<kit::HttpReply> get(const Endpoint &endpoint, const std::string &target,
                                             const kit::CallLimits &limits) override;

   private:
    friend class Session;
    TokenSnapshot(Session &session, std::string token) : session_(session), token_(std::move(token)) {}
    Session &session_;
    std::string token_;
  };
  // Signs in first if there is no token.
  [[nodiscard]] Result<TokenSnapshot> takeTokenSnapshot(const kit::CallLimits &limits);
  // Whether get() may succeed where a TokenSnapshot was refused with this status.
  [[nodiscard]] bool mayRetryWithNewToken(int http_status) const;

  // Persists a new token, and what was learned, for the next start. Only for calls that succeeded.
  void saveToken();

  LearnedFacts learned;
  // What the credentials may do, as sent with the token; "": not sent.
  [[nodiscard]] const std::string &scope() const { return scope_; }
  [[nodiscard]] const RedactingLog &log() const { return log_; }
  // Identifies the settings that stored data belongs to.
  [[nodiscard]] const std::string &settingsMark() const { return settings_mark_; }
  [[nodiscard]] std::chrono::system_clock::time_point wallTime() const { return clock_(); }

 private:
  struct HeldToken {
    HeldToken(std::string text_read, std::chrono::system_clock::time_point issued_at,
              std::chrono::system_clock::time_point expires_at)
        : text(std::move(text_read)), issued(issued_at), expires(expires_at) {}
    HeldToken(HeldToken &&) = default;
    HeldToken &operator=(HeldToken &&) = default;
    ~HeldToken() { kit::wipe(text); }
    std::string text;
    std::chrono::system_clock::time_point issued;
    std::chrono::system_clock::time_point expires;
  };

  [[nodiscard]] Result<void> renewToken(const kit::CallLimits &limits);
  [[nodiscard]] Result<kit::HttpReply> sendWithToken(const std::string &token, const Endpoint &endpoint,
                                                     const std::string &target,
                                                     const kit::CallLimits &limits);
  [[nodiscard]] bool renewalMayHelp(int http_status) const;
  [[nodiscard]] bool outlivesRenewal(const HeldToken &token) const;
  [[nodiscard]] std::optional<HeldToken> loadSavedToken();
  void forgetToken();

  std::string client_id_;
  std::string client_secret_;
  std::string settings_mark_;  // identifies the settings that a stored token belongs to
  kit::HttpTransport &transport_;
  kit::Waiter &waiter_;
  WallClock clock_;
  Host host_;
  RedactingLog &log_;
  Pacing pacing_;

  std::optional<HeldToken> token_;
  std::string scope_;
  LearnedFacts saved_facts_;  // as the store has them
  bool store_was_read_ = false;
  bool store_has_token_ = false;  // one of ours that may have to be forgotten
  bool token_is_saved_ = false;   // token_ is what the store has
  bool issued_in_this_call_ = false;
  bool renewed_in_this_call_ = false;
};

}  // namespace roots::personio
