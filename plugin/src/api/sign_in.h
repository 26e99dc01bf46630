// Exchanges client ID and secret for a token that both versions of the API accept. Stateless; the caller
// decides when, and what to do with the token.
#pragma once

#include "replies/personio_json.h"

#include <roots/kit/http.h>
#include <roots/kit/retry.h>
#include <roots/result.hpp>

#include <string_view>

namespace roots::personio {

struct ClientCredentials {
  std::string_view id;
  std::string_view secret;
};

// POST /v2/auth/token; where that does not exist, or does not know this kind of credentials, POST
// /v1/auth. Where v1 is gone, the refusal of v2 decides. Status::sign_in_failed if Personio refuses id and
// secret; a 401 is tried once more before, because people would replace credentials that are fine.
[[nodiscard]] Result<Token> signIn(kit::HttpTransport &transport, kit::Waiter &waiter,
                                   ClientCredentials credentials, const kit::CallLimits &limits);

}  // namespace roots::personio
