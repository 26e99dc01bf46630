// Reading the variables of proxies, with Poco's URL parser.
#include <roots/kit/proxy.h>

#include <Poco/Exception.h>
#include <Poco/String.h>
#include <Poco/StringTokenizer.h>
#include <Poco/URI.h>

#include <cstdlib>

namespace roots::kit {
namespace {

struct Variable {
  const char *name = "";
  std::string value;
};

std::optional<Variable> firstSet(std::initializer_list<const char *> names, const EnvironmentLookup &lookup) {
  for (const char *name : names)
    if (std::string value = Poco::trim(lookup(name)); !value.empty()) return Variable{name, std::move(value)};
  return std::nullopt;
}

// "example.com", ".example.com", "example.com:8443", "*"
bool names(const std::string &entry, const BaseUrl &url) {
  if (entry == "*") return true;
  std::string host = Poco::toLower(entry);
  const bool is_address = host.find(':') != host.rfind(':');  // IPv6 is all colons
  if (const std::size_t colon = host.rfind(':'); colon != std::string::npos && !is_address) {
    if (host.substr(colon + 1) != std::to_string(url.port)) return false;
    host.resize(colon);
  }
  host.erase(0, host.find_first_not_of('.'));
  if (host.empty()) return false;
  const std::string asked = Poco::toLower(url.host);
  if (asked == host) return true;
  return asked.size() > host.size() && asked.compare(asked.size() - host.size(), host.size(), host) == 0 &&
         asked[asked.size() - host.size() - 1] == '.';
}

bool isExcepted(const BaseUrl &url, const EnvironmentLookup &lookup) {
  const auto variable = firstSet({"no_proxy", "NO_PROXY"}, lookup);
  if (!variable) return false;
  constexpr int trimmed = Poco::StringTokenizer::TOK_TRIM | Poco::StringTokenizer::TOK_IGNORE_EMPTY;
  for (const std::string &entry : Poco::StringTokenizer(variable->value, ", ", trimmed))
    if (names(entry, url)) return true;
  return false;
}

std::optional<Proxy> parsed(const std::string &value) {
  try {
    const Poco::URI uri(value.find("://") == std::string::npos ? "http://" + value : value);
    const bool nothing_else = (uri.getPath().empty() || uri.getPath() == "/") && uri.getRawQuery().empty() &&
                              uri.getFragment().empty();
    if (uri.getScheme() != "http" || uri.getHost().empty() || uri.getPort() == 0 || !nothing_else)
      return std::nullopt;
    const std::string &user_info = uri.getUserInfo();  // as written
    const std::size_t colon = user_info.find(':');
    Proxy proxy{uri.getHost(), uri.getPort(), "", ""};
    Poco::URI::decode(user_info.substr(0, colon), proxy.user);
    if (colon != std::string::npos) Poco::URI::decode(user_info.substr(colon + 1), proxy.password);
    return proxy;
  } catch (const Poco::Exception &) {
    return std::nullopt;
  }
}

// Whether a user name or password holds a character that must be percent-encoded: "p@ss", "pa/ss".
bool needsEncoding(const std::string &value) {
  const std::size_t scheme = value.find("://");
  const std::string_view rest = std::string_view(value).substr(scheme == std::string::npos ? 0 : scheme + 3);
  const std::size_t at = rest.find('@');
  if (at == std::string_view::npos) return false;
  const bool has_two = rest.find('@', at + 1) != std::string_view::npos;
  const bool ends_early = rest.find_first_of("/?#") < at;
  const auto isHex = [](char digit) {
    return std::string_view("0123456789abcdefABCDEF").find(digit) != std::string_view::npos;
  };
  bool has_bare_percent = false;
  for (std::size_t index = 0; index < at; ++index) {
    const bool is_encoded = index + 2 < at && isHex(rest[index + 1]) && isHex(rest[index + 2]);
    has_bare_percent = has_bare_percent || (rest[index] == '%' && !is_encoded);
  }
  return has_two || ends_early || has_bare_percent;
}

}  // namespace

std::string environmentVariable(const char *name) {
  const char *const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

Result<std::optional<Proxy>> proxyFor(const BaseUrl &url, const EnvironmentLookup &lookup) {
  if (!url.secure || isLoopback(url.host)) return std::optional<Proxy>();
  const auto variable = firstSet({"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}, lookup);
  if (!variable || isExcepted(url, lookup)) return std::optional<Proxy>();
  const bool needs_encoding = needsEncoding(variable->value);
  std::optional<Proxy> proxy = needs_encoding ? std::nullopt : parsed(variable->value);
  if (proxy) return proxy;
  if (needs_encoding) {
    return makeError(Status::invalid_setting,
                     "The environment variable " + std::string(variable->name) +
                         " names a proxy whose user name or password holds a character that must be "
                         "percent-encoded: write @ as %40, / as %2F, ? as %3F, # as %23 and % as %25.");
  }
  return makeError(Status::invalid_setting,
                   "The environment variable " + std::string(variable->name) +
                       " names a proxy that cannot be used: it must look like http://HOST:PORT, with "
                       "USER:PASSWORD@ before the host if the proxy asks for them. Correct it, or list the "
                       "service's host in no_proxy.");
}

}  // namespace roots::kit
