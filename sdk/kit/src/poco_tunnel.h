// A proxy and its authentication, for all connections of one transport. The password is sent only to a proxy
// that requested it by a supported method, and a refused one is not sent again: directories lock accounts
// after a few wrong attempts. Any thread.
#pragma once

#include <roots/kit/http.h>
#include <roots/kit/proxy.h>

#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace roots::kit {

class ProxySignIn {
 public:
  explicit ProxySignIn(Proxy proxy) : proxy_(std::move(proxy)) {}
  ProxySignIn(const ProxySignIn &) = delete;
  ProxySignIn &operator=(const ProxySignIn &) = delete;

  [[nodiscard]] const Proxy &proxy() const { return proxy_; }

  // Whether a connection sends the credentials from the start, because the proxy has accepted them before.
  [[nodiscard]] bool isAccepted() const;

  // After the proxy required authentication: returns when this connection may send the credentials. It waits,
  // within the limits, while another one tries them. Throws TransportFailure if there are none, the proxy
  // does not support Basic, they were refused before, or the time is up.
  void begin(const HttpReply &asked, const CallLimits &limits);
  // How the attempt ended; nullopt: the proxy has not judged the credentials.
  void end(std::optional<bool> accepted);

  // "Basic ...", as in the header Proxy-Authorization.
  [[nodiscard]] std::string credentials() const;

 private:
  enum class State { untried, trying, accepted, refused };

  const Proxy proxy_;
  mutable std::mutex mutex_;  // guards what follows
  State state_ = State::untried;
};

// The authentication schemes that a 407 offers, as the proxy spells them: "Negotiate", "Basic".
[[nodiscard]] std::vector<std::string> offeredSignIns(const HttpReply &reply);

}  // namespace roots::kit
