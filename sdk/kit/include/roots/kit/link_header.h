// The Link headers of a reply (RFC 8288), in which services refer to the next page of a list.
#pragma once

#include <roots/kit/http.h>

#include <string>
#include <string_view>
#include <vector>

namespace roots::kit {

struct Link {
  std::string target;                  // as written: absolute or relative
  std::vector<std::string> relations;  // "next", in lower case; none if it names none

  [[nodiscard]] bool hasRelation(std::string_view relation) const;  // in lower case
};

// All links of all Link headers, in their order: several in one header, names and relations in any case,
// relations quoted or not, several in one "rel". A link with another context (anchor) is skipped, and
// so is malformed text; what follows is still read.
[[nodiscard]] std::vector<Link> linksOf(const HttpReply &reply);

}  // namespace roots::kit
