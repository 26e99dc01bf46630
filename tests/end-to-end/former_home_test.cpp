// The real host program in the user's own folders, with the home of a former version, in which everything
// lies in the folder for settings.
#include "support/catch.h"
#include "support/host_user.h"
#include "support/text_search.h"

using namespace roots;
using namespace roots::test;

namespace {

namespace fs = std::filesystem;

std::string everythingIn(const fs::path &folder) {
  std::string content;
  for (const auto &entry : fs::directory_iterator(folder))
    content += entry.path().filename().string() + "\n" + contentOf(entry.path()) + "\n";
  return content;
}

// A user who types commands without --home.
class UserOfOwnFolders {
 public:
  explicit UserOfOwnFolders(const HostUser &user) : user_(user) {}

  [[nodiscard]] fs::path settings() const { return folder_.path() / ".config" / "roots-host-stub"; }
  [[nodiscard]] fs::path data() const { return folder_.path() / ".local" / "state" / "roots-host-stub"; }

  [[nodiscard]] ProcessResult type(const std::vector<std::string> &words) const {
    auto command = user_.command(words);
    command.erase(command.begin() + 1, command.begin() + 3);  // --home and its folder
    ProcessOptions options;
    options.environment = {{"HOME", folder_.path().string()}};
    return run(command, options);
  }

 private:
  const HostUser &user_;
  TemporaryFolder folder_;
};

}  // namespace

TEST_CASE("the home of a former version is used and moved, and disconnecting removes its data",
          "[end-to-end][home]") {
  HostUser former;
  former.connectAll();
  const std::vector<std::string> view{"timeline", "--from", "2026-07-06", "--to", "2026-07-10", "--json"};
  const auto before = former.type(view);
  REQUIRE(contains(before.out, "Urlaub"));

  const UserOfOwnFolders user(former);
  fs::create_directories(user.settings().parent_path());
  fs::copy(former.home(), user.settings());
  fs::permissions(user.settings(), fs::perms::owner_all);
  former.services().forgetRequests();
  const auto after = user.type(view);
  CHECK(after.err.empty());
  CHECK(after.out == before.out);
  CHECK(former.services().requests().empty());  // nothing had to be fetched again
  CHECK_FALSE(fs::exists(user.settings() / "context.json"));
  CHECK(contentOf(user.data() / "context.json") == contentOf(former.home() / "context.json"));
  CHECK(contentOf(user.settings() / "secrets.json") == contentOf(former.home() / "secrets.json"));

  const auto ended = user.type({"disconnect", "roots.personio"});
  INFO(ended.err);
  REQUIRE(ended.exit_code == 0);
  for (const auto &folder : {user.settings(), user.data()}) {
    const std::string content = everythingIn(folder);
    for (const char *trace : {"papi-", "Nele.Muster", "Urlaub"}) {
      INFO(folder << " " << trace);
      CHECK_FALSE(contains(content, trace));
    }
  }
}

TEST_CASE("a new user's settings and fetched data are in separate folders", "[end-to-end][home]") {
  const HostUser services;
  const UserOfOwnFolders user(services);
  const auto set = user.type({"settings", "set", "weekday-hours", "8 8 8 8 8 0 0"});
  INFO(set.err);
  REQUIRE(set.exit_code == 0);
  CHECK(fs::exists(user.settings() / "settings.json"));
  CHECK(fs::status(user.settings()).permissions() == fs::perms::owner_all);
  CHECK(fs::status(user.data()).permissions() == fs::perms::owner_all);
  CHECK_FALSE(fs::exists(user.data() / "settings.json"));
}
