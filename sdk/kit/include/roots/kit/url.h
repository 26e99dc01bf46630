// Building and parsing URLs. Pure functions.
#pragma once

#include <roots/result.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace roots::kit {

// Percent-encodes everything but unreserved characters (RFC 3986): "a+b@c" -> "a%2Bb%40c".
[[nodiscard]] std::string percentEncoded(std::string_view text);

// "a=1&b%5B%5D=2"; used for queries and for form bodies.
[[nodiscard]] std::string encodedPairs(const std::vector<std::pair<std::string, std::string>> &pairs);

// The decoded value of a query parameter of an absolute or relative URL; nullopt: it has none.
[[nodiscard]] std::optional<std::string> queryValue(std::string_view url, std::string_view name);

struct BaseUrl {
  bool secure = true;
  std::string host;  // without brackets for IPv6
  std::uint16_t port = 443;
  std::string path;  // "" or "/below", no trailing slash
};

// 127.0.0.0/8, ::1 or localhost; host without brackets.
[[nodiscard]] bool isLoopback(std::string_view host);

// https, or http on loopback only (127.0.0.0/8, ::1, localhost), no user name, query or fragment. The
// error (Status::invalid_setting, setting "base_url") names the violated rule.
[[nodiscard]] Result<BaseUrl> parseBaseUrl(std::string_view text);

}  // namespace roots::kit
