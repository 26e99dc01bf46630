// Access control of the page's server: only the page itself, in a browser on this computer, opened with the
// link that serve printed. All other requests (another site in the same browser, another host name, a program
// without the token) are refused before a command runs. Pure.
#pragma once

#include "http_server/http_server.h"

#include <cstdint>
#include <optional>
#include <string>

namespace roots::host {

struct PageGuard {
  std::uint16_t port = 0;
  std::string token;  // of this start; in the link's fragment, which browsers do not send

  // nullopt: the request is permitted.
  [[nodiscard]] std::optional<ServerReply> refusal(const ServerRequest &request) const;
};

// 256 bits, as hex.
[[nodiscard]] std::string newToken();

// No external resources, no inline script or style, no framing, no caching.
void addPageHeaders(ServerReply &reply);

}  // namespace roots::host
