#include "api/reply_decisions.h"

#include "errors/http_status.h"
#include "errors/personio_errors.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

namespace roots::personio {
namespace {

// Personio documents a minute's pause after too many sign-ins, and at least a second elsewhere.
constexpr std::chrono::seconds kPauseAfterSignIns{60};
constexpr std::chrono::seconds kPauseAfterRequests{5};

// A refusal with a web page in it comes from a proxy or firewall, not from Personio.
bool isNotFromPersonio(const kit::HttpReply &reply) {
  if (reply.body.empty()) return false;
  const Result<kit::JsonDocument> document = kit::JsonDocument::parse(reply.body);
  return !document || !document->root().isObject();
}

std::chrono::milliseconds pauseAfter(const Endpoint &endpoint) {
  const bool is_sign_in = endpoint.name == kSignInV1.name || endpoint.name == kSignInV2.name;
  return is_sign_in ? kPauseAfterSignIns : kPauseAfterRequests;
}

// Statuses that mean the same everywhere; nullopt for the others.
std::optional<Error> commonFailure(const Endpoint &endpoint, const kit::HttpReply &reply, int status) {
  if (status == 429) return rateLimited(reply, pauseAfter(endpoint));
  if (status >= 500 || status == 408) return serviceBroken(endpoint, reply, status);
  return std::nullopt;
}

Error signInFailure(const kit::HttpReply &reply, int status) {
  if (const auto common = commonFailure(kSignInV1, reply, status)) return *common;
  if (isNotFromPersonio(reply)) return notPersonio(kSignInV1, reply.status);
  const bool refused = status == 0 || isRequestRejected(status) || isAccessDenied(status);
  return refused ? signInRefused(reply.status) : refusedRequest(kSignInV1, reply.status);
}

// RFC 6749, 5.2: "client authentication failed". Other codes ("unauthorized_client", "invalid_scope") may
// refer to credentials that are older than this endpoint.
bool refusesClient(const kit::JsonDocument &document) {
  return document.root()["error"].asText() == std::string_view("invalid_client");
}

// More codes that refuse the client, for a service without a sign-in for older credentials.
// "unauthorized_client" is the one that Personio documents for wrong credentials.
bool refusesClientOrAccess(std::string_view word) {
  return word == "invalid_client" || word == "unauthorized_client" || word == "invalid_grant" ||
         word == "access_denied";
}

// Whether a text holds a member "success" that is not simply true. Quick, so that the usual replies are
// parsed once only.
bool mayReportFailure(std::string_view text) {
  constexpr std::string_view member = "\"success\"";
  constexpr std::string_view white_space = " \t\r\n";
  for (std::size_t at = text.find(member); at != std::string_view::npos; at = text.find(member, at + 1)) {
    std::size_t value = text.find_first_not_of(white_space, at + member.size());
    if (value == std::string_view::npos || text[value] != ':') continue;
    value = text.find_first_not_of(white_space, value + 1);
    if (value != std::string_view::npos && text.substr(value, 4) != "true") return true;
  }
  return false;
}

Result<Token> requireUsable(std::optional<Token> token, const Endpoint &endpoint, std::string_view place) {
  if (!token || !isUsableToken(token->text)) return unexpectedReply(endpoint, place, "not a token");
  return *std::move(token);
}

}  // namespace

bool isUsableToken(std::string_view token) {
  return !token.empty() && std::all_of(token.begin(), token.end(),
                                       [](char character) { return character > 0x20 && character < 0x7F; });
}

int effectiveStatus(const kit::HttpReply &reply) {
  constexpr std::size_t max_bytes = 64 * 1024;  // a failure has no rows
  if (reply.status != 200 || reply.body.size() > max_bytes || !mayReportFailure(reply.body))
    return reply.status;
  const Result<kit::JsonDocument> document = kit::JsonDocument::parse(reply.body);
  if (!document || !document->root().isObject()) return reply.status;
  const int code = failureCode(*document).value_or(0);
  return code >= 400 && code <= 599 ? code : reply.status;
}

bool decidesSignIn(const kit::HttpReply &reply) {
  if (reply.status == 429) return true;
  const Result<kit::JsonDocument> document = kit::JsonDocument::parse(reply.body);
  if (!document) return false;
  return reply.status == 200 ? readTokenV2(*document).has_value() : refusesClient(*document);
}

Result<Token> readSignInReplyV2(const kit::HttpReply &reply) {
  if (const auto common = commonFailure(kSignInV2, reply, reply.status)) return *common;
  if (reply.status != 200) return signInRefused(reply.status);
  const Result<kit::JsonDocument> document = kit::JsonDocument::parse(reply.body);
  if (!document) return notPersonio(kSignInV2, reply.status);
  return requireUsable(readTokenV2(*document), kSignInV2, "/access_token");
}

Result<Token> readSignInReplyV1(const kit::HttpReply &reply) {
  if (reply.status != 200) return signInFailure(reply, reply.status);
  const Result<kit::JsonDocument> document = kit::JsonDocument::parse(reply.body);
  if (!document || !document->root().isObject()) return notPersonio(kSignInV1, reply.status);
  if (const auto code = failureCode(*document)) return signInFailure(reply, *code);
  return requireUsable(readTokenV1(*document), kSignInV1, "/data/token");
}

Error signInFailureV2(const kit::HttpReply &reply) {
  if (const auto common = commonFailure(kSignInV2, reply, reply.status)) return *common;
  if (reply.status == 200 || isNotFromPersonio(reply)) return notPersonio(kSignInV2, reply.status);
  const Result<kit::JsonDocument> document = kit::JsonDocument::parse(reply.body);
  const std::string word = document ? document->root()["error"].textOrEmpty() : std::string();
  if (word == "server_error" || word == "temporarily_unavailable")
    return serviceBroken(kSignInV2, reply, reply.status);
  const bool refused = isAccessDenied(reply.status) || refusesClientOrAccess(word);
  return refused ? signInRefused(reply.status) : refusedRequest(kSignInV2, reply.status);
}

Error listFailure(const Endpoint &endpoint, const kit::HttpReply &reply, int status) {
  if (const auto common = commonFailure(endpoint, reply, status)) return *common;
  if (isNotFromPersonio(reply)) return notPersonio(endpoint, reply.status);
  if (isAccessDenied(status)) return rightMissing(endpoint, reply.status);
  if (status == 404 && endpoint.name == kBalanceOfEmployee.name) return employeeGone();
  if (isRequestRejected(status) && endpoint.name == kEmployees.name) {
    Error error =
        settingWrong("email", "Personio refuses this email as malformed. Enter the one of your profile.");
    error.http_status = reply.status;
    return error;
  }
  return refusedRequest(endpoint, reply.status);
}

}  // namespace roots::personio
