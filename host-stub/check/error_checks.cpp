// Failures: what leaves the plugin, and what it writes to the host's records.
#include "check/connected_trial.h"
#include "check/loopback_service.h"

#include <roots/provider_client.hpp>

#include <algorithm>
#include <vector>

namespace roots::check {

namespace {

// A call that fails without network access: a fetch before connect().
Ended failingCall(const Subject &subject, const CallPlan &plan) {
  Trial trial(tableOf(subject));
  return trial.absences(subject.days, plan);
}

// Nested deeply enough to break a recursive parser.
std::string malformedBody() {
  std::string text;
  text.resize(10'000'000, '[');
  return text;
}

host::ServerReply replyWith(const std::string &type, const std::string &body) {
  host::ServerReply reply;
  reply.content_type = type;
  reply.body = body;
  return reply;
}

// connect() to services that send malformed replies.
Verdict testMalformedReplies(const Subject &subject) {
  if (addressSetting(subject).empty()) return passed();
  for (const auto &reply :
       {replyWith("application/json", malformedBody()), replyWith("text/html", "<html></html>")}) {
    const LoopbackService service(reply);
    Trial trial(tableOf(subject));
    const auto ended = trial.connect(settingsFor(subject, service.address()));
    if (ended.threw) return failed("connect() threw an exception when the service sent a malformed reply.");
    if (ended.ok()) return failed("connect() accepted a malformed reply.");
  }
  return passed();
}

Verdict nothingEscapes(const Subject &subject) {
  Trial trial(tableOf(subject));
  std::vector<Ended> all{trial.created(),
                         trial.absences(subject.days),
                         trial.schedule(subject.days),
                         trial.balances(),
                         trial.locks(),
                         trial.connect({}),
                         trial.connect(settingsFor(subject, refusingAddress()), shortly())};
  if (const auto settings = realSettings(subject)) {
    all.push_back(trial.connect(*settings));
    all.push_back(trial.absences(subject.days));
    all.push_back(trial.schedule(subject.days));
    all.push_back(trial.balances());
    all.push_back(trial.locks());
  }
  const bool threw = std::any_of(all.begin(), all.end(), [](const Ended &ended) { return ended.threw; });
  return threw ? failed("A call threw a C++ exception.") : testMalformedReplies(subject);
}

Verdict mayBeNull(const Subject &subject) {
  CallPlan plan;
  plan.with_error_record = false;
  (void)failingCall(subject, plan);  // a plugin that writes to it anyway crashes
  return passed();
}

Verdict olderIsRespected(const Subject &subject) {
  // Sizes of a host without the message, and of a record that contains only its size.
  for (const std::size_t size : {offsetof(roots_error, message), sizeof(std::uint32_t)}) {
    CallPlan plan;
    plan.error_size = size;
    if (!failingCall(subject, plan).records_intact)
      return failed("It writes beyond the struct_size of the error record, into other memory of the host.");
  }
  return passed();
}

Verdict saysSomething(const Subject &subject) {
  const auto ended = failingCall(subject, {});
  if (!ended.message_ends) return failed("The message of an error does not end in NUL.");
  if (!detail::isUtf8(ended.message) || !detail::isUtf8(ended.setting))
    return failed("An error is not UTF-8.");
  return ended.message.empty() ? failed("A failure has no message that states what is wrong.") : passed();
}

Verdict statusesAreKnown(const Subject &subject) {
  const auto known = [](const Ended &ended) {
    return ended.status >= ROOTS_OK && ended.status <= ROOTS_NOT_CONNECTED;
  };
  Trial trial(tableOf(subject));
  const bool fine = known(trial.absences(subject.days)) && known(trial.schedule(subject.days)) &&
                    known(trial.balances()) && known(trial.locks()) &&
                    known(trial.connect(settingsFor(subject, refusingAddress()), shortly()));
  return fine ? passed()
              : failed(
                    "It returns a status that the header does not define. Hosts treat it as ROOTS_INTERNAL.");
}

}  // namespace

Checks errorChecks() {
  return {
      {"exceptions-do-not-escape",
       "Every failure becomes a status, also 10 MB of malformed data from the service.", "R5", kCreates,
       nothingEscapes},
      {"statuses-are-known", "The header defines every returned status.", "R9", kCreates, statusesAreKnown},
      {"error-record-may-be-null", "A host can pass NULL for the error record.", "P6", kCreates, mayBeNull},
      {"older-error-record-is-respected", "Nothing is written beyond an error's struct_size.", "R8", kCreates,
       olderIsRespected},
      {"errors-say-something", "A failure has a message, in UTF-8, ended by NUL.", "P6",
       "fetch-before-connect-fails-cleanly", saysSomething},
  };
}

}  // namespace roots::check
