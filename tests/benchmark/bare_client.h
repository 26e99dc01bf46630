// The lower bound of fetching: sends recorded requests one after another over one Poco connection, and
// parses the replies with RapidJSON without using them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace roots::benchmarks {

struct BareRequest {
  std::string method;
  std::string target;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};
// From the bytes of one request each.
[[nodiscard]] std::vector<BareRequest> bareRequests(const std::vector<std::string> &recorded);

// authority_file: PEM, for TLS; "": plain.
void askBarely(const std::vector<BareRequest> &requests, std::uint16_t port,
               const std::string &authority_file);

}  // namespace roots::benchmarks
