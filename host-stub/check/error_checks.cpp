// Failures: what leaves the plugin, and what is written into the host's records.
#include "check/connected_trial.h"
#include "check/loopback_service.h"

#include <roots/provider_client.hpp>

#include <algorithm>
#include <vector>

namespace roots::check {

namespace {

constexpr const char *kCreates = "create-without-optional-host-functions";

// A call that fails without any network: a fetch before connect().
Ended failingCall(const Subject &subject, const CallPlan &plan) {
  Trial trial(tableOf(subject));
  return trial.absences(subject.days, plan);
}

// Deep enough to break a parser that recurses.
std::string nonsense() {
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

// connect() to services that send nonsense.
Verdict meetNonsense(const Subject &subject) {
  if (addressSetting(subject).empty()) return passed();
  for (const auto &reply :
       {replyWith("application/json", nonsense()), replyWith("text/html", "<html></html>")}) {
    const LoopbackService service(reply);
    Trial trial(tableOf(subject));
    const auto ended = trial.connect(settingsFor(subject, service.address()));
    if (ended.threw) return failed("An exception came out of connect() when the service sent nonsense.");
    if (ended.ok()) return failed("connect() took nonsense for a reply.");
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
  return threw ? failed("A C++ exception came out of a call.") : meetNonsense(subject);
}

Verdict mayBeNull(const Subject &subject) {
  CallPlan plan;
  plan.with_error_record = false;
  (void)failingCall(subject, plan);  // a plugin that writes to it all the same ends the process
  return passed();
}

Verdict olderIsRespected(const Subject &subject) {
  // As long as a host without the message would make it, and one with nothing but the size.
  for (const std::size_t size : {offsetof(roots_error, message), sizeof(std::uint32_t)}) {
    CallPlan plan;
    plan.error_size = size;
    if (!failingCall(subject, plan).records_intact)
      return failed("It writes beyond the struct_size of the error record: into the host's other memory.");
  }
  return passed();
}

Verdict saysSomething(const Subject &subject) {
  const auto ended = failingCall(subject, {});
  if (!ended.message_ends) return failed("The message of an error does not end in NUL.");
  if (!detail::isUtf8(ended.message) || !detail::isUtf8(ended.setting))
    return failed("An error is not UTF-8.");
  return ended.message.empty() ? failed("A failure has no message that says what is wrong.") : passed();
}

Verdict statusesAreKnown(const Subject &subject) {
  const auto known = [](const Ended &ended) {
    return ended.status >= ROOTS_OK && ended.status <= ROOTS_NOT_CONNECTED;
  };
  Trial trial(tableOf(subject));
  const bool fine = known(trial.absences(subject.days)) && known(trial.schedule(subject.days)) &&
                    known(trial.balances()) && known(trial.locks()) &&
                    known(trial.connect(settingsFor(subject, refusingAddress()), shortly()));
  return fine
             ? passed()
             : failed("It returns a status that the header does not have. Hosts take it for ROOTS_INTERNAL.");
}

}  // namespace

Checks errorChecks() {
  return {
      {"exceptions-do-not-escape",
       "Whatever happens becomes a status, 10 MB of nonsense from the service too.", "R5", kCreates,
       nothingEscapes},
      {"statuses-are-known", "Statuses are those of the header.", "R9", kCreates, statusesAreKnown},
      {"error-record-may-be-null", "A host that does not care for the error may pass NULL.", "P6", kCreates,
       mayBeNull},
      {"older-error-record-is-respected", "Nothing is written beyond an error's struct_size.", "R8", kCreates,
       olderIsRespected},
      {"errors-say-something", "A failure has a message, in UTF-8, ended by NUL.", "P6",
       "fetch-before-connect-fails-cleanly", saysSomething},
  };
}

}  // namespace roots::check
