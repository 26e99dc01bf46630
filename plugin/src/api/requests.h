// Sends requests with a token; the interface that the functions of the API use.
#pragma once

#include "model/personio_endpoints.h"

#include <roots/kit/http.h>
#include <roots/result.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace roots::personio {

class Requests {
 public:
  virtual ~Requests() = default;

  // A reply to GET target, whatever its HTTP status. The endpoint determines the rate limit.
  [[nodiscard]] virtual Result<kit::HttpReply> get(const Endpoint &endpoint, const std::string &target,
                                                   const kit::CallLimits &limits) = 0;
};

// A list of more pages than this is taken for one without an end.
inline constexpr int kMaxPages = 100;

using Query = std::vector<std::pair<std::string, std::string>>;

// "/v1/company/time-offs?limit=200"
[[nodiscard]] std::string targetWith(std::string_view path, const Query &query);

// One request; not sent if the call is cancelled.
[[nodiscard]] Result<kit::HttpReply> fetchReply(Requests &requests, const Endpoint &endpoint,
                                                const std::string &target, const kit::CallLimits &limits);

}  // namespace roots::personio
