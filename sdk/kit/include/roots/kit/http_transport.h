// The HttpTransport that speaks real HTTP(S), over Poco. The sole wrapper around Poco's HTTP client; its
// .cpp lists the defects of Poco 1.11 that it works around.
//
// TLS 1.2 or newer; certificates are verified against the system's authorities and those of ca_file, any of
// which may end the chain; the host name is checked inside the handshake. Redirects are never followed, and
// compressed replies are refused: none is asked for.
// A proxy of the environment (proxy.h) is used through a tunnel, in which TLS runs as without it; it learns
// the service's host and port, nothing else; its password only if it offers to sign in by Basic, and a wrong
// one only once.
//
// The addresses of a name are tried in the resolver's order, the next one if the previous one does not
// respond (RFC 8305). Connections are kept and reused for requests that may be repeated (GET); one that has
// been idle for too long is closed, and one that turns out to be closed or unresponsive is replaced together
// with all other idle ones. The host is not affected: it receives no signal, the signal mask of the calling
// thread is restored, and children inherit no descriptor.
#pragma once

#include <roots/kit/http.h>
#include <roots/kit/proxy.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace roots::kit {

// The numeric addresses of a host, in the order in which to try them; empty: it has none.
using Resolver = std::function<std::vector<std::string>(const std::string &host)>;

struct TransportOptions {
  std::string base_url;  // "https://api.example.com", optionally with a path
  std::string ca_file;   // PEM, in addition to the system's certificate authorities; "": these only
  // Of one body. A page of 200 rows has less than 1 MiB, 5,000 rows at once had 5. What JSON of nothing but
  // small values takes beyond that is bounded by kMaxJsonValues (json.h).
  std::size_t max_reply_bytes = 16u * 1024 * 1024;
  std::string user_agent = "roots";
  EnvironmentLookup environment = environmentVariable;  // where the proxy is configured
  std::optional<Proxy> proxy = std::nullopt;            // this one, whatever the environment says
  // Load balancers close connections that are idle for 60 s or more, which a sleeping computer does not
  // notice. Requests of one sync follow one another at once, and the next sync is minutes away.
  std::chrono::milliseconds longest_idle{30'000};
  Resolver resolve = {};  // instead of the system's, for tests
};

// Fails with Status::invalid_setting, setting "base_url" or "ca_file": not a URL, neither https nor
// http on loopback, a folder, or a file that cannot be read or holds no certificate, over http, too; or
// without a setting, a proxy variable that cannot be used. No network I/O.
[[nodiscard]] Result<std::unique_ptr<HttpTransport>> makeHttpTransport(TransportOptions options);

}  // namespace roots::kit
