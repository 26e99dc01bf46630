// Staying below a service's limit.
#include "support/catch.h"

#include <roots/kit/pacer.h>

using namespace roots::kit;
using namespace std::chrono_literals;

namespace {

const Pacer::Time kBegin = Pacer::Time{} + 1h;

HttpReply telling(std::vector<HttpHeader> headers) { return {200, std::move(headers), ""}; }

}  // namespace

TEST_CASE("a burst passes at once, later requests wait", "[pacer]") {
  Pacer pacer({10, 3});
  for (int request = 0; request < 3; ++request) CHECK(pacer.take(kBegin) == 0ms);
  CHECK(pacer.take(kBegin) == 100ms);
  CHECK(pacer.take(kBegin) == 200ms);
}

TEST_CASE("permits are refilled over time up to the burst size", "[pacer]") {
  Pacer pacer({10, 2});
  for (int request = 0; request < 2; ++request) CHECK(pacer.take(kBegin) == 0ms);
  CHECK(pacer.take(kBegin + 100ms) == 0ms);
  const auto later = kBegin + 1h;
  for (int request = 0; request < 2; ++request) CHECK(pacer.take(later) == 0ms);
  CHECK(pacer.take(later) == 100ms);
}

TEST_CASE("limits sent by the service replace the documented ones", "[pacer]") {
  Pacer pacer({10, 10});
  REQUIRE(pacer.take(kBegin) == 0ms);
  pacer.learn(telling({{"X-RateLimit-Replenish-Rate", "2"}, {"x-ratelimit-remaining", "0"}}), kBegin);
  CHECK(pacer.take(kBegin) == 500ms);
  Pacer generous({1, 1});
  REQUIRE(generous.take(kBegin) == 0ms);
  generous.learn(telling({{"x-ratelimit-replenish-rate", "100"}, {"x-ratelimit-burst-capacity", "50"}}),
                 kBegin);
  CHECK(generous.take(kBegin) == 10ms);
}

TEST_CASE("a lower count from the service is used, a higher one is ignored", "[pacer]") {
  Pacer pacer({1, 2});
  REQUIRE(pacer.take(kBegin) == 0ms);
  REQUIRE(pacer.take(kBegin) == 0ms);
  pacer.learn(telling({{"x-ratelimit-remaining", "7"}}), kBegin);
  CHECK(pacer.take(kBegin) == 1000ms);
}

TEST_CASE("invalid figures are ignored", "[pacer]") {
  Pacer pacer({10, 1});
  REQUIRE(pacer.take(kBegin) == 0ms);
  for (const char *text : {"", "0", "-5", "fast", "1e9", "99999999999", "5;w=1"}) {
    pacer.learn(telling({{"x-ratelimit-replenish-rate", text}, {"x-ratelimit-burst-capacity", text}}),
                kBegin);
  }
  CHECK(pacer.take(kBegin) == 100ms);
}

TEST_CASE("a clock that jumps back grants no permits", "[pacer]") {
  Pacer pacer({10, 1});
  REQUIRE(pacer.take(kBegin) == 0ms);
  CHECK(pacer.take(kBegin - 1min) == 100ms);
}
