// Opening a tunnel through a proxy, and signing in to it.
#include "poco_tunnel.h"

#include "header_words.h"
#include "poco_connection.h"

#include <Poco/Base64Encoder.h>

#include <algorithm>
#include <chrono>
#include <sstream>
#include <thread>

namespace roots::kit {
namespace {

std::string base64(const std::string &text) {
  std::ostringstream encoded;
  Poco::Base64Encoder encoder(encoded);
  encoder.rdbuf()->setLineLength(0);
  encoder << text;
  encoder.close();
  return encoded.str();
}

// The parts of a header's value between commas that are not quoted, without the blanks around them.
std::vector<std::string_view> partsOf(std::string_view value) {
  std::vector<std::string_view> parts;
  bool is_quoted = false;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= value.size(); ++at) {
    if (at < value.size() && value[at] == '"') is_quoted = !is_quoted;
    if (at < value.size() && is_quoted && value[at] == '\\') ++at;
    if (at < value.size() && (is_quoted || value[at] != ',')) continue;
    parts.push_back(withoutBlanks(value.substr(begin, std::min(at, value.size()) - begin)));
    begin = at + 1;
  }
  return parts;
}

// "Negotiate", or the first word of "Basic realm=\"x\"". A part without such a word goes on with the
// parameters of the one before it.
std::optional<std::string_view> schemeOf(std::string_view part) {
  const std::size_t end = std::min(part.find_first_of(" \t="), part.size());
  const std::string_view word = part.substr(0, end);
  const std::string_view rest = part.substr(std::min(part.find_first_not_of(kBlanks, end), part.size()));
  const bool is_parameter = !rest.empty() && rest.front() == '=';
  constexpr std::size_t max_length = 32;
  return isToken(word) && word.size() <= max_length && !is_parameter ? std::optional(word) : std::nullopt;
}

// "Negotiate", "Negotiate and NTLM", "Negotiate, Digest and NTLM"
std::string listOf(const std::vector<std::string> &words) {
  std::string list;
  for (std::size_t index = 0; index < words.size(); ++index)
    list += (index == 0 ? "" : index + 1 == words.size() ? " and " : ", ") + words[index];
  return list;
}

[[noreturn]] void failUnsupported(const std::vector<std::string> &offered) {
  fail(TransportFault::proxy_sign_in_unsupported,
       offered.empty() ? "the proxy asks for a sign-in, but offers none"
                       : "the proxy offers " + listOf(offered) + ", but not Basic");
}

[[noreturn]] void failRefused() {
  fail(TransportFault::proxy_wants_sign_in, "the proxy refuses the user name and password");
}

}  // namespace

std::vector<std::string> offeredSignIns(const HttpReply &reply) {
  constexpr std::size_t max_schemes = 5;
  std::vector<std::string> offered;
  for (const auto &[name, value] : reply.headers) {
    if (!sameWord(name, "Proxy-Authenticate")) continue;
    for (const std::string_view part : partsOf(value)) {
      const auto scheme = schemeOf(part);
      const bool is_new = scheme && std::none_of(offered.begin(), offered.end(),
                                                 [&](const auto &known) { return sameWord(known, *scheme); });
      if (is_new && (offered.size() < max_schemes || sameWord(*scheme, "Basic")))
        offered.emplace_back(*scheme);
    }
  }
  return offered;
}

bool ProxySignIn::isAccepted() const {
  const std::lock_guard lock(mutex_);
  return state_ == State::accepted;
}

void ProxySignIn::begin(const HttpReply &asked, const CallLimits &limits) {
  const std::vector<std::string> offered = offeredSignIns(asked);
  const auto isBasic = [](const std::string &scheme) { return sameWord(scheme, "Basic"); };
  if (std::none_of(offered.begin(), offered.end(), isBasic)) failUnsupported(offered);
  if (proxy_.user.empty())
    fail(TransportFault::proxy_wants_sign_in, "the proxy asks for a user name and a password");
  constexpr std::chrono::milliseconds slice{20};
  for (;;) {
    {
      const std::lock_guard lock(mutex_);
      if (state_ == State::refused) failRefused();
      if (state_ != State::trying) {
        if (state_ == State::untried) state_ = State::trying;
        return;
      }
    }
    requireTime(limits);
    std::this_thread::sleep_for(slice);
  }
}

void ProxySignIn::end(std::optional<bool> accepted) {
  const std::lock_guard lock(mutex_);
  if (accepted) {
    state_ = *accepted ? State::accepted : State::refused;
  } else if (state_ == State::trying) {
    state_ = State::untried;
  }
}

std::string ProxySignIn::credentials() const {
  return "Basic " + base64(proxy_.user + ":" + proxy_.password);
}

// Everything that the proxy receives is written here: host and port of the service, and its own credentials.
HttpReply PocoConnection::askForTunnel(const BaseUrl &url, const ProxySignIn &sign_in, bool with_credentials,
                                       const Resolver &resolve, const CallLimits &limits) {
  connectTo(sign_in.proxy().host, sign_in.proxy().port, resolve, limits);
  const std::string host = url.host.find(':') == std::string::npos ? url.host : "[" + url.host + "]";
  const std::string authority = host + ":" + std::to_string(url.port);
  std::string request = "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n";
  if (with_credentials) request += "Proxy-Authorization: " + sign_in.credentials() + "\r\n";
  write(request + "\r\n", limits);
  return readTunnelReply(*this, limits);
}

HttpReply PocoConnection::askSignedIn(const BaseUrl &url, ProxySignIn &sign_in, const Resolver &resolve,
                                      const CallLimits &limits) {
  std::optional<bool> accepted;
  try {
    HttpReply reply = askForTunnel(url, sign_in, true, resolve, limits);
    accepted = reply.status != 407;
    sign_in.end(accepted);
    if (!*accepted) failRefused();
    return reply;
  } catch (const TransportFailure &) {
    if (!accepted) sign_in.end(std::nullopt);
    throw;
  }
}

void PocoConnection::openTunnel(const BaseUrl &url, ProxySignIn &sign_in, const Resolver &resolve,
                                const CallLimits &limits) {
  try {
    HttpReply reply;
    if (sign_in.isAccepted()) {
      reply = askSignedIn(url, sign_in, resolve, limits);
    } else {
      reply = askForTunnel(url, sign_in, false, resolve, limits);
      if (reply.status == 407) {
        sign_in.begin(reply, limits);
        reply = askSignedIn(url, sign_in, resolve, limits);
      }
    }
    if (reply.status >= 502 && reply.status <= 504)
      fail(TransportFault::proxy_failed, "the proxy answered " + std::to_string(reply.status));
    if (reply.status < 200 || reply.status > 299)
      fail(TransportFault::proxy_refused, "the proxy answered " + std::to_string(reply.status));
  } catch (const TransportFailure &failure) {
    switch (failure.error.fault) {
      case TransportFault::name_not_found:
      case TransportFault::connection_refused:
      case TransportFault::connection_lost:
        fail(TransportFault::proxy_unreachable, "the proxy: " + failure.error.detail);
      case TransportFault::reply_not_http:
      case TransportFault::reply_too_large:
        fail(TransportFault::proxy_refused, "what answers at its address is not a proxy");
      default:
        throw;
    }
  }
}

}  // namespace roots::kit
