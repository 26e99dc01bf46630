#include "support/catch.h"

#include <roots/result.hpp>

using namespace roots;
using namespace std::chrono_literals;

TEST_CASE("a new error has a status and a message, and nothing else", "[errors]") {
  const Error error = makeError(Status::access_missing, "A permission is missing.");
  CHECK(error.status == Status::access_missing);
  CHECK(error.message == "A permission is missing.");
  CHECK(error.setting.empty());
  CHECK(error.http_status == 0);
  CHECK_FALSE(error.retry_after);
}

TEST_CASE("the other members of a new error are named", "[errors]") {
  const Error error = makeError(Status::try_later, "Try again later.")
                          .withSetting("base_url")
                          .withHttpStatus(503)
                          .withRetryAfter(1500ms);
  CHECK(error.status == Status::try_later);
  CHECK(error.message == "Try again later.");
  CHECK(error.setting == "base_url");
  CHECK(error.http_status == 503);
  CHECK(error.retry_after == 1500ms);
}

TEST_CASE("an unknown retry time stays unknown", "[errors]") {
  CHECK_FALSE(makeError(Status::try_later, "Try again later.").withRetryAfter(std::nullopt).retry_after);
}
