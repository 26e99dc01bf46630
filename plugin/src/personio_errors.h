// Every sentence that a user meets when something goes wrong, in one place. Pure functions: what
// happened in, an Error with status, setting and words out. No message ever holds a secret, a token, a
// server's own text (localised, and it may name people) or anybody else's data.
#pragma once

#include "personio_endpoints.h"

#include <roots/kit/http.h>
#include <roots/result.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace roots::personio {

// ---- no reply at all ----
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
[[nodiscard]] Error serviceBroken(const Endpoint &endpoint, int http_status);
[[nodiscard]] Error notPersonio(const Endpoint &endpoint, int http_status);
[[nodiscard]] Error refusedRequest(const Endpoint &endpoint, int http_status);
// place: a JSON pointer; what: completes "... is" ("not a date").
[[nodiscard]] Error unexpectedReply(const Endpoint &endpoint, std::string_view place, std::string_view what);
[[nodiscard]] Error tooManyPages(const Endpoint &endpoint);
[[nodiscard]] Error samePageTwice(const Endpoint &endpoint);

}  // namespace roots::personio
