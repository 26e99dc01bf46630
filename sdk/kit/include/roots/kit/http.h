// HTTP as its users see it: a request, a reply, and one method that turns the first into the second.
// An HTTP error status (404, 500) is a successful transport result; what it means is decided per
// endpoint by the caller. A TransportError is the absence of a complete, trustworthy reply.
#pragma once

#include <roots/result.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roots::kit {

struct HttpHeader {
  std::string name;
  std::string value;
};

struct HttpRequest {
  std::string method = "GET";
  std::string target;  // path and query, already percent-encoded, below the transport's base URL: "/v1/auth"
  std::vector<HttpHeader> headers;
  std::string body;
};

struct HttpReply {
  int status = 0;
  std::vector<HttpHeader> headers;
  std::string body;

  // The first header of this name, compared without case.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
};

enum class TransportFault {
  cancelled,                  // the caller asked for it
  timed_out,                  // the deadline of the call passed
  name_not_found,             // DNS has no address
  connection_refused,         // nothing listens, or no route
  connection_lost,            // closed before the reply was complete
  proxy_unreachable,          // no address for it, nothing listens, or it closed the connection
  proxy_failed,               // 502, 503, 504: it does not reach the service at the moment
  proxy_wants_sign_in,        // 407: a user name and password, or others
  proxy_sign_in_unsupported,  // 407: by no method that the transport knows (Basic)
  proxy_refused,              // it does not let this service through, or is no proxy
  certificate_refused,        // not trusted, expired, or for another host name
  tls_failed,                 // any other failure of the TLS handshake
  reply_not_http,             // the bytes are not an HTTP reply
  reply_too_large,            // more than the transport's limit
};

struct TransportError {
  TransportFault fault = TransportFault::connection_lost;
  // A few words for people ("the certificate has expired"), never a URL, a header or a body.
  std::string detail;
};

// The deadline of a call, how its caller cancels it, and how many retries its requests may use. Polled, so
// it needs no lock.
struct CallLimits {
  std::chrono::steady_clock::time_point deadline;
  std::function<bool()> is_cancelled;  // may be empty; asked from the calling thread only
  // Shared by all requests of a call, which limits the load on a failing service. Borrowed; nullptr: only the
  // retry policy of each request applies.
  std::atomic<int> *retries_left = nullptr;

  [[nodiscard]] bool cancelled() const { return is_cancelled && is_cancelled(); }
};

// One service. send() may be called from several threads at the same time. It returns within about
// 250 ms of cancellation and of the deadline; only a DNS look-up that hangs can outlast them.
class HttpTransport {
 public:
  virtual ~HttpTransport() = default;
  [[nodiscard]] virtual Result<HttpReply, TransportError> send(const HttpRequest &request,
                                                               const CallLimits &limits) = 0;

  // Opens a connection for a later request, unless one is idle already: for a call that waits for one reply
  // and will then send two requests at once. A failure is ignored.
  virtual void connectAhead(const CallLimits &) {}
};

}  // namespace roots::kit
