// What becomes of secrets.
#include "check/connected_trial.h"
#include "check/loopback_service.h"

#include <roots/kit/url.h>

#include <cstring>

namespace roots::check {

namespace {

constexpr const char *kCreates = "create-without-optional-host-functions";

bool holds(const std::string &text, const std::string &secret) {
  return text.find(secret) != std::string::npos ||
         text.find(kit::percentEncoded(secret)) != std::string::npos;
}

// What a plugin keeps may be several things in one text: a token beside its time, or JSON. Those of any
// length are secret.
void addParts(const std::string &kept, Settings &secrets) {
  constexpr std::size_t shortest = 20;
  std::string part;
  for (const char letter : kept + '\n') {
    if (std::strchr(" \n\t\"{}[]:,;|", letter) == nullptr) {
      part += letter;
      continue;
    }
    const bool has_digit = part.find_first_of("0123456789") != std::string::npos;
    if (part.size() >= shortest && has_digit) secrets["kept " + std::to_string(secrets.size())] = part;
    part.clear();
  }
}

// Whether one of the secrets is in one of the texts.
bool leaks(const std::vector<std::string> &texts, const Settings &secrets) {
  for (const auto &text : texts) {
    for (const auto &[key, secret] : secrets) {
      if (holds(text, secret)) return true;
    }
  }
  return false;
}

Verdict neverTold(const Subject &subject) {
  const Settings secrets = inventedSecrets(subject);
  if (secrets.empty()) return skipped("The manifest has no secret setting.");
  host::ServerReply refusal;
  refusal.status = 401;
  refusal.body = R"({"error":"invalid_client"})";
  host::ServerReply page;
  page.content_type = "text/html";
  page.body = "<html></html>";
  Trial trial(tableOf(subject));
  for (const auto &reply : {refusal, page}) {
    const LoopbackService service(reply);
    (void)trial.connect(settingsFor(subject, service.address()));
    if (leaks(service.targets(), secrets))
      return failed(
          "A secret was sent as part of an address, where proxies and logs keep it. Send it in a header.");
  }
  (void)trial.connect(settingsFor(subject, refusingAddress()), shortly());
  if (leaks(trial.said(), secrets)) return failed("A secret was written to the log, a notice or an error.");
  return passed();
}

Verdict realOnesNeverTold(const Subject &subject) {
  return whenConnected(subject, [&](Trial &trial) {
    (void)trial.absences(subject.days);
    (void)trial.schedule(subject.days);
    (void)trial.balances();
    Settings secrets;
    for (const auto &[key, value] : trial.secrets()) addParts(value, secrets);
    const Settings settings = *realSettings(subject);
    for (const auto &field : manifestOf(subject).settings) {
      const auto found = settings.find(field.key);
      if (field.isSecret() && found != settings.end()) secrets.insert(*found);
    }
    std::erase_if(secrets, [](const auto &secret) { return secret.second.size() < 4; });
    if (secrets.empty()) return skipped("The plugin has no secrets.");
    return leaks(trial.said(), secrets) ? failed("A secret was written to the log or a notice.") : passed();
  });
}

Verdict canBeForgotten(const Subject &subject) {
  return whenConnected(subject, [&](Trial &first) {
    if (first.secrets().empty()) return skipped("The plugin keeps no secrets at the host.");
    Trial second(tableOf(subject));
    return endedWith(second.connect(*realSettings(subject)), ROOTS_OK,
                     "In a host that has forgotten its secrets");
  });
}

Verdict spoiltAreReplaced(const Subject &subject) {
  return whenConnected(subject, [&](Trial &first) {
    if (first.secrets().empty()) return skipped("The plugin keeps no secrets at the host.");
    Trial second(tableOf(subject));
    for (const auto &[key, value] : first.secrets()) second.secrets()[key] = "spoilt";
    return endedWith(second.connect(*realSettings(subject)), ROOTS_OK,
                     "With kept secrets that are worth nothing any more");
  });
}

Verdict keysAreShort(const Subject &subject) {
  return whenConnected(subject, [&](Trial &trial) {
    if (trial.secrets().empty()) return skipped("The plugin keeps no secrets at the host.");
    if (!manifestOf(subject).keeps_secrets)
      return failed("It keeps secrets although permissions.secrets is false.");
    for (const auto &[key, value] : trial.secrets()) {
      if (key.empty() || key.size() > 64)
        return failed("A secret's key has " + std::to_string(key.size()) + " bytes, not 1 to 64.");
    }
    return passed();
  });
}

}  // namespace

Checks secretChecks() {
  const std::string connects = "connect-gives-an-account";
  return {
      {"secrets-never-appear-in-logs-or-errors",
       "Secret settings reach neither log, notice, error nor address.", "P10", kCreates, neverTold},
      {"kept-secrets-never-appear-in-logs", "Neither do those of a connection that works.", "P10", connects,
       realOnesNeverTold},
      {"saved-secrets-can-be-forgotten", "It signs in again where its kept secrets are gone.", "P10",
       connects, canBeForgotten},
      {"spoilt-secrets-are-replaced", "It signs in again where its kept secrets are worth nothing.", "P10",
       connects, spoiltAreReplaced},
      {"saved-secrets-are-permitted-and-named", "Secrets are kept by permission, with keys of 1 to 64 bytes.",
       "P10", connects, keysAreShort},
  };
}

}  // namespace roots::check
