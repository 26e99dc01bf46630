#include "errors/personio_errors.h"

#include "errors/http_status.h"

#include <roots/kit/retry.h>

#include <chrono>
#include <optional>
#include <utility>

namespace roots::personio {
namespace {

std::string text(std::initializer_list<std::string_view> parts) {
  std::string joined;
  for (std::string_view part : parts) joined += part;
  return joined;
}

std::string inBrackets(const std::string &detail) { return detail.empty() ? "" : " (" + detail + ")"; }

}  // namespace

Error cancelled() { return makeError(Status::cancelled, "Canceled."); }

Error transportFailed(const kit::TransportError &fault) {
  const std::string detail = inBrackets(fault.detail);
  switch (fault.fault) {
    case kit::TransportFault::cancelled:
      return cancelled();
    case kit::TransportFault::timed_out:
      return makeError(Status::try_later,
                       "Personio did not answer within the time limit. Try again later, or increase \"Time "
                       "limit in seconds\".");
    case kit::TransportFault::name_not_found:
      return makeError(
          Status::try_later,
          "Personio cannot be reached: its address was not found. Check the internet connection, and "
          "\"API address\" if it was changed.");
    case kit::TransportFault::connection_refused:
      return makeError(Status::try_later,
                       "Personio cannot be reached" + detail +
                           ". Check the internet connection, and \"API address\" if it was "
                           "changed.");
    case kit::TransportFault::connection_lost:
      return makeError(Status::try_later,
                       "The connection to Personio was closed before the reply was complete" + detail +
                           ". Try again later.");
    case kit::TransportFault::proxy_unreachable:
      return makeError(Status::try_later,
                       "The company's proxy cannot be reached" + detail +
                           ". Check the network, and the environment variable https_proxy.");
    case kit::TransportFault::proxy_failed:
      return makeError(Status::try_later, "The company's proxy does not reach Personio at the moment" +
                                              detail + ". Try again later.");
    case kit::TransportFault::proxy_sign_in_unsupported:
      return makeError(Status::try_later,
                       "The company's proxy requires authentication by a method that is not supported" +
                           detail +
                           ". Your password was not sent. Ask the proxy's operator for a proxy with Basic "
                           "authentication or without authentication.");
    case kit::TransportFault::proxy_wants_sign_in:
      return makeError(
          Status::try_later,
          "The company's proxy requires authentication" + detail +
              ". Write http://USER:PASSWORD@HOST:PORT into the environment variable https_proxy.");
    case kit::TransportFault::proxy_refused:
      return makeError(Status::try_later, "The company's proxy does not let Personio through" + detail +
                                              ". Ask who runs it, or check the environment variables "
                                              "https_proxy and no_proxy.");
    case kit::TransportFault::certificate_refused:
      // Asking again would not help: the answer is either another address or the proxy's authority.
      return makeError(Status::invalid_setting,
                       "The connection to Personio is not trusted" + detail +
                           ". If a company proxy inspects the traffic, set \"Certificate authority file\" to "
                           "the proxy's CA certificate; otherwise check \"API address\".")
          .withSetting("ca_file");
    case kit::TransportFault::tls_failed:
      return makeError(Status::try_later,
                       "A secure connection to Personio could not be established" + detail +
                           ". Try again later, and check \"API address\" if it was changed.");
    case kit::TransportFault::reply_not_http:
      return makeError(Status::unexpected_reply,
                       "The reply did not come from Personio" + detail +
                           ". Check \"API address\", and whether a proxy is in between.");
    case kit::TransportFault::reply_too_large:
      return makeError(Status::unexpected_reply,
                       "Personio's reply exceeds the size limit. Please report this.");
  }
  return makeError(Status::internal,
                   "The connection to Personio failed in an unknown way. Please report this.");
}

Error settingMissing(std::string_view key, std::string_view label) {
  return settingWrong(key, text({"\"", label, "\" is missing. Enter it in the connection form."}));
}

Error settingWrong(std::string_view key, std::string message) {
  return makeError(Status::invalid_setting, std::move(message)).withSetting(std::string(key));
}

Error signInRefused(int http_status) {
  return makeError(
             Status::sign_in_failed,
             "Authentication failed: Personio refused this Client ID and Client Secret. Copy both again from "
             "Personio (Settings, Integrations, API credentials); a secret is shown only once, and revoked "
             "credentials must be regenerated.")
      .withSetting("client_secret")
      .withHttpStatus(http_status);
}

Error rightMissing(const Endpoint &endpoint, int http_status) {
  return makeError(Status::access_missing,
                   text({"Access missing: the credentials work, but lack the permission \"", endpoint.right,
                         "\" (", endpoint.name, " answered ", std::to_string(http_status),
                         "). Ask a Personio administrator to grant it (Settings, Integrations, API "
                         "credentials)."}))
      .withHttpStatus(http_status);
}

Error attributeMissing(std::string_view tick, std::string_view purpose) {
  return makeError(Status::access_missing,
                   text({"Access missing: Personio does not send the attribute \"", tick,
                         "\", which is needed to ", purpose, ". Ask a Personio administrator to select \"",
                         tick, "\" under \"Readable employee attributes\" of the API credentials."}));
}

Error scheduleEmpty() {
  return makeError(
      Status::access_missing,
      "Your Personio profile has no work schedule that can be read, so the target hours are unknown. "
      "Ask a Personio administrator to assign one, and to select \"Work schedule\" and \"Weekly hours\" "
      "under \"Readable employee attributes\" of the API credentials.");
}

Error employeeNotFound() {
  return makeError(Status::person_not_found,
                   "Employee not found: Personio has no profile with this email. It must match the profile "
                   "exactly, upper and lower case included; check for an alias or another domain.")
      .withSetting("email");
}

Error employeeSpelledDifferently(std::string_view spelling_of_profile) {
  return makeError(
             Status::person_not_found,
             text({"Employee not found: only upper and lower case differ. The Personio profile spells this "
                   "email \"",
                   spelling_of_profile, "\"; enter it exactly like that."}))
      .withSetting("email");
}

Error severalEmployees() {
  return makeError(
             Status::person_not_found,
             "Employee not found: several Personio profiles have this email, so yours cannot be identified. "
             "Ask a Personio administrator to give each profile its own.")
      .withSetting("email");
}

Error employeeGone() {
  return makeError(
      Status::person_not_found,
      "Employee not found: Personio no longer knows your profile, or no longer shows it to these "
      "credentials. Connect again.");
}

Error anotherEmployee() {
  return makeError(Status::person_not_found,
                   "Employee not found: the email now belongs to another Personio profile. Connect again.")
      .withSetting("email");
}

Error rateLimited(const kit::HttpReply &reply, std::chrono::milliseconds fallback) {
  const std::chrono::milliseconds wait = kit::retryAfter(reply).value_or(fallback);
  return makeError(Status::try_later,
                   text({"Personio's rate limit is reached. Try again in ", kit::waitText(wait), "."}))
      .withHttpStatus(reply.status)
      .withRetryAfter(wait);
}

Error serviceBroken(const Endpoint &endpoint, const kit::HttpReply &reply, int http_status) {
  const std::optional<std::chrono::milliseconds> wait = kit::retryAfter(reply);
  const std::string again = wait ? "in " + kit::waitText(*wait) : "later";
  const std::string what = text({" (HTTP ", std::to_string(http_status), " to ", endpoint.name, "). "});
  return makeError(Status::try_later,
                   text({http_status == 408 ? "Personio did not receive the request in time"
                                            : "Personio returned a server error",
                         what, "Try again ", again, "."}))
      .withHttpStatus(http_status)
      .withRetryAfter(wait);
}

Error notPersonio(const Endpoint &endpoint, int http_status) {
  return makeError(
             Status::unexpected_reply,
             text({"The reply to ", endpoint.name, " (HTTP ", std::to_string(http_status),
                   ") is not from Personio. Check \"API address\", and whether a proxy or firewall is in "
                   "between."}))
      .withHttpStatus(http_status);
}

Error refusedRequest(const Endpoint &endpoint, int http_status) {
  return makeError(
             Status::unexpected_reply,
             text({"Personio does not understand ", endpoint.name, " (HTTP ", std::to_string(http_status),
                   "). Check \"API address\" and update the plugin, or report this."}))
      .withHttpStatus(http_status);
}

Error unexpectedReply(const Endpoint &endpoint, std::string_view place, std::string_view what) {
  return makeError(Status::unexpected_reply,
                   text({"Personio's reply to ", endpoint.name,
                         " was not understood: ", place.empty() ? "the reply body" : place, " is ", what,
                         ". No data was changed; update the plugin, or report this."}));
}

Error tooManyPages(const Endpoint &endpoint) {
  return makeError(Status::unexpected_reply,
                   text({"Personio's reply to ", endpoint.name,
                         " exceeds the maximum number of pages. No data was changed; please report this."}));
}

Error samePageTwice(const Endpoint &endpoint) {
  return makeError(Status::unexpected_reply,
                   text({"Personio sent the same page of ", endpoint.name,
                         " twice, so the list may be incomplete. No data was changed; please report this."}));
}

Error listIncomplete(const Endpoint &endpoint) {
  return makeError(
      Status::unexpected_reply,
      text({"Personio's list ", endpoint.name,
            " ended before its own count, so it is incomplete. No data was changed; sync again, or "
            "report this."}));
}

bool isRefusal(const Error &error) {
  return error.status == Status::access_missing || isGone(error.http_status);
}

Error paceExceedsTimeLimit(std::chrono::milliseconds wait) {
  return makeError(Status::try_later,
                   "This takes more requests than Personio allows within the time limit. Sync again, or "
                   "increase \"Time limit in seconds\".")
      .withRetryAfter(wait);
}

}  // namespace roots::personio
