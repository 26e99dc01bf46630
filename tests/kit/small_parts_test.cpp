// Dates, URLs, redaction, retry, wiping.
#include "support/catch.h"

#include <roots/kit/civil_date.h>
#include <roots/kit/redaction.h>
#include <roots/kit/retry.h>
#include <roots/kit/trim.h>
#include <roots/kit/url.h>
#include <roots/kit/wipe.h>

#include <algorithm>
#include <deque>

using namespace roots;
using namespace roots::kit;
using namespace std::chrono_literals;

namespace {

// Replies in order; the last one for ever.
class ScriptedTransport final : public HttpTransport {
 public:
  explicit ScriptedTransport(std::deque<Result<HttpReply, TransportError>> replies)
      : replies_(std::move(replies)) {}

  Result<HttpReply, TransportError> send(const HttpRequest &, const CallLimits &) override {
    ++asked;
    auto reply = replies_.front();
    if (replies_.size() > 1) replies_.pop_front();
    return reply;
  }

  int asked = 0;

 private:
  std::deque<Result<HttpReply, TransportError>> replies_;
};

// A clock that advances only when the code under test waits.
class ManualWaiter final : public Waiter {
 public:
  std::chrono::steady_clock::time_point now() override { return now_; }
  void wait(std::chrono::milliseconds duration, const CallLimits &) override {
    waits.push_back(duration);
    now_ += duration;
  }
  double random() override { return 0.5; }

  std::vector<std::chrono::milliseconds> waits;

 private:
  std::chrono::steady_clock::time_point now_{};
};

HttpReply status(int code, std::vector<HttpHeader> headers = {}) {
  return HttpReply{code, std::move(headers), ""};
}
TransportError fault(TransportFault what) { return TransportError{what, ""}; }

struct Tried {
  int asked;
  std::vector<std::chrono::milliseconds> waits;
  bool ok;
};

Tried trying(std::deque<Result<HttpReply, TransportError>> replies, const std::string &method = "GET",
             std::chrono::milliseconds time = 60s) {
  ScriptedTransport transport(std::move(replies));
  ManualWaiter waiter;
  HttpRequest request;
  request.method = method;
  const auto outcome = sendWithRetry(transport, request, {waiter.now() + time, {}}, RetryPolicy{}, waiter);
  return {transport.asked, waiter.waits, outcome.ok() && outcome->status == 200};
}

}  // namespace

TEST_CASE("only real days are dates", "[dates]") {
  CHECK(formatDate(*parseDate("2028-02-29")) == "2028-02-29");
  for (const char *text : {"2026-02-29", "2026-13-01", "2026-00-10", "0000-01-01", "2026-1-1", "2026-01-01T",
                           "", "2026/01/01", "20260101  "}) {
    INFO(text);
    CHECK_FALSE(parseDate(text).has_value());
  }
  CHECK(parseLeadingDate("2026-07-14T00:00:00+0200") == parseDate("2026-07-14"));
  CHECK_FALSE(parseLeadingDate("2026-07-145").has_value());
  CHECK(formatDate(addDays(*parseDate("2026-12-31"), 1)) == "2027-01-01");
  CHECK(daysBetween(*parseDate("2026-03-28"), *parseDate("2026-03-30")) == 2);
  CHECK(weekdayIndex(*parseDate("2026-07-06")) == 0);
  CHECK(formatDate(lastOfMonth(*parseDate("2026-02-10"))) == "2026-02-28");
  CHECK_FALSE(fromRecord(Date{}).has_value());
}

TEST_CASE("a base URL is https, or http on loopback", "[url]") {
  const auto url = parseBaseUrl("https://api.example.com:8443/below/");
  REQUIRE(url.ok());
  CHECK(url->host == "api.example.com");
  CHECK(url->port == 8443);
  CHECK(url->path == "/below");
  for (const char *fine :
       {"http://127.0.0.1:80", "http://localhost:3000", "http://[::1]:3000", "http://127.1.2.3"}) {
    INFO(fine);
    CHECK(parseBaseUrl(fine).ok());
  }
  for (const char *bad :
       {"", "api.example.com", "ftp://example.com", "http://example.com", "http://127.0.0.1.example.com",
        "http://127.0.0.1@example.com", "https://user:secret@example.com", "https://",
        "https://example.com:0", "https://example.com:99999", "https://example.com?x=1",
        "https://example.com#x", "https://exa mple.com", "http://[::2]", "https://example.com/a b",
        "http://128.0.0.1", "https://[fe80::1"}) {
    INFO(bad);
    const auto refused = parseBaseUrl(bad);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().setting == "base_url");
  }
}

