// All error messages for users, in one place. Pure functions: what
// happened in, an Error with status, setting and words out. No message ever holds a secret, a token, a
// server's own text (localised, and it may name people) or data of other people.
#pragma once

#include "model/personio_endpoints.h"

#include <roots/kit/http.h>
#include <roots/result.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace roots::personio {

// ---- no reply ----
[[nodiscard]] Error cancelled();
[[nodiscard]] Error transportFailed(const kit::TransportError &fault);

// ---- the settings ----
[[nodiscard]] Error settingMissing(std::string_view key, std::string_view label);
[[nodiscard]] Error settingWrong(std::string_view key, std::string message);

// ---- signing in, rights ----
[[nodiscard]] Error signInRefused(int http_status);
[[nodiscard]] Error rightMissing(const Endpoint &endpoint, int http_status);
[[nodiscard]] Error attributeMissing(std::string_view tick, std::string_view purpose);
[[nodiscard]] Error scheduleEmpty();

// ---- the person ----
[[nodiscard]] Error employeeNotFound();
[[nodiscard]] Error employeeSpelledDifferently(std::string_view spelling_of_profile);
[[nodiscard]] Error severalEmployees();
[[nodiscard]] Error employeeGone();
[[nodiscard]] Error anotherEmployee();

// ---- the service ----
[[nodiscard]] Error rateLimited(const kit::HttpReply &reply, std::chrono::milliseconds fallback);
// 5xx, and 408: with the wait if the reply specifies it.
[[nodiscard]] Error serviceBroken(const Endpoint &endpoint, const kit::HttpReply &reply, int http_status);
[[nodiscard]] Error notPersonio(const Endpoint &endpoint, int http_status);
[[nodiscard]] Error refusedRequest(const Endpoint &endpoint, int http_status);
// place: a JSON pointer; what: completes "... is" ("not a date").
[[nodiscard]] Error unexpectedReply(const Endpoint &endpoint, std::string_view place, std::string_view what);
[[nodiscard]] Error tooManyPages(const Endpoint &endpoint);
[[nodiscard]] Error samePageTwice(const Endpoint &endpoint);
[[nodiscard]] Error listIncomplete(const Endpoint &endpoint);
// Whether the service answered and denied what was asked for: a right is missing, or there is no such thing.
[[nodiscard]] bool isRefusal(const Error &error);
// The rate limit does not permit the next request within the time limit.
[[nodiscard]] Error paceExceedsTimeLimit(std::chrono::milliseconds wait);

}  // namespace roots::personio
