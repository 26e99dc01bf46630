// What Poco 1.11 leaves open, and where it is closed (each has a test over real TLS):
//   - the host name is not compared if the handshake takes long          poco_tls.cpp: bound in OpenSSL
//   - no deadline for the whole, time-outs doubled over TLS              poco_connection.cpp: sliced waits
//   - its way to abort is a data race over HTTP and blind while connecting  unused, same slices
//   - only the first address of a name is tried                          poco_connection.cpp
//   - a cut, a time-out and an abort look like the end of the body       poco_reply.cpp: counted here
//   - a stale kept connection fails the request                          below: one more try, fresh
//   - its proxies know no deadline and forget the host name's check      poco_connection.cpp: own tunnel
//   - gzip and redirects                                                 none is used; what is packed is
//   refused
#include <roots/kit/poco_transport.h>
#include <roots/kit/wipe.h>

#include "poco_connection.h"
#include "poco_reply.h"
#include "poco_tls.h"

#include <Poco/Net/HTTPRequest.h>

#include <algorithm>
#include <mutex>
#include <sstream>
#include <vector>

namespace roots::kit {
namespace {

constexpr std::size_t kMostIdleConnections = 4;

bool holdsControlCharacter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char character) {
    return static_cast<unsigned char>(character) < 0x20 || character == 0x7F;
  });
}

class PocoTransport final : public HttpTransport {
 public:
  PocoTransport(TransportOptions options, BaseUrl url, std::optional<Proxy> proxy)
      : options_(std::move(options)), url_(std::move(url)), proxy_(std::move(proxy)) {}

  Result<HttpReply, TransportError> send(const HttpRequest &request, const CallLimits &limits) override {
    try {
      std::string bytes = bytesOf(request);
      const WipedAtEnd wiped(bytes);
      const bool repeatable = request.method == "GET";
      if (auto kept = repeatable ? takeIdle() : nullptr) {
        bool received_any = false;
        try {
          return exchange(std::move(kept), bytes, request.method, limits, received_any);
        } catch (const TransportFailure &failure) {
          // The server had closed the kept connection: not a failure of the service.
          const bool stale = failure.error.fault == TransportFault::connection_lost && !received_any;
          if (!stale) throw;
        }
      }
      bool received_any = false;
      return exchange(connected(limits), bytes, request.method, limits, received_any);
    } catch (const TransportFailure &failure) {
      return failure.error;
    } catch (const Poco::Exception &) {
      // The text of a Poco exception may hold an address; it is never passed on.
      return TransportError{TransportFault::connection_lost, "the connection failed"};
    }
  }

  void connectAhead(const CallLimits &limits) override {
    try {
      auto kept = takeIdle();
      keepIdle(kept ? std::move(kept) : connected(limits));
    } catch (const TransportFailure &) {  // the request that needs it will tell
    } catch (const Poco::Exception &) {
    }
  }

  // Makes the TLS context now, to find a useless ca_file before the first request.
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
             "identity");  // without it, every encoding would be welcome (RFC 9110, 12.5.3)
    for (const auto &[name, value] : request.headers) {
      if (holdsControlCharacter(name) || holdsControlCharacter(value)) {
        fail(TransportFault::reply_not_http, "a header of the request holds a line break");
      }
      head.add(name, value);
    }
    if (holdsControlCharacter(request.target)) {
      fail(TransportFault::reply_not_http, "the address of the request holds a line break");
    }
    if (!request.body.empty() || request.method != "GET") {
      head.setContentLength64(static_cast<Poco::Int64>(request.body.size()));
    }
    std::ostringstream stream;
    head.write(stream);
    return stream.str() + request.body;
  }

  HttpReply exchange(std::unique_ptr<PocoConnection> connection, const std::string &bytes,
                     const std::string &method, const CallLimits &limits, bool &received_any) {
    connection->write(bytes, limits);
    ReadReply read = readReply(*connection, method, options_.max_reply_bytes, limits, received_any);
    if (read.connection_reusable) keepIdle(std::move(connection));
    return std::move(read.reply);
  }

  std::unique_ptr<PocoConnection> connected(const CallLimits &limits) {
    return std::make_unique<PocoConnection>(url_, proxy_, context(), limits);
  }

  std::unique_ptr<PocoConnection> takeIdle() {
    const std::lock_guard lock(mutex_);
    while (!idle_.empty()) {
      auto connection = std::move(idle_.back());
      idle_.pop_back();
      if (connection->isIdle()) return connection;
    }
    return nullptr;
  }

  void keepIdle(std::unique_ptr<PocoConnection> connection) {
    const std::lock_guard lock(mutex_);
    if (idle_.size() < kMostIdleConnections) idle_.push_back(std::move(connection));
  }

  TransportOptions options_;
  BaseUrl url_;
  std::optional<Proxy> proxy_;
  std::mutex mutex_;  // guards what follows
  Poco::Net::Context::Ptr context_;
  std::vector<std::unique_ptr<PocoConnection>> idle_;
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
  auto transport = std::make_unique<PocoTransport>(std::move(options), std::move(*url), std::move(proxy));
  if (own_authorities) {
    try {
      transport->prepare();
    } catch (const Poco::Exception &) {
      Error error;
      error.status = Status::invalid_setting;
      error.setting = "ca_file";
      error.message =
          "The certificate authority file cannot be read or holds no certificate in PEM form. "
          "Name another file, or leave the setting empty to trust the system's authorities.";
      return error;
    }
  }
  return std::unique_ptr<HttpTransport>(std::move(transport));
}

}  // namespace roots::kit
