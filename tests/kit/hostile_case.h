// One hostile server, the expected result of the transport, and its resource limits. A case is measured in a
// process of its own (measured_request.cpp); its row of the table in tests/tables has the bounds that
// every run is held to.
#pragma once

#include "kit/loopback_requests.h"
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
  std::chrono::milliseconds deadline{60000};
  long computing = 250;  // as much as parsing so many ordinary pages of 1 MiB takes
  std::size_t largest_reply = kMiB;

  RawServerOptions server = {};
  bool is_proxy = false;   // the server acts as a proxy
  bool may_learn = false;  // the request reaches it: its certificate is good, or there is none
};

// Runs each, checks it, and compares the table.
void requireBounded(const std::string &table, const std::vector<HostileCase> &cases);

// Limits for servers that send little.
[[nodiscard]] HostileCase small(HostileCase hostile);

// ---- scripts ----

inline const std::string kStart = "HTTP/1.1 200 OK\r\n";

// Reads the request, sends this, then more and more of that until the client stops reading.
[[nodiscard]] RawServer::Script endless(const std::string &first, const std::string &repeated);
// Reads the request, sends this, then a byte at a time of that, over and over.
[[nodiscard]] RawServer::Script dripping(const std::string &first, const std::string &repeated,
                                         std::chrono::microseconds pause = std::chrono::milliseconds(1));

}  // namespace roots::test
