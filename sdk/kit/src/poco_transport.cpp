// Defects of Poco 1.11, and where they are worked around (each has a test over real TLS):
//   - the host name is not compared if the handshake takes long          poco_tls.cpp: bound in OpenSSL
//   - no deadline for the whole, time-outs doubled over TLS              poco_connection.cpp: sliced waits
//   - its way to abort is a data race over HTTP and blind while connecting  unused, same slices
//   - only the first address of a name is tried, in an order of its own  addresses.cpp: all, in turn
//   - SIGPIPE for a host that does not ignore it                         signals.h: blocked
//   - descriptors that children inherit                                  system.h: own sockets, own poll()
//   - a lost connection, a timeout and an abort look like the end of the body       poco_reply.cpp: counted
//   here
//   - a stale or silent kept connection fails the request                below: one more try, fresh
//   - its proxies know no deadline and forget the host name's check      poco_tunnel.cpp: own tunnel
//   - a header line of more than 8 KiB is refused                        reply_head.cpp: own parser
//   - gzip and redirects                                                 none is used; compressed replies are
//   refused
#include <roots/kit/http_transport.h>
#include <roots/kit/wipe.h>

#include "idle_connections.h"
#include "poco_connection.h"
#include "poco_reply.h"
#include "poco_tls.h"
#include "poco_tunnel.h"

#include <Poco/Net/HTTPRequest.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <optional>
#include <sstream>

namespace roots::kit {
namespace {

bool holdsControlCharacter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char character) {
    return static_cast<unsigned char>(character) < 0x20 || character == 0x7F;
  });
}

class PocoTransport final : public HttpTransport {
 public:
  PocoTransport(TransportOptions options, BaseUrl url, std::optional<Proxy> proxy)
      : options_(std::move(options)), url_(std::move(url)), idle_(options_.longest_idle) {
    if (proxy) proxy_.emplace(*std::move(proxy));
  }

  Result<HttpReply, TransportError> send(const HttpRequest &request, const CallLimits &limits) override {
    try {
      std::string bytes = bytesOf(request);
      const WipedAtEnd wiped(bytes);
      const bool idempotent = request.method == "GET";
      if (auto kept = idempotent ? idle_.take() : nullptr) {
        if (auto reply = overKept(std::move(kept), bytes, request.method, limits)) return *std::move(reply);
        idle_.closeAll();
      }
      bool received_any = false;
      return exchange(connected(limits), bytes, request.method, limits, limits, received_any);
    } catch (const TransportFailure &failure) {
      return failure.error;
    } catch (const Poco::Exception &) {
      // The text of a Poco exception may hold an address; it is never passed on.
      return TransportError{TransportFault::connection_lost, "the connection failed"};
    }
  }

  void connectAhead(const CallLimits &limits) override {
    try {
      if (!idle_.holdsOne()) idle_.keep(connected(limits));
    } catch (const TransportFailure &) {  // the request that needs it will report it
    } catch (const Poco::Exception &) {
    }
  }

  // Makes the TLS context now, to detect an unusable ca_file before the first request.
  void prepare() { (void)context(); }

 private:
  Poco::Net::Context::Ptr context() {
    if (!url_.secure) return nullptr;
    const std::lock_guard lock(mutex_);
    if (!context_) context_ = makeTlsContext(url_.host, options_.ca_file);
    return context_;
  }

