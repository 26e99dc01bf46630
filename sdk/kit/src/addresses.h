// Resolves a name and connects to the first address that answers (RFC 8305, "happy eyeballs").
#pragma once

#include <roots/kit/http.h>
#include <roots/kit/http_transport.h>

#include <cstdint>
#include <string>
#include <vector>

namespace roots::kit {

// Numeric addresses in the order of the system's resolver; empty: the name has none. Cannot be interrupted:
// the only wait that a cancellation does not end.
[[nodiscard]] std::vector<std::string> resolveBySystem(const std::string &host);

// The same addresses with their families alternating, beginning with that of the first one.
[[nodiscard]] std::vector<std::string> withFamiliesInTurn(const std::vector<std::string> &addresses);

// The socket of the first address that accepts a connection, non-blocking and closed in children. The next
// one is tried when the previous one has failed, or has not responded within 250 ms. Throws TransportFailure.
[[nodiscard]] int connectToFirst(const std::string &host, std::uint16_t port, const Resolver &resolve,
                                 const CallLimits &limits);

}  // namespace roots::kit
