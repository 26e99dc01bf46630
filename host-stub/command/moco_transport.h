// The transport to a Moco account. Any thread may create one; use it on that thread.
#pragma once

#include "state/settings.h"

#include <roots/kit/http.h>

#include <memory>

namespace roots::host {

// Errors name the setting "domain", "base_url", or "ca_file". No network I/O.
[[nodiscard]] Result<std::unique_ptr<kit::HttpTransport>> mocoTransport(const MocoConnection &moco);

}  // namespace roots::host
