// The head of an HTTP reply, taken apart. Poco's parser ends at 8 KiB of one header line, which services
// exceed (cookies, policies); here only the whole head has a limit.
#pragma once

#include <roots/kit/http.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roots::kit {

struct ReplyHead {
  int status = 0;
  bool is_http_1_1 = false;  // or newer
  std::vector<HttpHeader> headers;

  // The connection may carry another reply behind this one.
  [[nodiscard]] bool keepsConnection() const;
  [[nodiscard]] bool isChunked() const;
};

// text ends with the empty line. Throws TransportFailure: no status from 100 to 599, a name that is no token,
// or more than 200 headers. A line without a colon is skipped, a folded line joined.
[[nodiscard]] ReplyHead parseReplyHead(std::string_view text);

}  // namespace roots::kit
