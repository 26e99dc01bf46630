// What groups of HTTP statuses mean to the plugin, defined once.
#pragma once

namespace roots::personio {

// The request is not accepted as it is: a parameter that the service does not support or allow.
[[nodiscard]] constexpr bool isRequestRejected(int http_status) {
  return http_status == 400 || http_status == 422;
}

// Personio answers both for an invalid token and for a missing right.
[[nodiscard]] constexpr bool isAccessDenied(int http_status) {
  return http_status == 401 || http_status == 403;
}

// The endpoint or the object does not exist, or no longer.
[[nodiscard]] constexpr bool isGone(int http_status) { return http_status == 404 || http_status == 410; }

}  // namespace roots::personio