TEST_CASE("queries are percent-encoded", "[url]") {
  CHECK(encodedPairs({{"email", "a+b@example.com"}, {"attributes[]", "ü"}}) ==
        "email=a%2Bb%40example.com&attributes%5B%5D=%C3%BC");
}

TEST_CASE("a secret is hidden in every form, and the longest first", "[redaction]") {
  Redactor redactor;
  redactor.addSecret("p@ss/word");
  redactor.addSecret("p@ss/word-longer");
  redactor.addSecret("abc");
  CHECK(redactor.redacted("x p@ss/word-longer y p%40ss%2Fword z\nabc") == "x [hidden] y [hidden] z abc");
  redactor.forgetSecrets();
  CHECK(redactor.redacted("p@ss/word") == "p@ss/word");
}

TEST_CASE("a GET is retried on faults, 429 and 5xx, with backoff", "[retry]") {
  const auto tried = trying({status(503), fault(TransportFault::connection_lost), status(429), status(200)});
  CHECK(tried.ok);
  CHECK(tried.asked == 4);
  CHECK(tried.waits == std::vector<std::chrono::milliseconds>{375ms, 750ms, 1500ms});
}

TEST_CASE("the number of attempts is limited", "[retry]") { CHECK(trying({status(500)}).asked == 4); }

TEST_CASE("requests of one call share their retries, which limits the load on a failing service", "[retry]") {
  std::atomic<int> left{5};
  ManualWaiter waiter;
  int asked = 0;
  for (int request = 0; request < 4; ++request) {
    ScriptedTransport transport({status(503)});
    const auto outcome = sendWithRetry(transport, {}, {waiter.now() + 60s, {}, &left}, RetryPolicy{}, waiter);
    CHECK(outcome->status == 503);
    asked += transport.asked;
  }
  CHECK(asked == 4 + 5);
}

TEST_CASE("permanent errors are not retried", "[retry]") {
  for (const auto what : {TransportFault::cancelled, TransportFault::timed_out,
                          TransportFault::certificate_refused, TransportFault::reply_too_large}) {
    CHECK(trying({fault(what)}).asked == 1);
  }
  for (const int code : {200, 302, 400, 401, 403, 404, 422}) CHECK(trying({status(code)}).asked == 1);
}

TEST_CASE("a POST is retried only if the service cannot have acted on it", "[retry]") {
  CHECK(trying({status(500)}, "POST").asked == 1);
  CHECK(trying({fault(TransportFault::connection_lost)}, "POST").asked == 1);
  CHECK(trying({status(429)}, "POST").asked == 4);
  CHECK(trying({fault(TransportFault::connection_refused)}, "POST").asked == 4);
}

TEST_CASE("a wait is described in its largest suitable unit, rounded up", "[retry]") {
  CHECK(waitText(1ms) == "1 second");
  CHECK(waitText(90s) == "90 seconds");
  CHECK(waitText(180s + 1ms) == "4 minutes");
  CHECK(waitText(3h) == "180 minutes");
  CHECK(waitText(3h + 1s) == "4 hours");
}

TEST_CASE("Retry-After is honoured, and a wait beyond the deadline is not started", "[retry]") {
  CHECK(trying({status(429, {{"Retry-After", "7"}}), status(200)}).waits ==
        std::vector<std::chrono::milliseconds>{7000ms});
  CHECK(trying({status(429, {{"Retry-After", "120"}})}).asked == 1);
  CHECK(trying({status(503)}, "GET", 500ms).asked == 2);
  CHECK(retryAfter(status(429, {{"Retry-After", "nonsense"}})) == std::nullopt);
  CHECK(retryAfter(status(429, {{"Retry-After", "-1"}})) == std::nullopt);
  CHECK(retryAfter(status(429, {{"Retry-After", "86400"}})) == std::chrono::hours(24));
  CHECK(retryAfter(status(429, {{"Retry-After", "99999999999"}})) == std::chrono::hours(24 * 24));
  CHECK(retryAfter(status(429, {{"Retry-After", "99999999999999999999"}})) == std::nullopt);
}

