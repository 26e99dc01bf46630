// Whether secrets stay secret, and whether lost ones are replaced.
#include "check/connected_trial.h"
#include "check/loopback_service.h"

#include <roots/kit/url.h>

#include <cstring>

namespace roots::check {

namespace {

bool holds(const std::string &text, const std::string &secret) {
  return text.find(secret) != std::string::npos ||
         text.find(kit::percentEncoded(secret)) != std::string::npos;
}

// A stored secret can combine several values in one text, for example a token and its expiry, or JSON.
// Parts from a minimum length on are secret.
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

// Whether one of the texts contains one of the secrets.
bool leaks(const std::vector<std::string> &texts, const Settings &secrets) {
  for (const auto &text : texts) {
    for (const auto &[key, secret] : secrets)
      if (holds(text, secret)) return true;
  }
  return false;
}

Verdict neverLogged(const Subject &subject) {
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
      return failed("A secret was sent as part of a URL, which proxies and logs store. Send it in a header.");
  }
  (void)trial.connect(settingsFor(subject, refusingAddress()), shortly());
  if (leaks(trial.said(), secrets)) return failed("A secret was written to the log, a notice or an error.");
  return passed();
}

Verdict realOnesNeverLogged(const Subject &subject) {
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
    if (first.secrets().empty()) return skipped("The plugin stores no secrets in the host.");
    Trial second(tableOf(subject));
    return endedWith(second.connect(*realSettings(subject)), ROOTS_OK, "In a host that has lost its secrets");
  });
}

Verdict corruptAreReplaced(const Subject &subject) {
  return whenConnected(subject, [&](Trial &first) {
    if (first.secrets().empty()) return skipped("The plugin stores no secrets in the host.");
    Trial second(tableOf(subject));
    for (const auto &[key, value] : first.secrets()) second.secrets()[key] = "corrupt";
    return endedWith(second.connect(*realSettings(subject)), ROOTS_OK, "With corrupt stored secrets");
  });
}

Verdict keysAreShort(const Subject &subject) {
  return whenConnected(subject, [&](Trial &trial) {
    if (trial.secrets().empty()) return skipped("The plugin stores no secrets in the host.");
    if (!manifestOf(subject).keeps_secrets)
      return failed("It stores secrets although permissions.secrets is false.");
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
      {"secrets-never-appear-in-logs-or-errors", "Secret settings reach no log, notice, error, or URL.",
       "P10", kCreates, neverLogged},
      {"kept-secrets-never-appear-in-logs", "Stored secrets of a working connection reach no log or notice.",
       "P10", connects, realOnesNeverLogged},
      {"saved-secrets-can-be-forgotten", "It signs in again if its stored secrets are missing.", "P10",
       connects, canBeForgotten},
      {"corrupt-secrets-are-replaced", "It signs in again if its stored secrets are corrupt.", "P10",
       connects, corruptAreReplaced},
      {"saved-secrets-are-permitted-and-named",
       "Secrets are stored only with permission, under keys of 1 to 64 bytes.", "P10", connects,
       keysAreShort},
  };
}

}  // namespace roots::check
