// connect() against the author's service and against misbehaving services.
#include "check/connected_trial.h"
#include "check/loopback_service.h"

#include <roots/provider_client.hpp>

namespace roots::check {

namespace {

using host::ServerReply;

constexpr const char *kConnects = "connect-gives-an-account";

// The result of connect() with a service at this address.
Ended connectTo(const Subject &subject, const std::string &address, const CallPlan &plan = {}) {
  Trial trial(tableOf(subject));
  return trial.connect(settingsFor(subject, address), plan);
}

ServerReply replyOf(int status, const std::string &type, const std::string &body) {
  ServerReply reply;
  reply.status = status;
  reply.content_type = type;
  reply.body = body;
  return reply;
}

Verdict givesAccount(const Subject &subject) {
  const auto settings = realSettings(subject);
  if (!settings) {
    return skipped(
        "There is no service to connect to. Specify one with --setting, or recorded replies with --replies.");
  }
  Trial trial(tableOf(subject));
  const auto first = trial.connect(*settings);
  if (!first.ok()) {
    return failed(first.threw ? "connect() threw an exception."
                              : nameOf(first.status) + ": " +
                                    (first.message.empty() ? "(no message)" : first.message));
  }
  if (first.id.empty()) return failed("The account has no id.");
  if (!detail::isUtf8(first.id) || !detail::isUtf8(first.display_name))
    return failed("Texts of the account are not UTF-8.");
  for (const roots_date date : {first.employed_from, first.employed_until}) {
    if (date.year != 0 && !detail::isRealDate(detail::fromAbi(date)))
      return failed("The account's employment begins or ends on a day that does not exist.");
  }
  const auto second = trial.connect(*settings);
  if (!second.ok()) return failed("Connecting a second time failed: " + second.message);
  return first.id == second.id ? passed() : failed("The account's id is different each time.");
}

Verdict namesMissing(const Subject &subject) {
  std::string required;
  for (const auto &field : manifestOf(subject).settings)
    if (field.required) required += " " + field.key + " ";
  if (required.empty()) return skipped("No setting is required.");
  Trial trial(tableOf(subject));
  const auto ended = trial.connect({});
  if (auto verdict = endedWith(ended, ROOTS_INVALID_SETTING, "Without any setting");
      verdict.outcome != Outcome::passed)
    return verdict;
  const bool named = !ended.setting.empty() && required.find(" " + ended.setting + " ") != std::string::npos;
  return named ? passed() : failed("error.setting names none of the required settings.");
}

Verdict ignoresUnknown(const Subject &subject) {
  auto settings = realSettings(subject);
  if (!settings) return skipped("There is no service to connect to.");
  Trial trial(tableOf(subject));
  (*settings)["a_setting_of_the_future"] = "1";
  return endedWith(trial.connect(*settings), ROOTS_OK, "With a setting it does not know");
}

Verdict refusedPort(const Subject &subject) {
  if (addressSetting(subject).empty()) return skipped(kNoAddress);
  return endedWith(connectTo(subject, refusingAddress(), shortly()), ROOTS_TRY_LATER,
                   "With a refused connection");
}

Verdict silentServer(const Subject &subject) {
  if (addressSetting(subject).empty()) return skipped(kNoAddress);
  const LoopbackService service(silence());
  CallPlan plan;
  plan.timeout = Milliseconds(600);
  const auto ended = connectTo(subject, service.address(), plan);
  const Milliseconds took = ended.ownPart(ended.took);
  if (took > plan.timeout + Milliseconds(500))
    return failed("With 600 ms to go, connect() returned after " + std::to_string(took.count()) + " ms.");
  return endedWith(ended, ROOTS_TRY_LATER, "When the service does not answer in time");
}

Verdict garbage(const Subject &subject) {
  if (addressSetting(subject).empty()) return skipped(kNoAddress);
  const LoopbackService service(replyOf(200, "text/html", "<html><body>Welcome to the hotel.</body></html>"));
  return endedWith(connectTo(subject, service.address()), ROOTS_UNEXPECTED_REPLY, "When a web page answers");
}

Verdict unauthorized(const Subject &subject) {
  if (addressSetting(subject).empty()) return skipped(kNoAddress);
  const LoopbackService service(replyOf(401, "application/json", "{}"));
  return endedWith(connectTo(subject, service.address()), ROOTS_SIGN_IN_FAILED,
                   "When every request is answered with 401");
}

Verdict unavailable(const Subject &subject) {
  if (addressSetting(subject).empty()) return skipped(kNoAddress);
  const LoopbackService service(replyOf(503, "application/json", "{}"));
  CallPlan plan;
  plan.timeout = Milliseconds(1500);
  return endedWith(connectTo(subject, service.address(), plan), ROOTS_TRY_LATER,
                   "When every request is answered with 503");
}

Verdict failureDisconnects(const Subject &subject) {
  if (addressSetting(subject).empty()) return skipped(kNoAddress);
  return whenConnected(subject, [&](Trial &trial) {
    const auto again = trial.connect(settingsFor(subject, refusingAddress()), shortly());
    if (again.ok()) return failed("A second connect() with a refused connection succeeded.");
    return endedWith(trial.schedule(subject.days), ROOTS_NOT_CONNECTED,
                     "After a second connect() that failed");
  });
}

Verdict fetchBeforeConnect(const Subject &subject) {
  Trial trial(tableOf(subject));
  const std::string when = " asked before connect()";
  Verdict verdict = endedWith(trial.absences(subject.days), ROOTS_NOT_CONNECTED, "fetch_absences," + when);
  if (verdict.outcome == Outcome::passed)
    verdict = endedWith(trial.schedule(subject.days), ROOTS_NOT_CONNECTED, "fetch_schedule," + when);
  if (verdict.outcome == Outcome::passed)
    verdict = endedWith(trial.balances(), ROOTS_NOT_CONNECTED, "fetch_balances," + when);
  return verdict;
}

}  // namespace

Checks connectChecks() {
  return {
      {kConnects, "connect() signs in and delivers an account with an id, also the second time.", "P5",
       kCreates, givesAccount},
      {"connect-without-settings-names-the-field", "The error names a missing required setting.", "P5",
       kCreates, namesMissing},
      {"connect-unknown-setting-is-ignored", "A setting of a newer host is ignored.", "P5", kConnects,
       ignoresUnknown},
      {"connect-refused-port-is-try-later", "A refused connection leads to ROOTS_TRY_LATER.", "P6", kCreates,
       refusedPort},
      {"connect-to-silent-server-keeps-the-deadline",
       "A silent service does not delay a call beyond its deadline.", "P7", kCreates, silentServer, true},
      {"connect-garbage-reply-is-unexpected-reply",
       "A web page instead of a reply leads to ROOTS_UNEXPECTED_REPLY.", "P6", kCreates, garbage},
      {"connect-401-is-sign-in-failed", "Refused credentials lead to ROOTS_SIGN_IN_FAILED.", "P6", kCreates,
       unauthorized},
      {"connect-503-is-try-later", "An unavailable service leads to ROOTS_TRY_LATER.", "P6", kCreates,
       unavailable},
      {"failed-connect-disconnects", "A repeated connect() that fails leaves the provider unconnected.", "P5",
       kConnects, failureDisconnects},
      {"fetch-before-connect-fails-cleanly", "Before connect(), every fetch returns ROOTS_NOT_CONNECTED.",
       "P5", kCreates, fetchBeforeConnect},
  };
}

}  // namespace roots::check
