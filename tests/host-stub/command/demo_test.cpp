// The demo and the program that it starts. end-to-end/ runs the whole demo.
#include "support/catch.h"
#include "typed.h"

using namespace roots::host;

TEST_CASE("the demo without roots-sandbox says what is missing", "[demo]") {
  const auto result = type({"demo"});
  CHECK(result.exit_code == 1);
  CHECK(result.out.empty());
  CHECK(result.err ==
        "The demo needs the program roots-sandbox in /nowhere/bin. Install it: it belongs to the component "
        "sdk of "
        "this project.\n");
}

TEST_CASE("the host has no sandbox of its own", "[demo]") {
  const auto result = type({"sandbox"});
  CHECK(result.exit_code == 2);
  CHECK(result.err == "There is no command \"sandbox\". roots-host-stub --help lists all commands.\n");
}
