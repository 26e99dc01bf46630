#include "larkspur_provider.h"

#include "larkspur_replies.h"

#include <roots/kit/http_transport.h>
#include <roots/kit/json.h>
#include <roots/kit/retry.h>
#include <roots/kit/url.h>

#include <optional>
#include <utility>

namespace larkspur {

namespace {

using roots::Error;
using roots::makeError;
using roots::Result;
using roots::Status;
using roots::kit::TransportFault;

constexpr const char *kTokenKey = "token";

Error notConnected() { return makeError(Status::not_connected, "Connect to Larkspur first."); }

Error faultMeans(const roots::kit::TransportError &error) {
  switch (error.fault) {
    case TransportFault::cancelled:
      return makeError(Status::cancelled, "");
    case TransportFault::reply_not_http:
    case TransportFault::reply_too_large:
      return makeError(Status::unexpected_reply,
                       "The service at this address is not Larkspur. Check \"Address\".")
          .withSetting("base_url");
    default:
      return makeError(Status::try_later,
                       "Larkspur cannot be reached (" + error.detail + "). Try again later.");
  }
}

// nullopt: the request succeeded.
std::optional<Error> statusMeans(const roots::kit::HttpReply &reply) {
  switch (reply.status) {
    case 200:
      return std::nullopt;
    case 401:
      return makeError(Status::sign_in_failed,
                       "Larkspur refuses this API key. Create a new one: My account, Keys.")
          .withSetting("api_key")
          .withHttpStatus(401);
    case 403:
      return makeError(
                 Status::access_missing,
                 "The API key lacks a permission. Select \"Own profile\" and \"Own absences\" for the key.")
          .withSetting("api_key")
          .withHttpStatus(403);
    case 404:
      return makeError(Status::person_not_found, "Larkspur has no person for this API key.")
          .withSetting("api_key")
          .withHttpStatus(404);
    default:
      break;
  }
  if (reply.status == 408 || reply.status == 429 || reply.status >= 500) {
    return makeError(Status::try_later, "Larkspur is busy. Try again later.")
        .withHttpStatus(reply.status)
        .withRetryAfter(roots::kit::retryAfter(reply));
  }
  return makeError(Status::unexpected_reply, "Larkspur's reply was not understood. Check \"Address\".")
      .withSetting("base_url")
      .withHttpStatus(reply.status);
}

// Passes the records to the host. An error from the host ends the call.
template <class Record>
Result<void> deliver(const std::vector<Record> &records, roots::Receiver<Record> &receiver) {
  for (const auto &record : records)
    if (auto taken = receiver.accept(record); !taken) return taken;
  return {};
}

}  // namespace

LarkspurProvider::LarkspurProvider(roots::Host host)
    : LarkspurProvider(std::move(host), [](const std::string &base_url) {
        roots::kit::TransportOptions options;
        options.base_url = base_url;
        return roots::kit::makeHttpTransport(std::move(options));
      }) {}

LarkspurProvider::LarkspurProvider(roots::Host host, MakeTransport make_transport)
    : host_(std::move(host)), make_transport_(std::move(make_transport)) {}

void LarkspurProvider::disconnect() {
  transport_.reset();
  token_.clear();
  schedule_delivered_ = false;
}

Result<std::string> LarkspurProvider::send(const roots::kit::HttpRequest &request,
                                           const roots::Call &call) const {
  if (call.cancelled()) return makeError(Status::cancelled, "");
  const roots::kit::CallLimits limits{call.deadline(), [&call] { return call.cancelled(); }, nullptr};
  auto reply = roots::kit::sendWithRetry(*transport_, request, limits, {}, roots::kit::realWaiter());
  if (!reply) return faultMeans(reply.error());
  if (auto error = statusMeans(*reply)) return *std::move(error);
  return std::move(reply->body);
}

Result<std::string> LarkspurProvider::get(const std::string &target, const roots::Call &call) const {
  // Secrets belong in a header: proxies log URLs.
  return send({"GET", target, {{"Authorization", "Bearer " + token_}}, ""}, call);
}

// Uses the token of an earlier session if it is still valid, otherwise a new one.
Result<roots::Account> LarkspurProvider::signIn(const std::string &api_key, const roots::Call &call) {
  // The key is stored with the token, so that another key never uses another person's session.
  const std::string owner = api_key + '\n';
  const auto kept = host_.loadSecret(kTokenKey);
  if (kept && kept->compare(0, owner.size(), owner) == 0) {
    token_ = kept->substr(owner.size());
    const auto reply = get("/v1/me", call);
    if (reply) return readProfile(*reply);
    if (reply.error().status != Status::sign_in_failed) return reply.error();
  }
  const std::string body =
      roots::kit::JsonWriter().beginObject().text("api_key", api_key).endObject().finish();
  const auto session = send({"POST", "/v1/session", {{"Content-Type", "application/json"}}, body}, call);
  if (!session) return session.error();
  auto token = readToken(*session);
  if (!token) return std::move(token).error();
  token_ = std::move(*token);
  host_.saveSecret(kTokenKey,
                   owner + token_);  // if it is not stored, the next session needs one more request
  const auto reply = get("/v1/me", call);
  return reply ? readProfile(*reply) : reply.error();
}

Result<roots::Account> LarkspurProvider::connect(const roots::Settings &settings, const roots::Call &call) {
  disconnect();  // if this fails, the provider is not connected
  const auto api_key = settings.find("api_key");
  if (api_key == settings.end() || api_key->second.empty()) {
    return makeError(Status::invalid_setting, "\"API key\" is missing. Enter one from My account, Keys.")
        .withSetting("api_key");
  }
  const auto base_url = settings.find("base_url");
  auto transport =
      make_transport_(base_url == settings.end() ? "https://api.larkspur.example.com" : base_url->second);
  if (!transport) return std::move(transport).error();

  transport_ = std::move(*transport);
  call.progress(0, "Signing in");
  auto account = signIn(api_key->second, call);
  if (!account) disconnect();
  return account;
}

Result<void> LarkspurProvider::fetchAbsences(roots::Days days, const roots::Call &call,
                                             roots::Receiver<roots::AbsenceDay> &receiver) {
  if (!connected()) return notConnected();
  const auto first = roots::kit::fromRecord(days.first);
  const auto last = roots::kit::fromRecord(days.last);
  if (!first || !last || *last < *first)
    return makeError(Status::internal, "The requested range ends before it begins.");
  const auto reply =
      get("/v1/me/absences?" + roots::kit::encodedPairs({{"from", roots::kit::formatDate(*first)},
                                                         {"to", roots::kit::formatDate(*last)}}),
          call);
  if (!reply) return reply.error();
  const auto records = readAbsences(*reply, {*first, *last});
  return records ? deliver(*records, receiver) : records.error();
}

Result<void> LarkspurProvider::fetchSchedule(roots::Days /*days*/, const roots::Call &call,
                                             roots::Receiver<roots::Week> &receiver) {
  if (!connected()) return notConnected();
  const auto reply = get("/v1/me/working-week", call);
  if (!reply) return reply.error();
  const auto week = readWorkingWeek(*reply);
  if (!week) return week.error();
  auto taken = receiver.accept(*week);
  schedule_delivered_ = taken.ok();
  return taken;
}

Result<void> LarkspurProvider::fetchBalances(const roots::Call &call,
                                             roots::Receiver<roots::Balance> &receiver) {
  if (!connected()) return notConnected();
  const auto reply = get("/v1/me/allowances", call);
  if (!reply) return reply.error();
  const auto balances = readAllowances(*reply);
  return balances ? deliver(*balances, receiver) : balances.error();
}

Result<void> LarkspurProvider::settingsLocks(roots::Receiver<roots::Lock> &receiver) {
  if (!connected()) return {};
  std::vector<roots::Lock> locks{{"absences", "Absences come from Larkspur. Disconnect to edit them."}};
  // Without a schedule, nobody could set the hours.
  if (schedule_delivered_) {
    locks.push_back(
        {"weekday_hours", "Weekly hours follow Larkspur's working week. Disconnect to edit them."});
  }
  return deliver(locks, receiver);
}

}  // namespace larkspur