  [[nodiscard]] std::string bytesOf(const HttpRequest &request) const {
    Poco::Net::HTTPRequest head(request.method, url_.path + request.target, Poco::Net::HTTPMessage::HTTP_1_1);
    const bool usual_port = url_.port == (url_.secure ? 443 : 80);
    const std::string host = url_.host.find(':') == std::string::npos ? url_.host : "[" + url_.host + "]";
    head.set("Host", usual_port ? host : host + ":" + std::to_string(url_.port));
    head.set("User-Agent", options_.user_agent);
    head.set("Connection", "keep-alive");
    head.set("Accept-Encoding",
             "identity");  // without it, every encoding is acceptable (RFC 9110, 12.5.3)
    for (const auto &[name, value] : request.headers) {
      if (holdsControlCharacter(name) || holdsControlCharacter(value))
        fail(TransportFault::reply_not_http, "a header of the request holds a line break");
      head.add(name, value);
    }
    if (holdsControlCharacter(request.target))
      fail(TransportFault::reply_not_http, "the address of the request holds a line break");
    if (!request.body.empty() || request.method != "GET")
      head.setContentLength64(static_cast<Poco::Int64>(request.body.size()));
    std::ostringstream stream;
    head.write(stream);
    return stream.str() + request.body;
  }

  // nullopt: the connection turned out to be dead, which is not a failure of the service. The server had
  // closed it; or no byte came back, because the computer slept or a router dropped the connection without
  // notice.
  std::optional<HttpReply> overKept(std::unique_ptr<PocoConnection> connection, const std::string &bytes,
                                    const std::string &method, const CallLimits &limits) {
    CallLimits until_first_byte = limits;
    until_first_byte.deadline = idle_.idleLimit(limits);
    bool received_any = false;
    try {
      return exchange(std::move(connection), bytes, method, limits, until_first_byte, received_any);
    } catch (const TransportFailure &failure) {
      const TransportFault fault = failure.error.fault;
      const bool stale = fault == TransportFault::connection_lost && !received_any;
      const bool silent = fault == TransportFault::timed_out && !received_any &&
                          std::chrono::steady_clock::now() < limits.deadline;
      if (!stale && !silent) throw;
      return std::nullopt;
    }
  }

  HttpReply exchange(std::unique_ptr<PocoConnection> connection, const std::string &bytes,
                     const std::string &method, const CallLimits &limits, const CallLimits &until_first_byte,
                     bool &received_any) {
    const auto start = std::chrono::steady_clock::now();
    connection->write(bytes, until_first_byte);
    connection->waitForReply(until_first_byte);
    idle_.firstByteTook(std::chrono::steady_clock::now() - start);
    ReadReply read = readReply(*connection, method, options_.max_reply_bytes, limits, received_any);
    if (read.connection_reusable) idle_.keep(std::move(connection));
    return std::move(read.reply);
  }

  std::unique_ptr<PocoConnection> connected(const CallLimits &limits) {
    return std::make_unique<PocoConnection>(url_, proxy_ ? &*proxy_ : nullptr, options_.resolve, context(),
                                            limits);
  }

  TransportOptions options_;
  BaseUrl url_;
  std::optional<ProxySignIn> proxy_;
  IdleConnections idle_;
  std::mutex mutex_;  // guards what follows
  Poco::Net::Context::Ptr context_;
};

}  // namespace

Result<std::unique_ptr<HttpTransport>> makeHttpTransport(TransportOptions options) {
  auto url = parseBaseUrl(options.base_url);
  if (!url) return std::move(url).error();
  std::optional<Proxy> proxy = options.proxy;
  if (!proxy) {
    auto of_environment = proxyFor(*url, options.environment);
    if (!of_environment) return std::move(of_environment).error();
    proxy = *std::move(of_environment);
  }
  const bool own_authorities = url->secure && !options.ca_file.empty();
  // Over http, too: an unusable file is detected when it is set, not when the address changes.
  if (!options.ca_file.empty()) {
    if (auto usable = requireAuthorityFile(options.ca_file); !usable) return std::move(usable).error();
  }
  auto transport = std::make_unique<PocoTransport>(std::move(options), std::move(*url), std::move(proxy));
  if (own_authorities) {
    try {
      transport->prepare();
    } catch (const Poco::Exception &) {
      return uselessAuthorityFile("cannot be used");
    }
  }
  return std::unique_ptr<HttpTransport>(std::move(transport));
}

}  // namespace roots::kit
