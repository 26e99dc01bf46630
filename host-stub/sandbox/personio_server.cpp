// Personio's API as documented and as observed: tokens, and for version 1 sign-in, permissions, paging, and
// routing (version 2: personio_v2.cpp). Where documentation and observation differ, the observed behavior is
// the default, and PersonioBehaviour has a switch.
#include "sandbox/personio_endpoints.h"

#include <roots/kit/json.h>
#include <roots/kit/url.h>

#include <algorithm>
#include <charconv>

namespace roots::sandbox {
namespace {

using kit::JsonDocument;
using std::chrono::seconds;
using std::chrono::steady_clock;

std::optional<std::int64_t> integer(const std::string &text) {
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

ClientSecret clientSecretOf(const Asked &asked) {
  const std::string type = asked.request.header("Content-Type").value_or("");
  if (type.starts_with("application/x-www-form-urlencoded"))
    return {formValue(asked, "client_id"), formValue(asked, "client_secret")};
  if (!type.starts_with("application/json")) asked.recordProblem("the body is neither JSON nor a form");
  const auto document = JsonDocument::parse(asked.request.body);
  if (!document) {
    asked.recordProblem("the body is not JSON");
    return {};
  }
  return {document->root()["client_id"].textOrEmpty(), document->root()["client_secret"].textOrEmpty()};
}

ServerReply authenticate(const Asked &asked) {
  const auto &behaviour = asked.personio().behaviour;
  if (!asked.request.query.empty()) {
    asked.recordProblem("credentials and other parameters do not belong into the URL");
    return failure(403, 0, "Wrong credentials");
  }
  if (!asked.log.limits["auth"].admit(behaviour.sign_ins_per_minute, seconds(60))) return tooMany(asked);
  const std::optional<std::string> token = tokenFor(asked, clientSecretOf(asked));
  if (!token) return failure(403, 0, "Wrong credentials");
  JsonObject data;
  data.text("token", *token);
  if (behaviour.sends_token_lifetime)
    data.number("expires_in", behaviour.token_lifetime_seconds).text("scope", "employees:read absences:read");
  return dataReply(data.finish());
}

ServerReply missingRight() {
  return failure(403, 0, "personio.core.api.exceptions.api.forbidden.http.exception");
}

std::string idIn(const std::string &path) {
  constexpr std::string_view start = "/v1/company/employees/";
  const std::string rest = path.substr(start.size());
  return rest.substr(0, rest.find('/'));
}

}  // namespace

std::string formValue(const Asked &asked, const std::string &name) {
  return kit::queryValue("?" + asked.request.body, name).value_or("");
}

std::optional<std::string> tokenFor(const Asked &asked, const ClientSecret &secret) {
  for (const auto &credentials : asked.personio().credentials) {
    const bool same =
        credentials.client_id == secret.client_id && credentials.client_secret == secret.client_secret;
    if (!same || credentials.revoked) continue;
    for (const auto &[known, of] : asked.log.tokens)
      if (of.client_id == credentials.client_id && of.expires > steady_clock::now()) return known;
    std::string token =
        "papi-token-" + std::to_string(asked.log.tokens.size() + 1) + "-" + credentials.client_id;
    asked.log.tokens[token] = {
        credentials.client_id,
        steady_clock::now() + seconds(asked.personio().behaviour.token_lifetime_seconds)};
    return token;
  }
  return std::nullopt;
}

const Credentials *credentialsOf(const Asked &asked) {
  constexpr std::string_view scheme = "Bearer ";
  const std::string header = asked.request.header("Authorization").value_or("");
  if (!header.starts_with(scheme)) {
    asked.recordProblem("there is no bearer token");
    return nullptr;
  }
  const auto token = asked.log.tokens.find(header.substr(scheme.size()));
  if (token == asked.log.tokens.end() || token->second.expires <= steady_clock::now()) return nullptr;
  for (const auto &credentials : asked.personio().credentials)
    if (credentials.client_id == token->second.client_id && !credentials.revoked) return &credentials;
  return nullptr;
}

ServerReply failure(int status, int code, const std::string &message) {
  const std::string error = JsonObject().number("code", code).text("message", message).finish();
  return jsonReply(status, JsonObject().flag("success", false).json("error", error).finish());
}

ServerReply tooMany(const Asked &asked) {
  ServerReply reply = failure(429, 429, "Zu viele Anfragen.");
  const auto &retry_after = asked.personio().behaviour.retry_after_seconds;
  if (retry_after) reply.headers.emplace_back("Retry-After", std::to_string(*retry_after));
  return reply;
}

std::optional<Page> pageOf(const Asked &asked, std::size_t usual, std::size_t most) {
  Page page{usual, 0};
  for (const auto &[name, value] : asked.request.query) {
    if (name != "limit" && name != "offset") continue;
    const auto number = integer(value);
    const bool fine = number && *number >= (name == "limit" ? 1 : 0) &&
                      (name == "offset" || static_cast<std::size_t>(*number) <= most);
    if (!fine) {
      asked.recordProblem(name + "=" + value + " is not allowed");
      return std::nullopt;
    }
    (name == "limit" ? page.limit : page.offset) = static_cast<std::size_t>(*number);
  }
  return page;
}

std::string metadata(std::size_t total, std::size_t current, std::size_t pages) {
  return JsonObject()
      .number("total_elements", static_cast<std::int64_t>(total))
      .number("current_page", static_cast<std::int64_t>(current))
      .number("total_pages", static_cast<std::int64_t>(pages))
      .finish();
}

ServerReply dataReply(std::string_view data) {
  return jsonReply(200, JsonObject().flag("success", true).json("data", data).finish());
}

ServerReply listReply(const std::string &meta, const Page &page, const std::vector<std::string> &rows) {
  return jsonReply(200, JsonObject()
                            .flag("success", true)
                            .json("metadata", meta)
                            .number("offset", static_cast<std::int64_t>(page.offset))
                            .number("limit", static_cast<std::int64_t>(page.limit))
                            .json("data", listOf(rows))
                            .finish());
}

ServerReply pagedByNumber(const Page &page, const std::vector<std::string> &rows, bool repeat_row) {
  const std::size_t number = std::max<std::size_t>(page.offset, 1);
  const std::size_t pages = (rows.size() + page.limit - 1) / page.limit;
  std::vector<std::string> shown;
  std::size_t from = (number - 1) * page.limit;
  if (repeat_row && number > 1 && from <= rows.size()) --from;
  for (std::size_t index = from; index < rows.size() && index < number * page.limit; ++index)
    shown.push_back(rows[index]);
  return listReply(metadata(rows.size(), number, pages), page, shown);
}

ServerReply personioReply(Scenario &scenario, RequestLog &log, const std::string &endpoint,
                          const ServerRequest &request) {
  const Asked asked{scenario, log, endpoint, request};
  if (request.path.find("secret") != std::string::npos) asked.recordProblem("a secret in a URL");
  if (!log.limits["all"].admit(scenario.personio.behaviour.requests_per_minute, seconds(60)))
    return tooMany(asked);
  if (request.path.starts_with("/v2/")) return personioV2Reply(asked);
  if (endpoint == "POST /v1/auth") return authenticate(asked);

  const bool is_absences = endpoint == "GET /v1/company/time-offs" ||
                           endpoint == "GET /v1/company/absence-periods" ||
                           endpoint == "GET /v1/company/time-off-types" ||
                           endpoint == "GET /v1/company/employees/{id}/absences/balance";
  const bool is_employees = endpoint == "GET /v1/company/employees" ||
                            endpoint == "GET /v1/company/employees/{id}" ||
                            endpoint == "GET /v1/company/employees/attributes";
  if (!is_absences && !is_employees) {
    asked.recordProblem("there is no such endpoint");
    return failure(404, 404, "Es ist ein Problem aufgetreten ");
  }
  const Credentials *credentials = credentialsOf(asked);
  if (credentials == nullptr) return failure(401, 401, "Unauthenticated");
  if (is_absences && !credentials->may_read_absences) return missingRight();
  if (is_employees && !credentials->may_read_employees) return missingRight();

  if (endpoint == "GET /v1/company/time-offs") return timeOffs(asked);
  if (endpoint == "GET /v1/company/absence-periods") return absencePeriods(asked);
  if (endpoint == "GET /v1/company/time-off-types") return timeOffTypes(asked);
  if (endpoint == "GET /v1/company/employees/attributes") return attributeList(*credentials);
  if (endpoint == "GET /v1/company/employees") return employees(asked, *credentials);
  const std::string id = idIn(request.path);
  if (is_absences) return balance(asked, id);
  return employee(asked, *credentials, id);
}

}  // namespace roots::sandbox
