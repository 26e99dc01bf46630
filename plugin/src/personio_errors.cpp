#include "personio_errors.h"

#include <roots/kit/retry.h>

#include <utility>

namespace roots::personio {
namespace {

std::string text(std::initializer_list<std::string_view> parts) {
  std::string joined;
  for (std::string_view part : parts) joined += part;
  return joined;
}

Error failure(Status status, std::string message, int http_status = 0, std::string setting = {}) {
  Error error;
  error.status = status;
  error.message = std::move(message);
  error.http_status = http_status;
  error.setting = std::move(setting);
  return error;
}

std::string inBrackets(const std::string &detail) { return detail.empty() ? "" : " (" + detail + ")"; }

}  // namespace

Error cancelled() { return failure(Status::cancelled, "Cancelled."); }

Error transportFailed(const kit::TransportError &fault) {
  const std::string detail = inBrackets(fault.detail);
  switch (fault.fault) {
    case kit::TransportFault::cancelled:
      return cancelled();
    case kit::TransportFault::timed_out:
      return failure(
          Status::try_later,
          "Personio did not answer within the time limit. Try again later, or raise \"Time limit in "
          "seconds\".");
    case kit::TransportFault::name_not_found:
      return failure(
          Status::try_later,
          "Personio cannot be reached: its address was not found. Check the internet connection, and "
          "\"API address\" if it was changed.");
    case kit::TransportFault::connection_refused:
      return failure(Status::try_later, "Personio cannot be reached" + detail +
                                            ". Check the internet connection, and \"API address\" if it was "
                                            "changed.");
    case kit::TransportFault::connection_lost:
      return failure(Status::try_later, "The connection to Personio broke off before the reply was complete" +
                                            detail + ". Try again later.");
    case kit::TransportFault::proxy_unreachable:
      return failure(Status::try_later, "The company's proxy cannot be reached" + detail +
                                            ". Check the network, and the environment variable https_proxy.");
    case kit::TransportFault::proxy_wants_sign_in:
      return failure(Status::try_later,
                     "The company's proxy wants a sign-in" + detail +
                         ". Write http://USER:PASSWORD@HOST:PORT into the environment variable https_proxy.");
    case kit::TransportFault::proxy_refused:
      return failure(Status::try_later, "The company's proxy does not let Personio through" + detail +
                                            ". Ask who runs it, or check the environment variables "
                                            "https_proxy and no_proxy.");
    case kit::TransportFault::certificate_refused:
      // Asking again would not help: the answer is either another address or the proxy's authority.
      return failure(Status::invalid_setting,
                     "The connection to Personio is not trusted" + detail +
                         ". If a company proxy inspects the traffic, give its authority in \"Certificate "
                         "authority file\"; otherwise check \"API address\".",
                     0, "ca_file");
    case kit::TransportFault::tls_failed:
      return failure(Status::try_later,
                     "No secure connection to Personio could be made" + detail +
                         ". Try again later, and check \"API address\" if it was changed.");
    case kit::TransportFault::reply_not_http:
      return failure(Status::unexpected_reply,
                     "What answered is not Personio" + detail +
                         ". Check \"API address\", and whether a proxy is in between.");
    case kit::TransportFault::reply_too_large:
      return failure(Status::unexpected_reply,
                     "Personio's reply is too large to be right. Please report this.");
  }
  return failure(Status::internal,
                 "The connection to Personio failed in an unknown way. Please report this.");
}

Error settingMissing(std::string_view key, std::string_view label) {
  return settingWrong(key, text({"\"", label, "\" is missing. Enter it in the connection form."}));
}

Error settingWrong(std::string_view key, std::string message) {
  return failure(Status::invalid_setting, std::move(message), 0, std::string(key));
}

Error signInRefused(int http_status) {
  return failure(
      Status::sign_in_failed,
      "Authentication failed: Personio refused this Client ID and Client Secret. Copy both again from "
      "Personio (Settings, Integrations, API credentials); a secret is shown only once, and revoked "
      "credentials have to be made anew.",
      http_status, "client_secret");
}

Error rightMissing(const Endpoint &endpoint, int http_status) {
  return failure(Status::access_missing,
                 text({"Access missing: the credentials work, but lack the right \"", endpoint.right, "\" (",
                       endpoint.name, " answered ", std::to_string(http_status),
                       "). Ask a Personio administrator to grant it (Settings, Integrations, API "
                       "credentials)."}),
                 http_status);
}

Error attributeMissing(std::string_view tick, std::string_view purpose) {
  return failure(Status::access_missing,
                 text({"Access missing: Personio does not send the attribute \"", tick,
                       "\", which is needed to ", purpose, ". Ask a Personio administrator to tick \"", tick,
                       "\" under \"Readable employee attributes\" of the API credentials."}));
}

Error scheduleEmpty() {
  return failure(
      Status::access_missing,
      "Your Personio profile has no work schedule that can be read, so the target hours are unknown. "
      "Ask a Personio administrator to assign one, and to tick \"Work schedule\" and \"Weekly hours\" "
      "under \"Readable employee attributes\" of the API credentials.");
}

Error employeeNotFound() {
  return failure(Status::person_not_found,
                 "Employee not found: Personio has no profile with this email. It must match the profile "
                 "exactly, upper and lower case included; check for an alias or another domain.",
                 0, "email");
}

Error employeeSpelledDifferently(std::string_view spelling_of_profile) {
  return failure(
      Status::person_not_found,
      text({"Employee not found: only upper and lower case differ. The Personio profile spells this "
            "email \"",
            spelling_of_profile, "\"; enter it exactly like that."}),
      0, "email");
}

Error severalEmployees() {
  return failure(
      Status::person_not_found,
      "Employee not found: several Personio profiles have this email, so yours cannot be told apart. "
      "Ask a Personio administrator to give each profile its own.",
      0, "email");
}

Error employeeGone() {
  return failure(Status::person_not_found,
                 "Employee not found: Personio no longer knows your profile, or no longer shows it to these "
                 "credentials. Connect again.");
}

Error anotherEmployee() {
  return failure(Status::person_not_found,
                 "Employee not found: the email now belongs to another Personio profile. Connect again.", 0,
                 "email");
}

Error rateLimited(const kit::HttpReply &reply, std::chrono::milliseconds fallback) {
  const std::chrono::milliseconds wait = kit::retryAfter(reply).value_or(fallback);
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
  Error error = failure(Status::try_later,
                        text({"Personio asks to slow down. Try again in ", std::to_string(seconds),
                              seconds == 1 ? " second." : " seconds."}),
                        reply.status);
  error.retry_after = wait;
  return error;
}

Error serviceBroken(const Endpoint &endpoint, int http_status) {
  return failure(Status::try_later,
                 text({"Personio has a problem of its own (HTTP ", std::to_string(http_status), " to ",
                       endpoint.name, "). Try again later."}),
                 http_status);
}

Error notPersonio(const Endpoint &endpoint, int http_status) {
  return failure(Status::unexpected_reply,
                 text({"The reply to ", endpoint.name, " (HTTP ", std::to_string(http_status),
                       ") is not from Personio. Check \"API address\", and whether a proxy or firewall is in "
                       "between."}),
                 http_status);
}

Error refusedRequest(const Endpoint &endpoint, int http_status) {
  return failure(Status::unexpected_reply,
                 text({"Personio does not understand ", endpoint.name, " (HTTP ", std::to_string(http_status),
                       "). Check \"API address\" and update the plugin, or report this."}),
                 http_status);
}

Error unexpectedReply(const Endpoint &endpoint, std::string_view place, std::string_view what) {
  return failure(Status::unexpected_reply,
                 text({"Personio's reply to ", endpoint.name,
                       " was not understood: ", place.empty() ? "the whole" : place, " is ", what,
                       ". Nothing was taken over; update the plugin, or report this."}));
}

Error tooManyPages(const Endpoint &endpoint) {
  return failure(Status::unexpected_reply,
                 text({"Personio's reply to ", endpoint.name,
                       " never ends. Nothing was taken over; please report this."}));
}

Error samePageTwice(const Endpoint &endpoint) {
  return failure(
      Status::unexpected_reply,
      text({"Personio sent the same page of ", endpoint.name,
            " twice, so the list may be incomplete. Nothing was taken over; please report this."}));
}

}  // namespace roots::personio
