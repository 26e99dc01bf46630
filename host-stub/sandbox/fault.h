// A fault of one of the sandbox's services: what it sends instead of its reply, or when.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace roots::sandbox {

// Applies to the matching requests number from ... from + times - 1. Members that are not set leave the reply
// unchanged; the first fault that applies to a request wins.
struct Fault {
  std::string server;    // "personio" or "moco"
  std::string endpoint;  // "GET /v1/company/time-offs", ids in paths as {id}; "*": every one
  int from = 1;
  int times = 1;  // 0: for ever
  std::optional<int> status;
  std::vector<std::pair<std::string, std::string>> headers;
  std::optional<std::string> content_type;
  std::optional<std::string> body;
  std::chrono::milliseconds delay{0};
  std::chrono::milliseconds delay_in_body{0};
  std::optional<std::size_t> cut_after;  // close the connection after so many body bytes
  bool reset = false;                    // close it without a reply
  std::optional<std::string> raw;        // send exactly these bytes instead of a reply, then close

  int met = 0;  // matching requests so far; counted by the sandbox
};

}  // namespace roots::sandbox
