#include "api/requests.h"

#include "errors/personio_errors.h"

#include <roots/kit/url.h>

namespace roots::personio {

std::string targetWith(std::string_view path, const Query &query) {
  return std::string(path) + (query.empty() ? "" : "?" + kit::encodedPairs(query));
}

Result<kit::HttpReply> fetchReply(Requests &requests, const Endpoint &endpoint, const std::string &target,
                                  const kit::CallLimits &limits) {
  if (limits.cancelled()) return cancelled();
  return requests.get(endpoint, target, limits);
}

}  // namespace roots::personio
