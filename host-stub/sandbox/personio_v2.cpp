// Personio's API, version 2: sign-in, rights, rate limits, lists with cursors, errors.
#include "sandbox/personio_endpoints.h"

#include <algorithm>

namespace roots::sandbox {
namespace {

using std::chrono::seconds;

constexpr const char *kTime = R"("timestamp":"2026-07-01T10:00:00Z")";

// RFC 7807 in Personio's own dress.
ServerReply problem(int status, const std::string &title, const std::string &detail,
                    const std::string &type = "") {
  const std::string documentation = "https://developer.personio.de/v2.0/page/public-api-error-codes" + type;
  ServerReply reply =
      jsonReply(status, R"({"personio_trace_id":"c0ffee00-0000-4000-8000-000000000001",)" +
                            std::string(kTime) + R"(,"errors":[{"title":)" + quoted(title) + R"(,"detail":)" +
                            quoted(detail) + R"(,"type":)" + quoted(documentation) + R"(,"_meta":{}}]})");
  reply.content_type = "application/problem+json";
  return reply;
}

ServerReply refusal(int status, const std::string &error, const std::string &description) {
  return jsonReply(status, R"({"error":)" + quoted(error) + R"(,"error_description":)" + quoted(description) +
                               "," + kTime + R"(,"trace_id":"c0ffee","_meta":null})");
}

std::string scopeOf(const Asked &asked, const std::string &client_id) {
  std::string scope;
  for (const auto &credentials : asked.personio().credentials) {
    if (credentials.client_id != client_id) continue;
    if (credentials.may_read_employees) scope += "employees:read personio:persons:read ";
    if (credentials.may_read_absences) scope += "absences:read ";
    if (credentials.may_read_absences_v2) scope += "personio:absences:read ";
  }
  return scope.substr(0, scope.find_last_not_of(' ') + 1);
}

ServerReply authenticate(const Asked &asked) {
  const auto &behaviour = asked.personio().behaviour;
  if (!asked.request.query.empty()) {
    asked.complain("credentials and other parameters do not belong into the URL");
    return refusal(400, "invalid_request", "Query parameters are not supported");
  }
  // Documented: 150 a minute for this endpoint, 60 for the older one; one switch serves both.
  if (!asked.books.limits["auth v2"].admit(behaviour.sign_ins_per_minute, seconds(60)))
    return problem(429, "Too Many Requests", "Rate limit exceeded");
  const std::string type = asked.request.header("Content-Type").value_or("");
  if (!type.starts_with("application/x-www-form-urlencoded")) {
    asked.complain("the body is not a form");
    return refusal(400, "invalid_request", "Unsupported content type");
  }
  if (formValue(asked, "grant_type") != "client_credentials") {
    asked.complain("the grant type is not client_credentials");
    return refusal(400, "unsupported_grant_type", "Unsupported grant type");
  }
  const ClientSecret secret{formValue(asked, "client_id"), formValue(asked, "client_secret")};
  const std::optional<std::string> token = tokenFor(asked, secret);
  if (!token)
    return refusal(400, "invalid_client",
                   "Client authentication failed (e.g., unknown client, wrong secret)");
  std::string body = R"({"access_token":)" + quoted(*token) + R"(,"token_type":"Bearer")";
  if (behaviour.token_lifetime_told) {
    body += R"(,"expires_in":)" + std::to_string(behaviour.token_lifetime_seconds) + R"(,"scope":)" +
            quoted(scopeOf(asked, secret.client_id));
  }
  return jsonReply(200, body + "}");
}

ServerReply missingRight(const Asked &asked) {
  if (asked.personio().behaviour.v2_missing_right_is_401)
    return jsonReply(401, R"({"error":{"message":"Unauthorized Request"}})");
  return problem(403, "Insufficient access scope", "Client scope insufficient to access resource",
                 "#commonforbidden");
}

std::optional<std::size_t> numberIn(const std::vector<std::string> &values, std::size_t usual) {
  if (values.empty()) return usual;
  const std::string &text = values.front();
  if (text.empty() || text.size() > 6 || text.find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  return static_cast<std::size_t>(std::stoul(text));
}

std::string nextLink(const Asked &asked, std::size_t limit, std::size_t offset) {
  const auto &behaviour = asked.personio().behaviour;
  std::string start;
  if (!behaviour.v2_relative_links) {
    start = behaviour.v2_links_to.empty()
                ? asked.books.scheme + asked.request.header("Host").value_or("127.0.0.1")
                : behaviour.v2_links_to;
  }
  // A cursor is opaque; a character that needs encoding keeps clients honest.
  const std::string href = start + asked.request.path + "?limit=" + std::to_string(limit) + "&cursor=at%2B" +
                           std::to_string(offset);
  return R"("next":{"href":)" + quoted(href) + "}";
}

// A page of the rows: cursor "at+20" goes on at row 20.
ServerReply listPage(const Asked &asked, const RowsV2 &all) {
  const auto &behaviour = asked.personio().behaviour;
  const auto limit = numberIn(asked.request.parameters("limit"), all.most_per_page);
  if (!limit || *limit < 1 || *limit > all.most_per_page) {
    asked.complain("the limit is not allowed");
    return problem(400, "Bad Request", "Provided value for limit is not valid");
  }
  std::size_t offset = 0;
  if (const auto cursors = asked.request.parameters("cursor"); !cursors.empty()) {
    const auto at =
        cursors.front().starts_with("at+") ? numberIn({cursors.front().substr(3)}, 0) : std::nullopt;
    if (!at || *at > all.rows.size()) {
      asked.complain("the cursor is not one that was given");
      return problem(400, "Bad Request", "Invalid cursor");
    }
    offset = *at;
  }
  std::size_t size = *limit;
  if (behaviour.v2_page_size > 0) size = std::min(size, static_cast<std::size_t>(behaviour.v2_page_size));
  const std::size_t end = std::min(all.rows.size(), offset + size);
  const std::vector<std::string> shown(all.rows.begin() + static_cast<std::ptrdiff_t>(offset),
                                       all.rows.begin() + static_cast<std::ptrdiff_t>(end));
  const bool is_last = end == all.rows.size();
  const std::string next = !is_last                         ? nextLink(asked, *limit, end)
                           : behaviour.v2_last_link_is_null ? R"("next":null)"
                                                            : "";
  return jsonReply(200, R"({"_data":)" + listOf(shown) + R"(,"_meta":{"links":{)" + next + "}}}");
}

ServerReply answer(const Asked &asked) {
  const Credentials *credentials = credentialsOf(asked);
  if (credentials == nullptr) return jsonReply(401, R"({"error":{"message":"Unauthorized Request"}})");
  if (!credentials->may_read_absences_v2) return missingRight(asked);
  if (asked.endpoint == "GET /v2/absence-types") return listPage(asked, typesV2(asked));
  if (asked.endpoint == "GET /v2/absence-periods") {
    const auto rows = periodsV2(asked);
    return rows ? listPage(asked, *rows) : problem(400, "Bad Request", "Invalid request content");
  }
  constexpr std::string_view start = "/v2/absence-periods/";
  const std::string rest = asked.request.path.substr(start.size());
  const auto rows = breakdownsV2(asked, rest.substr(0, rest.find('/')));
  return rows ? listPage(asked, *rows)
              : problem(404, "Not Found", "The requested resource was not found.",
                        "#commonrequested_resource_not_found");
}

}  // namespace

ServerReply personioV2Reply(const Asked &asked) {
  const bool is_sign_in = asked.endpoint == "POST /v2/auth/token";
  const bool is_known = is_sign_in || asked.endpoint == "GET /v2/absence-periods" ||
                        asked.endpoint == "GET /v2/absence-periods/{id}/breakdowns" ||
                        asked.endpoint == "GET /v2/absence-types";
  const auto &behaviour = asked.personio().behaviour;
  if (!is_known) asked.complain("there is no such endpoint");
  if (!is_known || !behaviour.v2_available)
    return problem(404, "Not Found", "The endpoint was not found.", "#apinot_found");
  if (is_sign_in) return authenticate(asked);

  const int most = behaviour.v2_requests_per_second;
  PermitBucket &bucket = asked.books.buckets[asked.endpoint];
  const bool admitted = bucket.admit(most);
  ServerReply reply = admitted ? answer(asked) : problem(429, "Too Many Requests", "Rate limit exceeded");
  reply.headers.emplace_back("x-ratelimit-replenish-rate", std::to_string(most));
  reply.headers.emplace_back("x-ratelimit-burst-capacity", std::to_string(most));
  reply.headers.emplace_back("x-ratelimit-requested-tokens", "1");
  reply.headers.emplace_back("x-ratelimit-remaining", std::to_string(bucket.left()));
  return reply;
}

}  // namespace roots::sandbox
