// What a reply means, decided per endpoint and never by the HTTP status alone: 403 to a sign-in is a
// wrong secret, 403 to a list is a missing right. Pure functions.
#pragma once

#include "personio_endpoints.h"
#include "personio_json.h"

#include <roots/kit/http.h>
#include <roots/kit/json.h>
#include <roots/result.hpp>

#include <string_view>

namespace roots::personio {

// Visible ASCII: anything else could smuggle a second header into a request.
[[nodiscard]] bool isUsableToken(std::string_view token);

// Whether a reply to POST /v2/auth/token decides the sign-in: a token, a refusal of id and secret, or a
// rate limit. Anything else says only that this way of signing in is not to be had.
[[nodiscard]] bool answersSignIn(const kit::HttpReply &reply);

// The token in a reply to a sign-in, or why there is none.
[[nodiscard]] Result<Token> tokenFromV2(const kit::HttpReply &reply);
[[nodiscard]] Result<Token> tokenFromV1(const kit::HttpReply &reply);

// A reply to a GET without the rows of its list ("data", v2: "_data"), which are handed over one by one;
// or why there is none. Rows are void if it fails.
[[nodiscard]] Result<kit::JsonDocument> listFrom(const Endpoint &endpoint, kit::HttpReply reply,
                                                 const kit::OnElement &onRow);

}  // namespace roots::personio
