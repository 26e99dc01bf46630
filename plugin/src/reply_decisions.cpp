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
  return endpoint.name == kSignIn.name ? kPauseAfterSignIns : kPauseAfterRequests;
}

// Statuses that mean the same everywhere; nullopt for the others.
std::optional<Error> commonFailure(const Endpoint &endpoint, const kit::HttpReply &reply, int status) {
  if (status == 429) return rateLimited(reply, pauseAfter(endpoint));
  if (status >= 500) return serviceBroken(endpoint, status);
  return std::nullopt;
}

Error signInFailure(const kit::HttpReply &reply, int status) {
  if (const auto common = commonFailure(kSignIn, reply, status)) return *common;
  if (isFromElsewhere(reply)) return notPersonio(kSignIn, reply.status);
  const bool refused = status == 0 || status == 400 || status == 401 || status == 403 || status == 422;
  return refused ? signInRefused(reply.status) : refusedRequest(kSignIn, reply.status);
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

Result<Token> tokenFrom(const kit::HttpReply &reply) {
  if (reply.status != 200) return signInFailure(reply, reply.status);
  const Result<kit::JsonDocument> document = kit::JsonDocument::parse(reply.body);
  if (!document || !document->root().isObject()) return notPersonio(kSignIn, reply.status);
  if (const auto code = failureCode(*document)) return signInFailure(reply, *code);
  std::optional<Token> token = readToken(*document);
  if (!token || !isUsableToken(token->text)) return unexpectedReply(kSignIn, "/data/token", "not a token");
  return *std::move(token);
}

Result<kit::JsonDocument> documentFrom(const Endpoint &endpoint, const kit::HttpReply &reply) {
  if (reply.status != 200) return dataFailure(endpoint, reply, reply.status);
  Result<kit::JsonDocument> document = kit::JsonDocument::parse(reply.body);
  if (!document) return unexpectedReply(endpoint, "", "not valid JSON");
  if (!document->root().isObject()) return unexpectedReply(endpoint, "", "not an object");
  if (const auto code = failureCode(*document)) return dataFailure(endpoint, reply, *code);
  return document;
}

}  // namespace roots::personio