TEST_CASE("Retry-After is at least a second, and a date in the past is ignored", "[retry]") {
  CHECK(retryAfter(status(503, {{"Retry-After", "0"}})) == 1s);
  CHECK(retryAfter(status(429, {{"Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT"}})) == std::nullopt);
  // Its own pauses decide then.
  CHECK(trying({status(503, {{"Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT"}}), status(200)}).waits ==
        std::vector<std::chrono::milliseconds>{375ms});
  // The service's clock is used, not that of this computer.
  const auto by_its_clock = [](const char *now) {
    return retryAfter(status(429, {{"Date", now}, {"Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT"}}));
  };
  CHECK(by_its_clock("Wed, 21 Oct 2015 07:26:30 GMT") == 90s);
  CHECK(by_its_clock("Wed, 21 Oct 2015 07:28:00 GMT") == std::nullopt);
  CHECK(by_its_clock("Wed, 21 Oct 2015 07:29:00 GMT") == std::nullopt);
}

TEST_CASE("a request with any method is retried on 408", "[retry]") {
  CHECK(trying({status(408), status(200)}).ok);
  CHECK(trying({status(408), status(200)}, "POST").ok);
  CHECK(trying({fault(TransportFault::proxy_failed), status(200)}, "POST").ok);
}

TEST_CASE("any white space around pasted text is trimmed", "[trim]") {
  for (const char *blank : {" ", "\t\r\n", "\xC2\xA0", "\xEF\xBB\xBF", "\xE2\x80\x8B", "\xE2\x80\xAF",
                            "\xE3\x80\x80", "\xE2\x80\xA8 \xC2\xA0"}) {
    const std::string around = blank;
    CHECK(trimmed(around + "key \xC2\xA0 two" + around) == "key \xC2\xA0 two");
    CHECK(trimmed(around + around).empty());
  }
  CHECK(trimmed("\xC3\xA0") == "\xC3\xA0");  // ends with the same byte as a no-break space
  CHECK(holdsBlankOrControl("a b"));
  CHECK(holdsBlankOrControl("a\x7F"));
  CHECK_FALSE(holdsBlankOrControl("key-\xC3\xBC"));
}

TEST_CASE("cancelling ends a wait between attempts", "[retry]") {
  ScriptedTransport transport({status(503)});
  const auto start = std::chrono::steady_clock::now();
  constexpr auto pause = 120s;  // reached only by a wait that nothing ends
  int asked = 0;
  const CallLimits limits{start + 10 * pause, [&] { return ++asked > 2; }};
  const auto outcome = sendWithRetry(transport, {}, limits, RetryPolicy{4, pause, pause}, realWaiter());
  REQUIRE_FALSE(outcome.ok());
  CHECK(outcome.error().fault == TransportFault::cancelled);
  CHECK(transport.asked == 1);
  CHECK(asked <= 2 + 2);  // it goes on for no other slice
  CHECK(std::chrono::steady_clock::now() - start < pause / 2);
}

TEST_CASE("wiping a secret overwrites its memory, including unused capacity", "[wipe]") {
  std::string secret = "a secret that is long enough to have memory of its own";
  const char *bytes = secret.data();
  const std::size_t room = secret.capacity();
  secret.resize(8);  // the rest of the longer text stays behind in the spare bytes
  kit::wipe(secret);
  CHECK(secret.empty());
  REQUIRE(secret.data() == bytes);
  REQUIRE(secret.capacity() == room);
  CHECK(std::count(bytes, bytes + room, '\0') == static_cast<std::ptrdiff_t>(room));
  std::string again = "another secret of some length, in memory of its own";
  {
    const kit::WipedAtEnd wiped(again);
    CHECK_FALSE(again.empty());
  }
  CHECK(again.empty());
  std::map<std::string, std::map<std::string, std::string>> owned{
      {"owner", {{"first", "a secret of some length, in memory of its own"}, {"second", "short"}}}};
  const std::string &first = owned["owner"]["first"];
  const char *of_first = first.data();
  {
    const kit::WipedAtEnd wiped(owned);
    CHECK_FALSE(first.empty());
  }
  CHECK(first.empty());
  CHECK(owned["owner"]["second"].empty());
  CHECK(std::count(of_first, of_first + first.capacity(), '\0') ==
        static_cast<std::ptrdiff_t>(first.capacity()));
}
