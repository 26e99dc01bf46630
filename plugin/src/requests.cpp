#include "requests.h"

#include "personio_errors.h"
#include "reply_decisions.h"

#include <roots/kit/url.h>

namespace roots::personio {

std::string targetWith(std::string_view path, const Query &query) {
  return std::string(path) + (query.empty() ? "" : "?" + kit::encodedPairs(query));
}

Result<kit::JsonDocument> fetchDocument(Requests &requests, const Endpoint &endpoint,
                                        const std::string &target, const kit::CallLimits &limits) {
  if (limits.cancelled()) return cancelled();
  Result<kit::HttpReply> reply = requests.get(endpoint, target, limits);
  if (!reply) return std::move(reply).error();
  return documentFrom(endpoint, *reply);
}

}  // namespace roots::personio
