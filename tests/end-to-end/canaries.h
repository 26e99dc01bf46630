// Distinctive data, and services that repeat it in their errors.
#pragma once

#include "sandbox/sandbox.h"
#include "support/catch.h"
#include "support/text_search.h"

#include <algorithm>
#include <string>
#include <vector>

namespace roots::test {

inline const std::string kSecret = "canary-client-secret";
inline const std::string kMocoKey = "canary-moco-key";
inline const std::string kEmail = "Canary.Muster@example.com";
inline const std::string kName = "Canaria";
inline const std::string kIllness = "Canary chemotherapy";
inline const std::string kWrongSecret = "canary-mistyped-secret";
inline const std::string kWrongEmail = "Canary.Mistyped@example.com";

using Canaries = std::vector<std::string>;
inline const Canaries kPerson{kEmail, kWrongEmail, kName};
inline const Canaries kEverything{kSecret, kMocoKey,    kWrongSecret, "papi-token-",
                                  kEmail,  kWrongEmail, kName,        kIllness};

// A copy of the text without the values that it may contain.
inline void requireNoneIn(const std::string &text, const std::string &where, const Canaries &meant = {}) {
  for (const auto &canary : kEverything) {
    if (std::find(meant.begin(), meant.end(), canary) != meant.end()) continue;
    INFO(where << ": " << canary);
    CHECK_FALSE(contains(text, canary));
  }
}

inline sandbox::Scenario canaries() {
  auto scenario = sandbox::small();
  scenario.personio.credentials.front().client_secret = kSecret;
  scenario.personio.employees.front().email = kEmail;
  scenario.personio.employees.front().first_name = kName;
  for (auto &type : scenario.personio.time_off_types)
    if (type.id == sandbox::types::sick_leave) type.name = kIllness;
  for (auto &absence : scenario.personio.time_offs) absence.type_id = sandbox::types::sick_leave;
  scenario.moco.users.front().api_key = kMocoKey;
  return scenario;
}

inline sandbox::Fault faultOf(const std::string &endpoint) {
  sandbox::Fault fault;
  fault.server = "personio";
  fault.endpoint = endpoint;
  return fault;
}

// Faults of a single request, by services that repeat the request's data.
inline std::vector<sandbox::Fault> mishaps(const std::string &endpoint) {
  const std::string echo =
      "<html>" + kEmail + " " + kSecret + " " + kIllness + " papi-token-1 " + kName + "</html>";
  std::vector<sandbox::Fault> all(5, faultOf(endpoint));
  all[0].status = 403;
  all[0].body = echo;
  all[1].body = echo;
  all[2].body = "{\"success\":true,\"data\":\"" + kEmail + kIllness + "\",\"_data\":\"" + kSecret + "\"}";
  all[3].delay = std::chrono::milliseconds(1500);
  all[4].status = 500;
  all[4].body = echo;
  for (auto &fault : all) fault.times = 9;  // some requests are retried
  return all;
}

}  // namespace roots::test
