#include "personio_session.h"

#include "personio_errors.h"
#include "personio_json.h"
#include "reply_decisions.h"
#include "request_headers.h"
#include "sign_in.h"

#include <roots/kit/json.h>
#include <roots/kit/wipe.h>

#include <cstdint>
#include <string_view>
#include <utility>

namespace roots::personio {
namespace {

using std::chrono::system_clock;

constexpr std::string_view kSecretKey = "access_token";
constexpr std::chrono::minutes kRenewEarly{5};
constexpr std::chrono::hours kLongestLife{24};

// Marks which settings a token was issued for (FNV-1a). It protects nothing: both the token and what
// goes in here lie in the same secret store. It only tells that the settings have changed.
std::string markOf(const PersonioSettings &settings) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const std::string &part : {settings.client_id, settings.client_secret, settings.base_url}) {
    for (const char character : part) {
      hash = (hash ^ static_cast<unsigned char>(character)) * 1099511628211ULL;
    }
    hash = (hash ^ 0x1FU) * 1099511628211ULL;
  }
  constexpr std::string_view digits = "0123456789abcdef";
  std::string mark;
  for (int shift = 60; shift >= 0; shift -= 4) mark += digits[(hash >> shift) & 0xFU];
  return mark;
}

std::int64_t secondsOf(system_clock::time_point time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

system_clock::time_point timeOf(std::int64_t seconds) {
  return system_clock::time_point(
      std::chrono::duration_cast<system_clock::duration>(std::chrono::seconds(seconds)));
}

}  // namespace

Session::Session(const PersonioSettings &settings, kit::HttpTransport &transport, kit::Waiter &waiter,
                 WallClock clock, Host host, RedactingLog &log)
    : client_id_(settings.client_id),
      client_secret_(settings.client_secret),
      settings_mark_(markOf(settings)),
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

Result<Session::Aside> Session::aside(const kit::CallLimits &limits) {
  if (auto ready = ensureToken(limits); !ready) return std::move(ready).error();
  return Aside(*this, token_->text);
}

Result<kit::HttpReply> Session::Aside::get(const Endpoint &endpoint, const std::string &target,
                                           const kit::CallLimits &limits) {
  return session_.sendWithToken(token_, endpoint, target, limits);
}

bool Session::mayDoBetter(int http_status) const {
  const bool refused = http_status == 401 || http_status == 403;
  return refused && (renewed_in_this_call_ || renewalMayHelp(http_status));
}

void Session::keepToken() {
  if (!token_ || !host_.keepsSecrets() || !outlivesRenewal(*token_)) return;
  if (token_is_kept_ && learned == kept_facts_) return;
  kit::JsonWriter writer;
  writer.beginObject();
  writer.text("token", token_->text).text("settings", settings_mark_);
  writer.integer("issued", secondsOf(token_->issued)).integer("expires", secondsOf(token_->expires));
  writer.text("scope", scope_);
  if (learned.absences_from_v2) writer.flag("absences_from_v2", *learned.absences_from_v2);
  if (learned.v2_ends_on_last_day) writer.flag("v2_ends_on_last_day", *learned.v2_ends_on_last_day);
  writer.endObject();
  std::string kept = writer.finish();
  const kit::WipedAtEnd wiped(kept);
  token_is_kept_ = host_.saveSecret(kSecretKey, kept);
  kept_facts_ = learned;
  store_has_token_ = store_has_token_ || token_is_kept_;
  if (!token_is_kept_)
    log_.write(LogLevel::info, "The token could not be kept; the next start signs in again.");
}

Result<void> Session::ensureToken(const kit::CallLimits &limits) {
  if (!token_ && !store_was_read_) token_ = loadKeptToken();
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
  learned = {};
  token_is_kept_ = false;
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
  pacing_.await(endpoint, waiter_, limits);
  auto reply = kit::sendWithRetry(transport_, request, limits, {}, waiter_);
  if (!reply) return transportFailed(reply.error());
  pacing_.learn(endpoint, *reply, waiter_);
  return std::move(reply).value();
}

// 401 says that the token is not valid. 403 may say so too, or that a right is missing; a token that was
// issued a moment ago is valid, so then it is the right.
bool Session::renewalMayHelp(int http_status) const {
  if (renewed_in_this_call_) return false;
  return http_status == 401 || (http_status == 403 && !issued_in_this_call_);
}

// A clock that was set back must not make a token last for ever.
bool Session::outlivesRenewal(const HeldToken &token) const {
  const system_clock::time_point now = clock_();
  return token.issued - kRenewEarly <= now && now < token.expires - kRenewEarly &&
         token.expires - token.issued <= kLongestLife;
}

std::optional<Session::HeldToken> Session::loadKeptToken() {
  store_was_read_ = true;
  std::optional<std::string> kept = host_.loadSecret(kSecretKey);
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
  token_is_kept_ = true;
  scope_ = root["scope"].textOrEmpty();
  learned = {root["absences_from_v2"].asFlag(), root["v2_ends_on_last_day"].asFlag()};
  kept_facts_ = learned;
  return HeldToken{std::string(token), timeOf(*issued), timeOf(*expires)};
}

void Session::forgetToken() {
  token_.reset();
  token_is_kept_ = false;
  if (store_has_token_ && host_.saveSecret(kSecretKey, {})) store_has_token_ = false;
}

}  // namespace roots::personio
