// Signed in at Personio: gets a token, keeps it in the host's secret store across restarts, renews it
// early, and once more when Personio refuses it. Owned by a connection; one thread at a time, which is
// the one that the host calls on. Another thread sends through an Aside.
#pragma once

#include "pacing.h"
#include "personio_endpoints.h"
#include "personio_settings.h"
#include "redacting_log.h"
#include "requests.h"

#include <roots/kit/http.h>
#include <roots/kit/retry.h>
#include <roots/kit/wipe.h>
#include <roots/provider.hpp>
#include <roots/result.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace roots::personio {

using WallClock = std::function<std::chrono::system_clock::time_point()>;

// What was found out about a company while a token was in use. Kept with the token and forgotten with it,
// so that a right that is granted later is noticed within a day.
struct LearnedFacts {
  std::optional<bool> absences_from_v2;
  std::optional<bool> v2_ends_on_last_day;  // false: on the midnight after it
  friend bool operator==(const LearnedFacts &, const LearnedFacts &) = default;
};

class Session final : public Requests {
 public:
  // Borrows transport, waiter and log. No I/O.
  Session(const PersonioSettings &settings, kit::HttpTransport &transport, kit::Waiter &waiter,
          WallClock clock, Host host, RedactingLog &log);
  ~Session() override;  // wipes secret and token
  Session(const Session &) = delete;
  Session &operator=(const Session &) = delete;

  // To be called first in each provider call: at most one renewal is spent per call.
  void beginCall();

  // Sees to it that there is a token; get() does by itself.
  [[nodiscard]] Result<void> ensureToken(const kit::CallLimits &limits);

  // With a token that was not refused, if there is one: a reply of 401 or 403 is the answer to a token
  // renewed on its account, or issued in this very call (403 only).
  [[nodiscard]] Result<kit::HttpReply> get(const Endpoint &endpoint, const std::string &target,
                                           const kit::CallLimits &limits) override;

  // Sends with the token that the session has now. Never renews it and touches nothing but transport and
  // pacing, so it may be used on another thread while the session itself is used on its own.
  class Aside final : public Requests {
   public:
    [[nodiscard]] Result<kit::HttpReply> get(const Endpoint &endpoint, const std::string &target,
                                             const kit::CallLimits &limits) override;

   private:
    friend class Session;
    Aside(Session &session, std::string token) : session_(session), token_(std::move(token)) {}
    Session &session_;
    std::string token_;
  };
  // Signs in first if there is no token.
  [[nodiscard]] Result<Aside> aside(const kit::CallLimits &limits);
  // Whether get() may succeed where an Aside was refused with this status.
  [[nodiscard]] bool mayDoBetter(int http_status) const;

  // Keeps a new token, and what was learned, for the next start. Only for calls that succeeded.
  void keepToken();

  LearnedFacts learned;
  // What the credentials may do, as told with the token; "": not told.
  [[nodiscard]] const std::string &scope() const { return scope_; }
  [[nodiscard]] const RedactingLog &log() const { return log_; }

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
  Pacing pacing_;

  std::optional<HeldToken> token_;
  std::string scope_;
  LearnedFacts kept_facts_;  // as the store has them
  bool store_was_read_ = false;
  bool store_has_token_ = false;  // one of ours that may have to be forgotten
  bool token_is_kept_ = false;    // token_ is what the store has
  bool issued_in_this_call_ = false;
  bool renewed_in_this_call_ = false;
};

}  // namespace roots::personio
