#include "page/page_guard.h"

#include <roots/kit/hex.h>

#include <array>

namespace roots::host {
namespace {

ServerReply refused(int status, std::string why) {
  ServerReply reply;
  reply.status = status;
  reply.content_type = "text/plain; charset=utf-8";
  reply.body = std::move(why);
  return reply;
}

// Constant time, regardless of the position of a difference.
bool isSame(const std::string &given, const std::string &expected) {
  unsigned difference = given.size() == expected.size() ? 0 : 1;
  for (std::size_t index = 0; index < expected.size(); ++index) {
    const char letter = index < given.size() ? given[index] : '\0';
    difference |= static_cast<unsigned char>(letter) ^ static_cast<unsigned char>(expected[index]);
  }
  return difference == 0;
}

}  // namespace

std::optional<ServerReply> PageGuard::refusal(const ServerRequest &request) const {
  const std::string host = request.header("Host").value_or("");
  const std::string suffix = ":" + std::to_string(port);
  // Another host name that resolves to this computer (DNS rebinding) is refused.
  if (host != "127.0.0.1" + suffix && host != "localhost" + suffix)
    return refused(403, "Open the link that serve printed.");
  const bool is_call = request.path.starts_with("/api/");
  if (!is_call) {
    if (request.method == "GET" || request.method == "HEAD") return std::nullopt;
    return refused(405, "Use GET for pages.");
  }
  if (request.method != "POST") return refused(405, "Use POST for calls.");
  const auto origin = request.header("Origin");
  if (origin && *origin != "http://" + host) return refused(403, "Requests from other sites are refused.");
  const std::string from = request.header("Sec-Fetch-Site").value_or("same-origin");
  if (from != "same-origin") return refused(403, "Requests from other sites are refused.");
  // A form of another site cannot send this type without a preflight request.
  if (!request.header("Content-Type").value_or("").starts_with("application/json"))
    return refused(415, "Calls must be JSON.");
  if (!isSame(request.header("X-Roots-Token").value_or(""), token))
    return refused(401, "This link is from an earlier start. Open the link that serve printed last.");
  return std::nullopt;
}

std::string newToken() { return kit::randomHexText(64); }

void addPageHeaders(ServerReply &reply) {
  const std::array<std::pair<const char *, const char *>, 5> headers{{
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
       "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Cache-Control", "no-store"},
  }};
  for (const auto &[name, value] : headers) reply.headers.emplace_back(name, value);
}

}  // namespace roots::host
