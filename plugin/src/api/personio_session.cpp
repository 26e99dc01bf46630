#include "api/personio_session.h"

#include "api/reply_decisions.h"
#include "api/request_headers.h"
#include "errors/http_status.h"
#include "errors/personio_errors.h"
#include "model/fingerprint.h"
#include "model/unix_seconds.h"
#include "replies/personio_json.h"

#include <roots/kit/json.h>
#include <roots/kit/wipe.h>

#include <cstdint>
#include <string_view>
#include <utility>

namespace roots::personio {
namespace {

using std::chrono::system_clock;

constexpr std::string_view kTokenKey = "access_token";
constexpr std::chrono::minutes kRenewEarly{5};
constexpr std::chrono::hours kMaxTokenLifetime{24};

}  // namespace

Session::Session(ClientCredentials credentials, std::string_view base_url, kit::HttpTransport &transport,
                 kit::Waiter &waiter, WallClock clock, Host host, RedactingLog &log)
    : client_id_(credentials.id),
      client_secret_(credentials.secret),
      settings_mark_(fingerprintOf({credentials.id, credentials.secret, base_url})),
      transport_(transport),
      waiter_(waiter),
      clock_(std::move(clock)),
      host_(std::move(host)),
      log_(log) {
  log_.hide(client_secret_);
}

Session::~Session() { kit::wipe(client_secret_); }

void Session::beginCall() {
  issued_in_this_call_ = false;
  renewed_in_this_call_ = false;
}

Result<kit::HttpReply> Session::get(const Endpoint &endpoint, const std::string &target,
                                    const kit::CallLimits &limits) {
  if (auto ready = ensureToken(limits); !ready) return std::move(ready).error();
  Result<kit::HttpReply> reply = sendWithToken(token_->text, endpoint, target, limits);
  if (!reply || !renewalMayHelp(reply->status)) return reply;

  log_.write(LogLevel::info, "Personio refused the token; signing in once more.");
  renewed_in_this_call_ = true;
  forgetToken();
  if (auto renewed = renewToken(limits); !renewed) return std::move(renewed).error();
  reply = sendWithToken(token_->text, endpoint, target, limits);
  if (reply.ok() && reply->status == 401) forgetToken();
  return reply;
}

Result<Session::TokenSnapshot> Session::takeTokenSnapshot(const kit::CallLimits &limits) {
  if (auto ready = ensureToken(limits); !ready) return std::move(ready).error();
  return TokenSnapshot(*this, token_->text);
}

Result<kit::HttpReply> Session::TokenSnapshot::get(const Endpoint &endpoint, const std::string &target,
                                                   const kit::CallLimits &limits) {
  return session_.sendWithToken(token_, endpoint, target, limits);
}

bool Session::mayRetryWithNewToken(int http_status) const {
  return isAccessDenied(http_status) && (renewed_in_this_call_ || renewalMayHelp(http_status));
}

void Session::saveToken() {
  if (!token_ || !host_.keepsSecrets() || !outlivesRenewal(*token_)) return;
  if (token_is_saved_ && learned == saved_facts_) return;
  kit::JsonWriter writer;
  writer.beginObject();
  writer.text("token", token_->text).text("settings", settings_mark_);
  writer.integer("issued", toUnixSeconds(token_->issued)).integer("expires", toUnixSeconds(token_->expires));
  writer.text("scope", scope_);
  if (learned.absences_from_v2) writer.flag("absences_from_v2", *learned.absences_from_v2);
  if (learned.absences_v1_denied) writer.flag("absences_v1_denied", true);
  if (learned.v2_denies_breakdowns) writer.flag("v2_denies_breakdowns", true);
  if (learned.v2_ends_on_last_day) writer.flag("v2_ends_on_last_day", *learned.v2_ends_on_last_day);
  writer.endObject();
  std::string kept = writer.finish();
  const kit::WipedAtEnd wiped(kept);
  token_is_saved_ = host_.saveSecret(kTokenKey, kept);
  saved_facts_ = learned;
  store_has_token_ = store_has_token_ || token_is_saved_;
  if (!token_is_saved_)
    log_.write(LogLevel::info, "The token could not be saved; the next start signs in again.");
}

Result<void> Session::ensureToken(const kit::CallLimits &limits) {
  if (!token_ && !store_was_read_) token_ = loadSavedToken();
  // However short a token lives, the call that got it may use it.
  if (token_ && (issued_in_this_call_ || outlivesRenewal(*token_))) return {};
  token_.reset();
  return renewToken(limits);
}

Result<void> Session::renewToken(const kit::CallLimits &limits) {
  const system_clock::time_point asked = clock_();
  Result<Token> token = signIn(transport_, waiter_, {client_id_, client_secret_}, limits);
  if (!token) {
    if (token.error().status == Status::sign_in_failed) forgetToken();
    return std::move(token).error();
  }
  log_.hide(token->text);
  const kit::WipedAtEnd wiped(token->text);
  token_ = HeldToken{token->text, asked, asked + token->lifetime};
  scope_ = token->scope;
  // Another token may have other rights. What ends mean does not depend on it.
  learned.absences_from_v2.reset();
  learned.absences_v1_denied = false;
  learned.v2_denies_breakdowns = false;
  token_is_saved_ = false;
  issued_in_this_call_ = true;
  return {};
}

Result<kit::HttpReply> Session::sendWithToken(const std::string &token, const Endpoint &endpoint,
                                              const std::string &target, const kit::CallLimits &limits) {
  const kit::HttpRequest request{
      "GET",
      target,
      {{"Authorization", "Bearer " + token}, {"Accept", "application/json"}, kAppIdHeader},
      {}};
  if (const auto too_long = pacing_.await(endpoint, waiter_, limits)) return paceExceedsTimeLimit(*too_long);
  auto reply = kit::sendWithRetry(transport_, request, limits, {}, waiter_);
  if (!reply) return transportFailed(reply.error());
  pacing_.learn(endpoint, *reply, waiter_);
  reply->status = effectiveStatus(*reply);
  return std::move(reply).value();
}

// 401 means that the token is invalid. 403 may mean the same, or that a right is missing; a token that was
// issued a moment ago is valid, so then it is the right.
bool Session::renewalMayHelp(int http_status) const {
  if (renewed_in_this_call_) return false;
  return http_status == 401 || (http_status == 403 && !issued_in_this_call_);
}

// A clock that was set back must not extend the lifetime of a token.
bool Session::outlivesRenewal(const HeldToken &token) const {
  const system_clock::time_point now = clock_();
  return token.issued - kRenewEarly <= now && now < token.expires - kRenewEarly &&
         token.expires - token.issued <= kMaxTokenLifetime;
}

std::optional<Session::HeldToken> Session::loadSavedToken() {
  store_was_read_ = true;
  std::optional<std::string> kept = host_.loadSecret(kTokenKey);
  if (!kept || kept->empty()) return std::nullopt;
  const kit::WipedAtEnd wiped(*kept);
  log_.hide(*kept);
  const Result<kit::JsonDocument> document = kit::JsonDocument::parse(*kept);
  if (!document) return std::nullopt;
  const kit::JsonView root = document->root();
  const std::string_view token = root["token"].asText().value_or(std::string_view());
  const std::optional<std::int64_t> issued = root["issued"].asInteger();
  const std::optional<std::int64_t> expires = root["expires"].asInteger();
  const bool is_ours = root["settings"].asText() == std::string_view(settings_mark_);
  if (!isUsableToken(token) || !issued || !expires || !is_ours) return std::nullopt;
  store_has_token_ = true;
  log_.hide(token);
  token_is_saved_ = true;
  scope_ = root["scope"].textOrEmpty();
  learned = {root["absences_from_v2"].asFlag(), root["absences_v1_denied"].asFlag() == true,
             root["v2_denies_breakdowns"].asFlag() == true, root["v2_ends_on_last_day"].asFlag()};
  saved_facts_ = learned;
  return HeldToken{std::string(token), fromUnixSeconds(*issued), fromUnixSeconds(*expires)};
}

void Session::forgetToken() {
  token_.reset();
  token_is_saved_ = false;
  if (store_has_token_ && host_.saveSecret(kTokenKey, {})) store_has_token_ = false;
}

}  // namespace roots::personio
