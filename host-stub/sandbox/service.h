// Common parts of both servers: the log of requests and misuse, rate limits, and elements of replies. All
// functions are called with the sandbox's mutex held.
#pragma once

#include "http_server/http_server.h"
#include "sandbox/sandbox.h"
#include "sandbox/scenario.h"

#include <roots/kit/json.h>

#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace roots::sandbox {

using host::ServerReply;
using host::ServerRequest;

// The requests within a time window, counted against a limit.
class RateLimit {
 public:
  // False: the limit is exceeded.
  bool admit(int most, std::chrono::seconds window);

 private:
  std::deque<std::chrono::steady_clock::time_point> seen_;
};

// A token bucket with a burst size: the rate limit of API v2.
class PermitBucket {
 public:
  // False: the bucket is empty. The burst is the refill of one second.
  bool admit(int per_second);
  [[nodiscard]] int left() const { return static_cast<int>(permits_); }

 private:
  double permits_ = 0;
  std::optional<std::chrono::steady_clock::time_point> filled_;  // nullopt: never used, full
};

// An issued token and its expiry.
struct Token {
  std::string client_id;
  std::chrono::steady_clock::time_point expires;
};

struct RequestLog {
  std::vector<SeenRequest> requests;
  std::vector<std::string> complaints;
  std::map<std::string, Token> tokens;
  std::map<std::string, RateLimit> limits;
  std::string scheme = "http://";               // of the servers' own addresses
  std::map<std::string, PermitBucket> buckets;  // of API v2, by endpoint
  // The content of the cursors of API v2: the filters of the first page, by number.
  std::vector<std::vector<std::pair<std::string, std::string>>> filters;

  void recordProblem(const std::string &server, const std::string &endpoint, const std::string &what);
};

// Complains about query parameters that the endpoint does not know.
void requireKnownParameters(RequestLog &log, const std::string &server, const std::string &endpoint,
                            const ServerRequest &request, const std::set<std::string> &known);

[[nodiscard]] ServerReply jsonReply(int status, std::string body);

// Writes a JSON object member by member. A raw member replaces the computed one with its name, or omits it.
class JsonObject {
 public:
  JsonObject() { writer_.beginObject(); }
  explicit JsonObject(const RawMembers &raw) : raw_(&raw) { writer_.beginObject(); }

  JsonObject &text(const std::string &name, std::string_view value);
  JsonObject &textOrNull(const std::string &name, std::string_view value);  // "": null
  JsonObject &number(const std::string &name, std::int64_t value);
  JsonObject &hundredths(const std::string &name, int value);  // 983 -> 9.83
  JsonObject &flag(const std::string &name, bool value);
  JsonObject &null(const std::string &name);
  JsonObject &json(const std::string &name, std::string_view value);  // a value that is JSON already

  [[nodiscard]] std::string finish();

 private:
  // False: a raw member has taken its place.
  bool begin(const std::string &name);

  const RawMembers *raw_ = nullptr;
  kit::JsonWriter writer_;
};

[[nodiscard]] std::string jsonOf(std::string_view text);                  // text -> JSON string
[[nodiscard]] std::string listOf(const std::vector<std::string> &items);  // JSON values -> JSON array

// The replies to a request of each service. The path is below the server's root.
[[nodiscard]] ServerReply personioReply(Scenario &scenario, RequestLog &log, const std::string &endpoint,
                                        const ServerRequest &request);
[[nodiscard]] ServerReply mocoReply(Scenario &scenario, RequestLog &log, const std::string &endpoint,
                                    const ServerRequest &request);

}  // namespace roots::sandbox
