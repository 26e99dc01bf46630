// Which notices of a provider the host stores.
#include "sync/notices.h"
#include "support/catch.h"

#include <roots/provider_client.hpp>
#include <roots/record_limits.hpp>

using namespace roots;
using namespace roots::host;

TEST_CASE("notices are stored in order, each once", "[sync][notices]") {
  std::vector<std::string> notices;
  for (const char *text : {"One.", "Two.", "One."}) addNotice(notices, text);
  CHECK(notices == std::vector<std::string>{"One.", "Two."});
}

TEST_CASE("the number of notices is limited, and the last one says so", "[sync][notices]") {
  std::vector<std::string> notices;
  for (int count = 0; count < 100'000; ++count) addNotice(notices, "Notice " + std::to_string(count) + ".");
  REQUIRE(notices.size() == limits::notices);
  CHECK(notices.front() == "Notice 0.");
  CHECK(notices.back() == "More notices are omitted.");
}

TEST_CASE("a notice of any length is shortened between characters", "[sync][notices]") {
  for (std::size_t beginning = 0; beginning < 4; ++beginning) {
    std::string text(beginning, 'x');
    while (text.size() < 5'000'000) text += "€";
    std::vector<std::string> notices;
    addNotice(notices, text);
    REQUIRE(notices.size() == 1);
    CHECK(notices.front().size() <= limits::notice_bytes);
    CHECK(notices.front().size() > limits::notice_bytes - 10);
    CHECK(detail::isUtf8(notices.front()));
    CHECK(notices.front().ends_with("€ …"));
  }
  std::vector<std::string> notices;
  const std::string longest(limits::notice_bytes, 'x');
  addNotice(notices, longest);
  CHECK(notices.front() == longest);
}
