// What both servers share: the books they keep of requests and misuse, their rate limits, and small pieces
// of replies. All functions are called with the sandbox's mutex held.
#pragma once

#include "http_server/http_server.h"
#include "sandbox/sandbox.h"
#include "sandbox/scenario.h"

#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace roots::sandbox {

using host::ServerReply;
using host::ServerRequest;

// Requests of the last while, to be counted against a limit.
class RateLimit {
 public:
  // False: one too many within the window.
  bool admit(int most, std::chrono::seconds window);

 private:
  std::deque<std::chrono::steady_clock::time_point> seen_;
};

// Permits that come back with time, up to a burst of them: how API v2 limits requests.
class PermitBucket {
 public:
  // False: there is none. The burst is what comes back in one second.
  bool admit(int per_second);
  [[nodiscard]] int left() const { return static_cast<int>(permits_); }

 private:
  double permits_ = 0;
  std::optional<std::chrono::steady_clock::time_point> filled_;  // nothing: never asked, full
};

// A token that was issued, and until when it counts.
struct Token {
  std::string client_id;
  std::chrono::steady_clock::time_point expires;
};

struct Books {
  std::vector<SeenRequest> requests;
  std::vector<std::string> complaints;
  std::map<std::string, Token> tokens;
  std::map<std::string, RateLimit> limits;
  std::string scheme = "http://";               // of the servers' own addresses
  std::map<std::string, PermitBucket> buckets;  // of API v2, by endpoint

  void complain(const std::string &server, const std::string &endpoint, const std::string &what);
};

// Complains about query parameters that the endpoint does not know.
void requireKnownParameters(Books &books, const std::string &server, const std::string &endpoint,
                            const ServerRequest &request, const std::set<std::string> &known);

[[nodiscard]] ServerReply jsonReply(int status, std::string body);

// The value of a raw member if there is one, else the computed JSON text; false: the member is left out.
bool chooseMember(const RawMembers &raw, const std::string &name, std::string &json);

[[nodiscard]] std::string quoted(std::string_view text);  // as a JSON string

// Writes an object member by member, raw members taking the place of computed ones.
class ObjectText {
 public:
  explicit ObjectText(const RawMembers &raw) : raw_(raw) {}
  ObjectText &member(const std::string &name, std::string json);
  ObjectText &text(const std::string &name, std::string_view value) { return member(name, quoted(value)); }
  ObjectText &textOrNull(const std::string &name, std::string_view value) {
    return member(name, value.empty() ? "null" : quoted(value));
  }
  ObjectText &number(const std::string &name, std::int64_t value) {
    return member(name, std::to_string(value));
  }
  ObjectText &flag(const std::string &name, bool value) { return member(name, value ? "true" : "false"); }
  [[nodiscard]] std::string finish() const { return "{" + members_ + "}"; }

 private:
  const RawMembers &raw_;
  std::string members_;
};

[[nodiscard]] std::string listOf(const std::vector<std::string> &items);  // JSON texts -> JSON array
[[nodiscard]] std::string hundredthsText(int hundredths);                 // 983 -> "9.83"

// The replies to a request of each service. The path is below the server's root.
[[nodiscard]] ServerReply personioReply(Scenario &scenario, Books &books, const std::string &endpoint,
                                        const ServerRequest &request);
[[nodiscard]] ServerReply mocoReply(Scenario &scenario, Books &books, const std::string &endpoint,
                                    const ServerRequest &request);

}  // namespace roots::sandbox
