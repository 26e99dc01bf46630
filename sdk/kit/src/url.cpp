#include <roots/kit/url.h>

#include <charconv>
#include <optional>

namespace roots::kit {
namespace {

bool isUnreserved(char character) {
  return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z') ||
         (character >= '0' && character <= '9') || character == '-' || character == '.' || character == '_' ||
         character == '~';
}

Error wrong(std::string message) {
  return makeError(Status::invalid_setting, std::move(message)).withSetting("base_url");
}

bool isHostCharacter(char character) {
  return isUnreserved(character) && character != '~' && character != '_';
}

// 127.0.0.0/8 in its four-part form; a name such as 127.0.0.1.example.com is none.
bool isLoopbackAddress(std::string_view host) {
  int parts = 0;
  while (true) {
    int number = 0;
    const auto [end, problem] = std::from_chars(host.data(), host.data() + host.size(), number);
    if (problem != std::errc() || number < 0 || number > 255) return false;
    if (parts == 0 && number != 127) return false;
    ++parts;
    host.remove_prefix(static_cast<std::size_t>(end - host.data()));
    if (host.empty()) return parts == 4;
    if (host.front() != '.' || parts == 4) return false;
    host.remove_prefix(1);
  }
}

std::optional<std::uint16_t> portNumber(std::string_view text) {
  unsigned number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size() || number == 0 || number > 65535)
    return std::nullopt;
  return static_cast<std::uint16_t>(number);
}

// Takes "host:port", "host" or "[::1]:port" apart; false: it is none of these.
bool readAuthority(std::string_view authority, BaseUrl &url) {
  std::string_view port;
  if (!authority.empty() && authority.front() == '[') {
    const std::size_t bracket = authority.find(']');
    if (bracket == std::string_view::npos) return false;
    url.host = std::string(authority.substr(1, bracket - 1));
    if (url.host.find_first_not_of("0123456789abcdefABCDEF:.") != std::string::npos) return false;
    port = authority.substr(bracket + 1);
  } else {
    const std::size_t colon = authority.find(':');
    url.host = std::string(authority.substr(0, colon));
    for (const char character : url.host)
      if (!isHostCharacter(character)) return false;
    if (colon != std::string_view::npos) port = authority.substr(colon);
  }
  if (url.host.empty()) return false;
  if (port.empty()) return true;
  const auto number = port.front() == ':' ? portNumber(port.substr(1)) : std::nullopt;
  if (!number) return false;
  url.port = *number;
  return true;
}

}  // namespace

bool isLoopback(std::string_view host) {
  return host == "localhost" || host == "::1" || isLoopbackAddress(host);
}

std::string percentEncoded(std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string encoded;
  for (const char character : text) {
    if (isUnreserved(character)) {
      encoded += character;
      continue;
    }
    const auto byte = static_cast<unsigned char>(character);
    encoded += '%';
    encoded += hex[byte >> 4];
    encoded += hex[byte & 15];
  }
  return encoded;
}

std::string encodedPairs(const std::vector<std::pair<std::string, std::string>> &pairs) {
  std::string encoded;
  for (const auto &[name, value] : pairs) {
    if (!encoded.empty()) encoded += '&';
    encoded += percentEncoded(name) + '=' + percentEncoded(value);
  }
  return encoded;
}

Result<BaseUrl> parseBaseUrl(std::string_view text) {
  constexpr std::string_view https = "https://";
  constexpr std::string_view http = "http://";
  BaseUrl url;
  if (text.substr(0, https.size()) == https) {
    text.remove_prefix(https.size());
  } else if (text.substr(0, http.size()) == http) {
    url.secure = false;
    url.port = 80;
    text.remove_prefix(http.size());
  } else {
    return wrong("The address must start with https://, e.g. https://api.example.com.");
  }
  if (text.find_first_of("?#") != std::string_view::npos)
    return wrong("The address must not contain a query (?) or a fragment (#).");
  const std::size_t slash = text.find('/');
  const std::string_view authority = text.substr(0, slash);
  if (authority.find('@') != std::string_view::npos)
    return wrong("The address must not contain a user name or password.");
  if (!readAuthority(authority, url))
    return wrong("The address has no valid host name and port; it looks like https://api.example.com.");
  if (slash != std::string_view::npos) url.path = std::string(text.substr(slash));
  for (const char character : url.path) {
    if (static_cast<unsigned char>(character) <= 0x20 || static_cast<unsigned char>(character) >= 0x7F) {
      return wrong(
          "The path of the address contains a space or another character that must be percent-encoded.");
    }
  }
  while (!url.path.empty() && url.path.back() == '/') url.path.pop_back();
  if (!url.secure && !isLoopback(url.host))
    return wrong("The address must use https; plain http is allowed on this computer (loopback) only.");
  return url;
}

}  // namespace roots::kit
