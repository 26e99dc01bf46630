// The proxy for a service as configured in environment variables. Pure except for the lookup, which is passed
// in.
#pragma once

#include <roots/kit/url.h>
#include <roots/result.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace roots::kit {

struct Proxy {
  std::string host;
  std::uint16_t port = 80;
  std::string user;  // "": no authentication
  std::string password;
};

// The value of an environment variable, "" if it is not set.
using EnvironmentLookup = std::function<std::string(const char *name)>;
[[nodiscard]] std::string environmentVariable(const char *name);

// The proxy for a service over https: https_proxy, HTTPS_PROXY, all_proxy or ALL_PROXY, the first that is
// set, unless no_proxy or NO_PROXY lists the host ("*", "example.com" with everything below it,
// ".example.com", each with or without ":port"; an address only literally). Loopback
// addresses never use a proxy, and plain http is permitted for loopback only.
// Status::invalid_setting, naming the variable and never its value, for anything but
// [http://][user:password@]host[:port], with a hint at percent-encoding where the password seems to need it.
[[nodiscard]] Result<std::optional<Proxy>> proxyFor(const BaseUrl &url, const EnvironmentLookup &lookup);

}  // namespace roots::kit
