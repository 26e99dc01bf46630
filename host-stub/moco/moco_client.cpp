#include "moco/moco_client.h"

#include "moco/moco_json.h"
#include "moco/moco_pages.h"

#include <roots/kit/json.h>
#include <roots/kit/url.h>
#include <roots/kit/wipe.h>

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
constexpr int kMaxPages = 500;

Error unreachable(const kit::TransportError &problem) {
  switch (problem.fault) {
    case TransportFault::cancelled:
      return makeError(Status::cancelled, "Canceled.");
    case TransportFault::timed_out:
      return makeError(Status::try_later, "Moco did not answer in time. Try again later.");
    case TransportFault::name_not_found:
      // Both look the same; a wrong name is detected when it is entered.
      return makeError(
          Status::try_later,
          "Moco's address cannot be resolved: either this computer is offline, or there is no account "
          "of this name. Check the connection and the domain (NAME of NAME.mocoapp.com).");
    case TransportFault::certificate_refused:
    case TransportFault::tls_failed:
      return makeError(Status::try_later, "The connection to Moco is not secure: " + problem.detail +
                                              ". Nothing was sent. If a company proxy inspects the traffic, "
                                              "connect again with --ca-file FILE.");
    case TransportFault::proxy_failed:
      return makeError(Status::try_later, "The company's proxy does not reach Moco at the moment: " +
                                              problem.detail + ". Try again later.");
    case TransportFault::proxy_sign_in_unsupported:
      return makeError(
          Status::try_later,
          "The company's proxy requires authentication by a method that is not supported: " + problem.detail +
              ". Your password was not sent. Ask the proxy's operator for a proxy with Basic authentication "
              "or without authentication.");
    case TransportFault::proxy_unreachable:
    case TransportFault::proxy_wants_sign_in:
    case TransportFault::proxy_refused:
      return makeError(Status::try_later, "The company's proxy does not connect to Moco: " + problem.detail +
                                              ". Check the environment variables https_proxy and no_proxy.");
    case TransportFault::connection_refused:
    case TransportFault::connection_lost:
      return makeError(Status::try_later, "Moco cannot be reached: " + problem.detail + ". Try again later.");
    case TransportFault::reply_not_http:
    case TransportFault::reply_too_large:
      return makeError(Status::unexpected_reply, "Moco's reply was not understood: " + problem.detail + ".");
  }
  return makeError(Status::internal, "The request to Moco failed.");
}

