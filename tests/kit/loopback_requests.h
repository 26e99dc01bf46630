// Requests of the transport to a server of the tests, and the replies of one that behaves well.
#pragma once

#include "support/raw_server.h"

#include <roots/kit/http_transport.h>

#include <chrono>
#include <string>

namespace roots::test {

// An empty JSON object.
inline const std::string kEmptyReply = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

// The tests' own authority and a certificate by it for localhost.
[[nodiscard]] const Authority &authority();
[[nodiscard]] Certificate goodCertificate();

// Replies to every request of a connection with an empty JSON object.
[[nodiscard]] RawServer::Script answering();
// Replies to one request.
[[nodiscard]] RawServer::Script sending(const std::string &reply);

// With a header that must not reach anyone but the server.
[[nodiscard]] kit::HttpRequest secretRequest();
[[nodiscard]] kit::CallLimits within(std::chrono::milliseconds time);

}  // namespace roots::test
