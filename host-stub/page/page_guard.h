// Who may talk to the page's server: the page itself, in a browser on this computer, opened with the link
// that serve printed. Anything else (another site in the same browser, a name that points here, a program
// without the token) is refused before a command runs. Pure.
#pragma once

#include "http_server/http_server.h"

#include <cstdint>
#include <optional>
#include <string>

namespace roots::host {

struct PageGuard {
  std::uint16_t port = 0;
  std::string token;  // of this start; in the link's fragment, which browsers do not send

  // Nothing: the request may be answered.
  [[nodiscard]] std::optional<ServerReply> refusal(const ServerRequest &request) const;
};

// 256 bits, as hex.
[[nodiscard]] std::string newToken();

// Nothing from elsewhere, no script or style in the text, no frame around it, nothing kept by the browser.
void addPageHeaders(ServerReply &reply);

}  // namespace roots::host
