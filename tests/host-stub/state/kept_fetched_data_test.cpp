// The copy of damaged data stays until a disconnect.
#include "damaged_settings.h"

using namespace roots;
using namespace roots::host;
using namespace roots::host::damage;

TEST_CASE("a damaged context.json is still kept if the same command drops data without a connection",
          "[context][damage]") {
  const TemporaryFolder home;
  fill(home);
  const fs::path file = home.path() / "context.json";
  const std::string good = contentOf(file);
  const std::string damaged = replaced(good, "\"4711\"", "\"4712\"");  // of another account
  home.write("context.json", replaced(damaged, "\"weeks\":[", "\"weeks\":[7"));
  const std::string content = contentOf(file);
  const Stores stores = openedToChange(home);
  REQUIRE(stores.reports.size() == 1);
  CHECK(stores.fetched.get().providers.empty());
  CHECK(contains(stores.reports.front(), "context.json.damaged until a disconnect removes it"));
  CHECK(contentOf(file.string() + ".damaged") == content);
  (void)openedToChange(home);
  CHECK(fs::exists(file.string() + ".damaged"));
}
