#include "reply_decisions.h"

#include "personio_errors.h"

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
bool isFromElsewhere(const kit::HttpReply &reply) {
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
  if (status >= 500) return serviceBroken(endpoint, status);
  return std::nullopt;
}

Error signInFailure(const kit::HttpReply &reply, int status) {
  if (const auto common = commonFailure(kSignInV1, reply, status)) return *common;
  if (isFromElsewhere(reply)) return notPersonio(kSignInV1, reply.status);
  const bool refused = status == 0 || status == 400 || status == 401 || status == 403 || status == 422;
  return refused ? signInRefused(reply.status) : refusedRequest(kSignInV1, reply.status);
}

// RFC 6749, 5.2: "client authentication failed". Other words ("unauthorized_client", "invalid_scope") may
// speak of credentials that are older than this endpoint.
bool refusesClient(const kit::JsonDocument &document) {
  return document.root()["error"].asText() == std::string_view("invalid_client");
}

Result<Token> usable(std::optional<Token> token, const Endpoint &endpoint, std::string_view place) {
  if (!token || !isUsableToken(token->text)) return unexpectedReply(endpoint, place, "not a token");
  return *std::move(token);
}

Error dataFailure(const Endpoint &endpoint, const kit::HttpReply &reply, int status) {
  if (const auto common = commonFailure(endpoint, reply, status)) return *common;
  if (isFromElsewhere(reply)) return notPersonio(endpoint, reply.status);
  if (status == 401 || status == 403) return rightMissing(endpoint, reply.status);
  if (status == 404 && endpoint.name == kBalanceOfEmployee.name) return employeeGone();
  if ((status == 400 || status == 422) && endpoint.name == kEmployees.name) {
    Error error =
        settingWrong("email", "Personio refuses this email as malformed. Enter the one of your profile.");
    error.http_status = reply.status;
    return error;
  }
  return refusedRequest(endpoint, reply.status);
}

}  // namespace

bool isUsableToken(std::string_view token) {
  return !token.empty() && std::all_of(token.begin(), token.end(),
                                       [](char character) { return character > 0x20 && character < 0x7F; });
}

bool answersSignIn(const kit::HttpReply &reply) {
  if (reply.status == 429) return true;
  const Result<kit::JsonDocument> document = kit::JsonDocument::parse(reply.body);
  if (!document) return false;
  return reply.status == 200 ? readTokenV2(*document).has_value() : refusesClient(*document);
}

Result<Token> tokenFromV2(const kit::HttpReply &reply) {
  if (const auto common = commonFailure(kSignInV2, reply, reply.status)) return *common;
  if (reply.status != 200) return signInRefused(reply.status);
  const Result<kit::JsonDocument> document = kit::JsonDocument::parse(reply.body);
  if (!document) return notPersonio(kSignInV2, reply.status);
  return usable(readTokenV2(*document), kSignInV2, "/access_token");
}

Result<Token> tokenFromV1(const kit::HttpReply &reply) {
  if (reply.status != 200) return signInFailure(reply, reply.status);
  const Result<kit::JsonDocument> document = kit::JsonDocument::parse(reply.body);
  if (!document || !document->root().isObject()) return notPersonio(kSignInV1, reply.status);
  if (const auto code = failureCode(*document)) return signInFailure(reply, *code);
  return usable(readTokenV1(*document), kSignInV1, "/data/token");
}

Result<kit::JsonDocument> listFrom(const Endpoint &endpoint, kit::HttpReply reply,
                                   const kit::OnElement &onRow) {
  if (reply.status != 200) return dataFailure(endpoint, reply, reply.status);
  Result<kit::JsonDocument> rest =
      kit::JsonDocument::parseList(std::move(reply.body), {"data", "_data"}, onRow);
  if (!rest) return unexpectedReply(endpoint, "", "not valid JSON");
  if (!rest->root().isObject()) return unexpectedReply(endpoint, "", "not an object");
  if (const auto code = failureCode(*rest)) return dataFailure(endpoint, reply, *code);
  return rest;
}

}  // namespace roots::personio
