// One hostile server, what the transport is to say about it, and what that may cost. A case is measured in a
// process of its own (measured_request.cpp); its row of the table in tests/README.md tells the bounds that
// every run is held to.
#pragma once

#include "support/raw_server.h"

#include <chrono>
#include <string>
#include <vector>

namespace roots::test {

constexpr std::size_t kKiB = 1024;
constexpr std::size_t kMiB = 1024 * kKiB;

struct HostileCase {
  std::string name;
  RawServer::Script script;
  std::string outcome;  // a fault by its name, or "reply 200, not JSON"
  // What the request may cost at most. Bytes count as sent when the server got rid of them; some lie in the
  // buffers of the system and are never read.
  std::size_t sent = 2 * kMiB;
  std::size_t memory = kMiB;
  std::chrono::milliseconds deadline{3000};
  std::chrono::milliseconds computing{250};
  std::size_t largest_reply = kMiB;

  RawServerOptions server = {};
  bool is_proxy = false;   // the server stands where a proxy is expected
  bool may_learn = false;  // the request reaches it: its certificate is good, or there is none
};

// Runs each, checks it, and compares the table.
void requireBounded(const std::string &table, const std::vector<HostileCase> &cases);

// Whoever sends little may cost little.
[[nodiscard]] HostileCase small(HostileCase hostile);

// The tests' own authority and a certificate by it for localhost.
[[nodiscard]] const Authority &authority();
[[nodiscard]] Certificate goodCertificate();

// ---- scripts ----

// Reads the request, sends this, then more and more of that until nobody takes it.
[[nodiscard]] RawServer::Script endless(const std::string &first, const std::string &repeated);
// Reads the request, sends this, then a byte at a time of that, over and over.
[[nodiscard]] RawServer::Script dripping(const std::string &first, const std::string &repeated,
                                         std::chrono::microseconds pause = std::chrono::milliseconds(1));
[[nodiscard]] RawServer::Script sending(const std::string &reply);

}  // namespace roots::test
