// Personio's API, version 2: sign-in, permissions, rate limits, lists with cursors, errors.
#include "sandbox/personio_endpoints.h"

#include <algorithm>

namespace roots::sandbox {
namespace {

using std::chrono::seconds;

constexpr const char *kTime = "2026-07-01T10:00:00Z";

// RFC 7807 in Personio's format.
ServerReply problem(int status, const std::string &title, const std::string &detail,
                    const std::string &type = "") {
  const std::string documentation = "https://developer.personio.de/v2.0/page/public-api-error-codes" + type;
  JsonObject error;
  error.text("title", title).text("detail", detail).text("type", documentation);
  error.json("_meta", JsonObject().finish());
  JsonObject body;
  body.text("personio_trace_id", "c0ffee00-0000-4000-8000-000000000001").text("timestamp", kTime);
  body.json("errors", listOf({error.finish()}));
  ServerReply reply = jsonReply(status, body.finish());
  reply.content_type = "application/problem+json";
  return reply;
}

ServerReply refusal(int status, const std::string &error, const std::string &description) {
  JsonObject body;
  body.text("error", error).text("error_description", description).text("timestamp", kTime);
  return jsonReply(status, body.text("trace_id", "c0ffee").null("_meta").finish());
}

ServerReply unauthorized() {
  const std::string error = JsonObject().text("message", "Unauthorized Request").finish();
  return jsonReply(401, JsonObject().json("error", error).finish());
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

ServerReply authenticateV2(const Asked &asked) {
  const auto &behaviour = asked.personio().behaviour;
  if (!asked.request.query.empty()) {
    asked.recordProblem("credentials and other parameters do not belong into the URL");
    return refusal(400, "invalid_request", "Query parameters are not supported");
  }
  // Documented: 150 a minute for this endpoint, 60 for the older one; one switch serves both.
  if (!asked.log.limits["auth v2"].admit(behaviour.sign_ins_per_minute, seconds(60)))
    return problem(429, "Too Many Requests", "Rate limit exceeded");
  const std::string type = asked.request.header("Content-Type").value_or("");
  if (!type.starts_with("application/x-www-form-urlencoded")) {
    asked.recordProblem("the body is not a form");
    return refusal(400, "invalid_request", "Unsupported content type");
  }
  if (formValue(asked, "grant_type") != "client_credentials") {
    asked.recordProblem("the grant type is not client_credentials");
    return refusal(400, "unsupported_grant_type", "Unsupported grant type");
  }
  const ClientSecret secret{formValue(asked, "client_id"), formValue(asked, "client_secret")};
  const std::optional<std::string> token = tokenFor(asked, secret);
  if (!token) {
    return refusal(400, "invalid_client",
                   "Client authentication failed (e.g., unknown client, wrong secret)");
  }
  JsonObject body;
  body.text("access_token", *token).text("token_type", "Bearer");
  if (behaviour.sends_token_lifetime) {
    body.number("expires_in", behaviour.token_lifetime_seconds)
        .text("scope", scopeOf(asked, secret.client_id));
  }
  return jsonReply(200, body.finish());
}

ServerReply missingRight(const Asked &asked) {
  if (asked.personio().behaviour.v2_missing_right_is_401) return unauthorized();
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

using Query = std::vector<std::pair<std::string, std::string>>;

// "at+20;3" continues at row 20 of the list with the filters of the third first page.
struct Cursor {
  std::size_t offset = 0;
  std::size_t filters = 0;
};

std::optional<Cursor> cursorIn(const Asked &asked, const std::string &text) {
  const std::size_t end = text.find(';');
  if (!text.starts_with("at+") || end == std::string::npos) return std::nullopt;
  const auto offset = numberIn({text.substr(3, end - 3)}, 0);
  const auto filters = numberIn({text.substr(end + 1)}, 0);
  if (!offset || !filters || *filters >= asked.log.filters.size()) return std::nullopt;
  return Cursor{*offset, *filters};
}

Query filtersIn(const Query &query) {
  Query filters;
  for (const auto &parameter : query)
    if (parameter.first != "limit" && parameter.first != "cursor") filters.push_back(parameter);
  return filters;
}

std::string nextLink(const Asked &asked, std::size_t limit, const Cursor &cursor) {
  const auto &behaviour = asked.personio().behaviour;
  std::string start;
  if (!behaviour.v2_relative_links) {
    start = behaviour.v2_links_to.empty()
                ? asked.log.scheme + asked.request.header("Host").value_or("127.0.0.1")
                : behaviour.v2_links_to;
  }
  // A cursor is opaque; a character that needs encoding detects clients that do not encode it.
  const std::string href = start + asked.request.path + "?limit=" + std::to_string(limit) + "&cursor=at%2B" +
                           std::to_string(cursor.offset) + "%3B" + std::to_string(cursor.filters);
  return JsonObject().text("href", href).finish();
}

// The requested page of a list. A cursor carries the filters of the first page.
struct AskedPage {
  Cursor cursor;
  Query filters;
};

std::optional<AskedPage> askedPage(const Asked &asked) {
  AskedPage page{{0, asked.log.filters.size()}, filtersIn(asked.request.query)};
  const auto cursors = asked.request.parameters("cursor");
  if (cursors.empty()) {
    asked.log.filters.push_back(page.filters);
    return page;
  }
  const auto cursor = cursorIn(asked, cursors.front());
  if (!cursor) {
    asked.recordProblem("the cursor is not one that was given");
    return std::nullopt;
  }
  if (!page.filters.empty() && asked.personio().behaviour.v2_cursor_alone) return std::nullopt;
  return AskedPage{*cursor, asked.log.filters[cursor->filters]};
}

ServerReply listPage(const Asked &asked, const RowsV2 &all, const Cursor &cursor) {
  const auto &behaviour = asked.personio().behaviour;
  const auto limit = numberIn(asked.request.parameters("limit"), all.most_per_page);
  if (!limit || *limit < 1 || *limit > all.most_per_page) {
    asked.recordProblem("the limit is not allowed");
    return problem(400, "Bad Request", "Provided value for limit is not valid");
  }
  std::size_t size = *limit;
  if (behaviour.v2_page_size > 0) size = std::min(size, static_cast<std::size_t>(behaviour.v2_page_size));
  const std::size_t begin = std::min(all.rows.size(), cursor.offset);
  const std::size_t end = std::min(all.rows.size(), begin + size);
  const std::vector<std::string> shown(all.rows.begin() + static_cast<std::ptrdiff_t>(begin),
                                       all.rows.begin() + static_cast<std::ptrdiff_t>(end));
  const bool is_last = end == all.rows.size();
  JsonObject links;
  if (!is_last) {
    links.json("next", nextLink(asked, *limit, {end, cursor.filters}));
  } else if (behaviour.v2_last_link_is_null) {
    links.null("next");
  }
  return jsonReply(200, listJsonV2(shown, links.finish()));
}

ServerReply answer(const Asked &asked) {
  const Credentials *credentials = credentialsOf(asked);
  if (credentials == nullptr) return unauthorized();
  if (!credentials->may_read_absences_v2) return missingRight(asked);
  const auto page = askedPage(asked);
  if (!page) return problem(400, "Bad Request", "Invalid cursor");
  if (asked.endpoint == "GET /v2/absence-types") return listPage(asked, typesV2(asked), page->cursor);
  if (asked.endpoint == "GET /v2/absence-periods") {
    const auto rows = periodsV2(asked, page->filters);
    return rows ? listPage(asked, *rows, page->cursor)
                : problem(400, "Bad Request", "Invalid request content");
  }
  constexpr std::string_view start = "/v2/absence-periods/";
  const std::string rest = asked.request.path.substr(start.size());
  const auto rows = breakdownsV2(asked, rest.substr(0, rest.find('/')));
  return rows ? listPage(asked, *rows, page->cursor)
              : problem(404, "Not Found", "The requested resource was not found.",
                        "#commonrequested_resource_not_found");
}

}  // namespace

std::string listJsonV2(const std::vector<std::string> &rows, std::string_view links) {
  const std::string meta = JsonObject().json("links", links).finish();
  return JsonObject().json("_data", listOf(rows)).json("_meta", meta).finish();
}

ServerReply personioV2Reply(const Asked &asked) {
  const bool is_sign_in = asked.endpoint == "POST /v2/auth/token";
  const bool is_known = is_sign_in || asked.endpoint == "GET /v2/absence-periods" ||
                        asked.endpoint == "GET /v2/absence-periods/{id}/breakdowns" ||
                        asked.endpoint == "GET /v2/absence-types";
  const auto &behaviour = asked.personio().behaviour;
  if (!is_known) asked.recordProblem("there is no such endpoint");
  if (!is_known || !behaviour.v2_available)
    return problem(404, "Not Found", "The endpoint was not found.", "#apinot_found");
  if (is_sign_in) return authenticateV2(asked);

  const int most = behaviour.v2_requests_per_second;
  PermitBucket &bucket = asked.log.buckets[asked.endpoint];
  const bool admitted = bucket.admit(most);
  ServerReply reply = admitted ? answer(asked) : problem(429, "Too Many Requests", "Rate limit exceeded");
  reply.headers.emplace_back("x-ratelimit-replenish-rate", std::to_string(most));
  reply.headers.emplace_back("x-ratelimit-burst-capacity", std::to_string(most));
  reply.headers.emplace_back("x-ratelimit-requested-tokens", "1");
  reply.headers.emplace_back("x-ratelimit-remaining", std::to_string(bucket.left()));
  return reply;
}

}  // namespace roots::sandbox