// Maps a reply other than 200 to an error. Moco's texts are localized and never read.
Error refusal(const HttpReply &reply, const std::string &endpoint) {
  if (reply.status == 401) {
    return makeError(Status::sign_in_failed,
                     "Authentication failed: Moco refused the API key. Copy it again from your Moco profile, "
                     "Integrations.")
        .withSetting("api_key")
        .withHttpStatus(reply.status);
  }
  if (reply.status == 403) {
    return makeError(Status::access_missing, "Your Moco key lacks the permission for " + endpoint +
                                                 ". Ask a Moco administrator for it.")
        .withHttpStatus(reply.status);
  }
  if (reply.status == 404 && endpoint == "session") {
    return makeError(Status::invalid_setting,
                     "There is no Moco account of this name. The domain is NAME of NAME.mocoapp.com.")
        .withSetting("domain")
        .withHttpStatus(reply.status);
  }
  const auto wait = kit::retryAfter(reply);
  if (reply.status == 429) {
    // Moco's documented limit applies to two minutes.
    const std::string duration = kit::waitText(wait.value_or(std::chrono::minutes(2)));
    return makeError(Status::try_later, "Moco's rate limit is reached. Try again in " + duration + ".")
        .withHttpStatus(reply.status)
        .withRetryAfter(wait);
  }
  if (reply.status == 408 || reply.status >= 500) {
    return makeError(Status::try_later, "Moco returned a server error (HTTP " + std::to_string(reply.status) +
                                            "). Try again later.")
        .withHttpStatus(reply.status)
        .withRetryAfter(wait);
  }
  return mocoNotUnderstood(endpoint, "HTTP " + std::to_string(reply.status)).withHttpStatus(reply.status);
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

// The state of reading rows into the model.
template <class Row>
struct Reading {
  const char *endpoint;
  const char *called;  // one row
  CivilDays days;
  ReadRow<Row> (*read)(JsonView row, const std::string &user_id);
  std::string (*identityOf)(const Row &row);  // a row that moved between two pages counts once
  MocoRows<Row> result = {};
  std::string first_odd = {};  // its JSON pointer
  std::set<std::string> seen = {};

  void take(const JsonDocument &document, JsonView row, const std::string &user_id) {
    ReadRow<Row> read_row = read(row, user_id);
    if (!read_row.odd_member.empty()) {
      UncountedRow odd = oddRowOf(row, called, read_row.odd_member, days.first);
      if (!kit::contains(days, odd.date)) return;
      if (first_odd.empty() && read_row.odd_member != "user")
        first_odd = document.pointerTo(row) + "/" + read_row.odd_member;
      result.odd.push_back(std::move(odd));
      return;
    }
    if (!read_row.value || !kit::contains(days, read_row.value->date)) return;
    if (seen.insert(identityOf(*read_row.value)).second) result.rows.push_back(std::move(*read_row.value));
  }
};

// Reads from the first page to the last. True: complete; false: the list changed in between.
template <class Row>
Result<bool> readPages(const Asking &asking, const Parameters &parameters, const std::string &user_id,
                       Reading<Row> &reading) {
  ListPages pages;
  while (pages.number() <= kMaxPages) {
    Parameters with_page = parameters;
    with_page.emplace_back("page", std::to_string(pages.number()));
    auto answer = ask(asking, reading.endpoint, with_page);
    if (!answer) return std::move(answer).error();
    const JsonView rows = answer->document.root();
    if (!rows.isArray()) return mocoNotUnderstood(reading.endpoint, "the list at /");
    for (std::size_t index = 0; index < rows.size(); ++index)
      reading.take(answer->document, rows.at(index), user_id);
    switch (pages.take(answer->reply, rows.size())) {
      case ListPages::Next::another_page:
        break;
      case ListPages::Next::complete:
        return true;
      case ListPages::Next::changed:
        return false;
      case ListPages::Next::inconsistent:
        return mocoNotUnderstood(reading.endpoint, "the list does not add up: " + pages.problem());
    }
  }
  return mocoNotUnderstood(reading.endpoint, "more than " + std::to_string(kMaxPages) + " pages");
}

// All pages, or an error: a partial list is never returned.
template <class Row>
Result<MocoRows<Row>> readAll(const Asking &asking, Parameters parameters, const std::string &user_id,
                              const Reading<Row> &blank) {
  constexpr int most_tries = 3;
  parameters.emplace_back("per_page", std::to_string(kRowsPerPage));
  for (int tries = 0; tries < most_tries; ++tries) {
    Reading<Row> reading = blank;
    const auto is_complete = readPages(asking, parameters, user_id, reading);
    if (!is_complete) return is_complete.error();
    if (!*is_complete) continue;
    // One malformed row is reported; only malformed rows mean that the reply was not understood.
    if (reading.result.rows.empty() && reading.result.odd.size() > 1 && !reading.first_odd.empty())
      return mocoNotUnderstood(reading.endpoint, reading.first_odd);
    return std::move(reading.result);
  }
  return makeError(Status::try_later,
                   "Moco's rows changed again and again while they were read. Try again in a moment.")
      .withHttpStatus(200);  // the service replied
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
  // The session has no name; without the permission to read the profile, the name stays empty.
  if (const auto profile = ask(asking, "profile", {}))
    account.display_name = profile->document.root()["full_name"].textOrEmpty();
  return account;
}

Result<MocoRows<TimeEntry>> MocoClient::timeEntries(const std::string &user_id, CivilDays days,
                                                    const CallLimits &limits) {
  const Asking asking{transport_, waiter_, api_key_, limits};
  const auto identity = [](const TimeEntry &entry) { return entry.id; };
  return readAll(asking, ownRowsOf(user_id, days), user_id,
                 Reading<TimeEntry>{"activities", "time entry", days, timeEntryOf, identity});
}

Result<MocoRows<Holiday>> MocoClient::publicHolidays(const std::string &user_id, CivilDays days,
                                                     const CallLimits &limits) {
  const Asking asking{transport_, waiter_, api_key_, limits};
  Parameters parameters = ownRowsOf(user_id, days);
  parameters.emplace_back("absence_code", "2");
  const auto identity = [](const Holiday &holiday) {
    return kit::formatDate(holiday.date) + std::to_string(static_cast<int>(holiday.extent)) + holiday.name;
  };
  return readAll(asking, std::move(parameters), user_id,
                 Reading<Holiday>{"schedules", "public holiday", days, publicHolidayOf, identity});
}

}  // namespace roots::host
