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
  for (const char *name : names) {
    if (std::string value = Poco::trim(lookup(name)); !value.empty()) return Variable{name, std::move(value)};
  }
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
  for (const std::string &entry : Poco::StringTokenizer(variable->value, ", ", trimmed)) {
    if (names(entry, url)) return true;
  }
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

}  // namespace

std::string environmentVariable(const char *name) {
  const char *const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

Result<std::optional<Proxy>> proxyFor(const BaseUrl &url, const EnvironmentLookup &lookup) {
  if (!url.secure || isLoopback(url.host)) return std::optional<Proxy>();
  const auto variable = firstSet({"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}, lookup);
  if (!variable || isExcepted(url, lookup)) return std::optional<Proxy>();
  std::optional<Proxy> proxy = parsed(variable->value);
  if (proxy) return proxy;
  Error error;
  error.status = Status::invalid_setting;
  error.message = "The environment variable " + std::string(variable->name) +
                  " names a proxy that cannot be used: it must look like http://HOST:PORT, with "
                  "USER:PASSWORD@ before the host if the proxy asks for them. Correct it, or list the "
                  "service's host in no_proxy.";
  return error;
}

}  // namespace roots::kit
