#include "moco/moco_client.h"

#include "moco/moco_json.h"

#include <roots/kit/json.h>
#include <roots/kit/url.h>
#include <roots/kit/wipe.h>

#include <algorithm>
#include <functional>
#include <set>

namespace roots::host {
namespace {

using kit::CallLimits;
using kit::HttpReply;
using kit::JsonDocument;
using kit::JsonView;
using kit::TransportFault;
using Parameters = std::vector<std::pair<std::string, std::string>>;

constexpr int kRowsPerPage = 100;  // Moco's largest
constexpr int kMostPages = 500;

Error errorOf(Status status, std::string message, std::string setting = "") {
  return Error{status, std::move(message), std::move(setting), 0, {}};
}

Error unreachable(const kit::TransportError &problem) {
  switch (problem.fault) {
    case TransportFault::cancelled:
      return errorOf(Status::cancelled, "Cancelled.");
    case TransportFault::timed_out:
      return errorOf(Status::try_later, "Moco did not answer in time. Try again later.");
    case TransportFault::name_not_found:
      return errorOf(
          Status::invalid_setting,
          "Moco's address cannot be resolved: either there is no account of this name, or this computer is "
          "offline. Check the domain (NAME of NAME.mocoapp.com) and the connection.",
          "domain");
    case TransportFault::certificate_refused:
    case TransportFault::tls_failed:
      return errorOf(Status::try_later, "The connection to Moco is not secure: " + problem.detail +
                                            ". Nothing was sent. A company proxy may be in the way.");
    case TransportFault::proxy_unreachable:
    case TransportFault::proxy_wants_sign_in:
    case TransportFault::proxy_refused:
      return errorOf(Status::try_later, "The company's proxy does not connect to Moco: " + problem.detail +
                                            ". Check the environment variables https_proxy and no_proxy.");
    case TransportFault::connection_refused:
    case TransportFault::connection_lost:
      return errorOf(Status::try_later, "Moco cannot be reached: " + problem.detail + ". Try again later.");
    case TransportFault::reply_not_http:
    case TransportFault::reply_too_large:
      return errorOf(Status::unexpected_reply, "Moco's reply was not understood: " + problem.detail + ".");
  }
  return errorOf(Status::internal, "Moco could not be asked.");
}

// What a reply other than 200 means. Texts of Moco are localised and never looked at.
Error refusal(const HttpReply &reply, const std::string &endpoint) {
  Error error;
  error.http_status = reply.status;
  if (reply.status == 401) {
    error.status = Status::sign_in_failed;
    error.setting = "api_key";
    error.message =
        "Authentication failed: Moco refused the API key. Copy it again from your Moco profile, "
        "Integrations.";
  } else if (reply.status == 403) {
    error.status = Status::access_missing;
    error.message = "Your Moco key may not read " + endpoint + ". Ask a Moco administrator for the right.";
  } else if (reply.status == 404 && endpoint == "session") {
    error.status = Status::invalid_setting;
    error.setting = "domain";
    error.message = "There is no Moco account of this name. The domain is NAME of NAME.mocoapp.com.";
  } else if (reply.status == 429) {
    error.status = Status::try_later;
    error.retry_after = kit::retryAfter(reply);
    error.message = "Moco asks to slow down. Try again in two minutes.";
  } else if (reply.status >= 500) {
    error.status = Status::try_later;
    error.message =
        "Moco has a problem of its own (HTTP " + std::to_string(reply.status) + "). Try again later.";
  } else {
    error = mocoNotUnderstood(endpoint, "HTTP " + std::to_string(reply.status));
    error.http_status = reply.status;
  }
  return error;
}

struct Asking {
  kit::HttpTransport &transport;
  kit::Waiter &waiter;
  const std::string &api_key;
  const CallLimits &limits;
};

struct Answer {
  HttpReply reply;
  JsonDocument document;
};

Result<Answer> ask(const Asking &asking, const std::string &endpoint, const Parameters &parameters) {
  kit::HttpRequest request;
  request.target = "/api/v1/" + endpoint;
  if (!parameters.empty()) request.target += "?" + kit::encodedPairs(parameters);
  request.headers = {{"Authorization", "Token token=" + asking.api_key}, {"Accept", "application/json"}};
  kit::RetryPolicy policy;  // Moco counts requests over two minutes, so short waits are of little use
  policy.first_delay = std::chrono::milliseconds(2000);
  policy.max_attempts = 3;
  auto reply = kit::sendWithRetry(asking.transport, request, asking.limits, policy, asking.waiter);
  if (!reply) return unreachable(reply.error());
  if (reply->status != 200) return refusal(*reply, endpoint);
  auto document = JsonDocument::parse(reply->body);
  if (!document) return mocoNotUnderstood(endpoint, document.error().message);
  return Answer{std::move(*reply), std::move(*document)};
}

// A next page is announced by a link; proxies that drop it leave the count of rows.
bool hasNextPage(const HttpReply &reply, int page, std::size_t rows) {
  if (const auto link = reply.header("Link")) return link->find("rel=\"next\"") != std::string_view::npos;
  const auto total = reply.header("X-Total");
  if (!total) return rows >= kRowsPerPage;
  long long count = 0;
  for (const char digit : *total) {
    if (digit < '0' || digit > '9' || count > 100000000) return rows >= kRowsPerPage;
    count = count * 10 + (digit - '0');
  }
  return count > static_cast<long long>(page) * kRowsPerPage;
}

// All pages, or an error: a part of the rows is never the answer.
Result<void> forEachRow(const Asking &asking, const std::string &endpoint, Parameters parameters,
                        const std::function<Result<void>(const JsonDocument &, JsonView)> &take) {
  parameters.emplace_back("per_page", std::to_string(kRowsPerPage));
  for (int page = 1; page <= kMostPages; ++page) {
    Parameters with_page = parameters;
    with_page.emplace_back("page", std::to_string(page));
    auto answer = ask(asking, endpoint, with_page);
    if (!answer) return std::move(answer).error();
    const JsonView rows = answer->document.root();
    if (!rows.isArray()) return mocoNotUnderstood(endpoint, "the list at /");
    for (std::size_t index = 0; index < rows.size(); ++index) {
      if (auto taken = take(answer->document, rows.at(index)); !taken) return taken;
    }
    if (rows.size() == 0 || !hasNextPage(answer->reply, page, rows.size())) return {};
  }
  return mocoNotUnderstood(endpoint, "more than " + std::to_string(kMostPages) + " pages");
}

Parameters ownRowsOf(const std::string &user_id, CivilDays days) {
  return {{"from", kit::formatDate(days.first)}, {"to", kit::formatDate(days.last)}, {"user_id", user_id}};
}

}  // namespace

MocoClient::MocoClient(kit::HttpTransport &transport, kit::Waiter &waiter, std::string api_key)
    : transport_(transport), waiter_(waiter), api_key_(std::move(api_key)) {}

MocoClient::~MocoClient() { kit::wipe(api_key_); }

Result<MocoAccount> MocoClient::account(const CallLimits &limits) {
  const Asking asking{transport_, waiter_, api_key_, limits};
  const auto session = ask(asking, "session", {});
  if (!session) return session.error();
  MocoAccount account;
  const auto id = session->document.root()["id"].asId();
  if (!id) return mocoNotUnderstood("session", "/id");
  account.user_id = *id;
  // The session carries no name; without the right to read the profile the name stays empty.
  if (const auto profile = ask(asking, "profile", {})) {
    account.display_name = profile->document.root()["full_name"].textOrEmpty();
  }
  return account;
}

Result<std::vector<TimeEntry>> MocoClient::timeEntries(const std::string &user_id, CivilDays days,
                                                       const CallLimits &limits) {
  std::vector<TimeEntry> entries;
  std::set<std::string> seen;
  const auto take = [&](const JsonDocument &document, JsonView row) -> Result<void> {
    auto entry = timeEntryOf(document, row, user_id);
    if (!entry) return std::move(entry).error();
    const bool wanted = *entry && kit::contains(days, (*entry)->date) && seen.insert((*entry)->id).second;
    if (wanted) entries.push_back(std::move(**entry));
    return {};
  };
  const Asking asking{transport_, waiter_, api_key_, limits};
  if (auto done = forEachRow(asking, "activities", ownRowsOf(user_id, days), take); !done)
    return std::move(done).error();
  return entries;
}

Result<std::vector<Holiday>> MocoClient::publicHolidays(const std::string &user_id, CivilDays days,
                                                        const CallLimits &limits) {
  std::vector<Holiday> holidays;
  const auto take = [&](const JsonDocument &document, JsonView row) -> Result<void> {
    auto holiday = publicHolidayOf(document, row, user_id);
    if (!holiday) return std::move(holiday).error();
    const bool known = *holiday && std::find(holidays.begin(), holidays.end(), **holiday) != holidays.end();
    if (*holiday && !known && kit::contains(days, (*holiday)->date)) holidays.push_back(std::move(**holiday));
    return {};
  };
  Parameters parameters = ownRowsOf(user_id, days);
  parameters.emplace_back("absence_code", "2");
  const Asking asking{transport_, waiter_, api_key_, limits};
  if (auto done = forEachRow(asking, "schedules", parameters, take); !done) return std::move(done).error();
  return holidays;
}

}  // namespace roots::host
