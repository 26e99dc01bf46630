// The HttpTransport that speaks real HTTP(S), over Poco. The only door to Poco's HTTP client; its .cpp
// lists the holes of Poco 1.11 that it closes.
//
// TLS 1.2 or newer; certificates are verified against the system's authorities, or against ca_file
// only when one is given; the host name is checked inside the handshake. Redirects are never followed, and
// compressed replies are refused: none is asked for.
// A proxy of the environment (proxy.h) is used through a tunnel, in which TLS runs as without it; it learns
// the service's host and port, nothing else. Idle connections are kept and reused; a stale one is replaced
// once, silently, for requests that may be repeated (GET).
#pragma once

#include <roots/kit/http.h>
#include <roots/kit/proxy.h>

#include <cstddef>
#include <memory>
#include <string>

namespace roots::kit {

struct TransportOptions {
  std::string base_url;  // "https://api.example.com", optionally with a path
  std::string ca_file;   // PEM; "": the system's certificate authorities
  // Of one body. A page of 200 rows has less than 1 MiB, 5,000 rows at once had 5; and JSON of nothing but
  // small values takes 18 times its size where it is read as a whole.
  std::size_t max_reply_bytes = 16u * 1024 * 1024;
  std::string user_agent = "roots";
  EnvironmentLookup environment = environmentVariable;  // where the proxy is named
  std::optional<Proxy> proxy = std::nullopt;            // this one, whatever the environment says
};

// Fails with Status::invalid_setting, setting "base_url" or "ca_file": not a URL, neither https nor
// http on loopback, a file that cannot be read or holds no certificate; or without a setting, a proxy
// variable that cannot be used. No network I/O.
[[nodiscard]] Result<std::unique_ptr<HttpTransport>> makeHttpTransport(TransportOptions options);

}  // namespace roots::kit
