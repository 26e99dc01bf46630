#include "api/sign_in.h"

#include "api/reply_decisions.h"
#include "api/request_headers.h"
#include "errors/http_status.h"
#include "errors/personio_errors.h"

#include <roots/kit/url.h>
#include <roots/kit/wipe.h>

#include <chrono>
#include <utility>

namespace roots::personio {
namespace {

constexpr std::chrono::milliseconds kPauseAfterRefusal{1000};

// An Accept header on these requests has been seen to be refused.
kit::HttpRequest signInRequest(std::string target, std::string content_type, std::string body) {
  return {
      "POST", std::move(target), {{"Content-Type", std::move(content_type)}, kAppIdHeader}, std::move(body)};
}

kit::HttpRequest requestV2(ClientCredentials credentials) {
  return signInRequest("/v2/auth/token", "application/x-www-form-urlencoded",
                       kit::encodedPairs({{"grant_type", "client_credentials"},
                                          {"client_id", std::string(credentials.id)},
                                          {"client_secret", std::string(credentials.secret)}}));
}

kit::HttpRequest requestV1(ClientCredentials credentials) {
  kit::JsonWriter body;
  body.beginObject().text("client_id", credentials.id).text("client_secret", credentials.secret).endObject();
  return signInRequest("/v1/auth", "application/json", body.finish());
}

Result<kit::HttpReply, kit::TransportError> ask(kit::HttpTransport &transport, kit::Waiter &waiter,
                                                kit::HttpRequest request, const kit::CallLimits &limits) {
  const kit::WipedAtEnd wiped(request.body);
  return kit::sendWithRetry(transport, request, limits, {}, waiter);
}

Result<Token> signInOnce(kit::HttpTransport &transport, kit::Waiter &waiter, ClientCredentials credentials,
                         const kit::CallLimits &limits) {
  auto reply = ask(transport, waiter, requestV2(credentials), limits);
  if (!reply) return transportFailed(reply.error());
  if (decidesSignIn(*reply)) return readSignInReplyV2(*reply);
  const kit::HttpReply reply_of_v2 = std::move(reply).value();
  reply = ask(transport, waiter, requestV1(credentials), limits);
  if (!reply) return transportFailed(reply.error());
  reply->status = effectiveStatus(*reply);
  if (isGone(reply->status) && !isGone(reply_of_v2.status)) return signInFailureV2(reply_of_v2);
  return readSignInReplyV1(*reply);
}

}  // namespace

Result<Token> signIn(kit::HttpTransport &transport, kit::Waiter &waiter, ClientCredentials credentials,
                     const kit::CallLimits &limits) {
  Result<Token> token = signInOnce(transport, waiter, credentials, limits);
  const bool may_be_a_flicker =
      !token && token.error().status == Status::sign_in_failed && token.error().http_status == 401;
  if (!may_be_a_flicker) return token;
  waiter.wait(kPauseAfterRefusal, limits);
  if (limits.cancelled()) return cancelled();
  return signInOnce(transport, waiter, credentials, limits);
}

}  // namespace roots::personio
