#include "command/moco_transport.h"

#include <roots/kit/http_transport.h>

namespace roots::host {

Result<std::unique_ptr<kit::HttpTransport>> mocoTransport(const MocoConnection &moco) {
  kit::TransportOptions options;
  options.base_url = moco.base_url.empty() ? "https://" + moco.domain + ".mocoapp.com" : moco.base_url;
  options.ca_file = moco.ca_file;
  options.user_agent = "roots-host-stub";
  return kit::makeHttpTransport(std::move(options));
}

}  // namespace roots::host
