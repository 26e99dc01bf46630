#include "sign_in.h"

#include "personio_errors.h"
#include "reply_decisions.h"
#include "request_headers.h"

#include <roots/kit/url.h>
#include <roots/kit/wipe.h>

namespace roots::personio {
namespace {

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

}  // namespace

Result<Token> signIn(kit::HttpTransport &transport, kit::Waiter &waiter, ClientCredentials credentials,
                     const kit::CallLimits &limits) {
  auto reply = ask(transport, waiter, requestV2(credentials), limits);
  if (!reply) return transportFailed(reply.error());
  if (answersSignIn(*reply)) return tokenFromV2(*reply);
  reply = ask(transport, waiter, requestV1(credentials), limits);
  if (!reply) return transportFailed(reply.error());
  return tokenFromV1(*reply);
}

}  // namespace roots::personio
