// What a reply means, decided per endpoint and never by the HTTP status alone: 403 to a sign-in is a
// wrong secret, 403 to a list is a missing right. Pure functions.
#pragma once

#include "model/personio_endpoints.h"
#include "replies/personio_json.h"

#include <roots/kit/http.h>
#include <roots/kit/json.h>
#include <roots/result.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace roots::personio {

// Visible ASCII: anything else could inject a header into a request.
[[nodiscard]] bool isUsableToken(std::string_view token);

// The status that a reply means. API v1 may report a failure inside HTTP 200: {"success": false, "error":
// {"code": 401}} refuses the token like a plain 401.
[[nodiscard]] int effectiveStatus(const kit::HttpReply &reply);

// Whether a reply to POST /v2/auth/token decides the sign-in: a token, a refusal of id and secret, or a
// rate limit. Anything else means only that this way to sign in is unavailable.
[[nodiscard]] bool decidesSignIn(const kit::HttpReply &reply);

// The token in a reply to a sign-in, or why there is none.
[[nodiscard]] Result<Token> readSignInReplyV2(const kit::HttpReply &reply);
[[nodiscard]] Result<Token> readSignInReplyV1(const kit::HttpReply &reply);

// Why POST /v2/auth/token gave no token, for a service that has no other sign-in.
[[nodiscard]] Error signInFailureV2(const kit::HttpReply &reply);

// Why a reply to a GET holds no list. status: what it means, which may differ from the HTTP status.
[[nodiscard]] Error listFailure(const Endpoint &endpoint, const kit::HttpReply &reply, int status);

// A reply to a GET as a page of its list, or why there is none. readBody: (std::string) -> Result<Page<...>>.
template <class ReadBody>
[[nodiscard]] auto readList(const Endpoint &endpoint, kit::HttpReply reply, ReadBody readBody)
    -> decltype(readBody(std::string())) {
  if (reply.status != 200) return listFailure(endpoint, reply, reply.status);
  auto page = readBody(std::exchange(reply.body, std::string()));
  if (page.ok() && page->failure_code) return listFailure(endpoint, reply, *page->failure_code);
  return page;
}

}  // namespace roots::personio
