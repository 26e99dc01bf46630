// Libraries run from a copy of their own: what becomes of the file in the plugins folder does not matter to
// them.
#include "plugins/plugin_copy.h"
#include "broken_manifest.h"
#include "plugins/plugin_loader.h"
#include "support/catch.h"
#include "support/changed_environment.h"
#include "support/folders.h"
#include "support/temporary_folder.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

using namespace roots;
using namespace roots::host;
using namespace roots::test;

namespace {

namespace fs = std::filesystem;

fs::path libraryFile(const std::string &way) {
  return fs::path(buildFolder()) / "broken-plugins" / (way + ".so");
}

class CopiedPlugin {
 public:
  explicit CopiedPlugin(const std::string &way = "nothing") {
    folder_.write("example.broken/manifest.json", kManifest);
    fs::copy(libraryFile(way), file("lib.so"));
  }
  [[nodiscard]] fs::path file(const std::string &name) const {
    return folder_.path() / "example.broken" / name;
  }
  [[nodiscard]] PluginCandidate candidate() const {
    return *readPluginFolder(folder_.path() / "example.broken");
  }

 private:
  TemporaryFolder folder_;
};

// The folder for temporary files while it lives, and no other place for copies.
class OtherPlaces : ChangedEnvironment {
 public:
  explicit OtherPlaces(const std::string &temporary)
      : ChangedEnvironment({{"TMPDIR", temporary},
                            {"XDG_RUNTIME_DIR", std::nullopt},
                            {"XDG_CACHE_HOME", std::nullopt},
                            {"HOME", std::nullopt}}) {}
};

std::vector<std::string> namesIn(const fs::path &folder) {
  std::vector<std::string> names;
  for (const auto &entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
  return names;
}

}  // namespace

TEST_CASE("a copy contains the whole folder, only for its owner, and is removed with its owner",
          "[plugins]") {
  const CopiedPlugin plugin;
  fs::create_directory(plugin.file("data"));
  std::ofstream(plugin.file("data") / "table.txt") << "one";
  fs::create_symlink("data/table.txt", plugin.file("link.txt"));
  REQUIRE(::mkfifo(plugin.file("pipe").c_str(), 0600) == 0);
  const TemporaryFolder temporary;
  const OtherPlaces places(temporary.path().string());
  {
    const auto copy = PluginCopy::of(plugin.candidate());
    REQUIRE(copy.ok());
    const fs::path folder = copy->plugin().folder;
    CHECK(folder.parent_path().parent_path() == temporary.path());
    CHECK(contentOf(copy->plugin().library) == contentOf(plugin.file("lib.so")));
    CHECK(copy->hash() == *fileHash(plugin.file("lib.so")));
    CHECK(contentOf(folder / "data" / "table.txt") == "one");
    CHECK(contentOf(folder / "link.txt") == "one");
    CHECK_FALSE(fs::is_symlink(folder / "link.txt"));
    CHECK_FALSE(fs::exists(folder / "pipe"));
    for (const fs::path &place : {folder.parent_path(), folder, folder / "data" / "table.txt"}) {
      struct stat state{};
      REQUIRE(::stat(place.c_str(), &state) == 0);
      CHECK((state.st_mode & 077) == 0);
    }
  }
  CHECK(namesIn(temporary.path()).empty());
}

TEST_CASE("the next host removes the copies of killed hosts, but not those in use", "[plugins]") {
  const CopiedPlugin plugin;
  const TemporaryFolder temporary;
  const OtherPlaces places(temporary.path().string());
  const auto in_use = PluginCopy::of(plugin.candidate());
  REQUIRE(in_use.ok());
  const pid_t child = ::fork();
  if (child == 0) {
    const auto abandoned = PluginCopy::of(plugin.candidate());
    ::_exit(abandoned ? 0 : 1);
  }
  int status = -1;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(status == 0);
  CHECK(namesIn(temporary.path()).size() == 2);
  const auto next = PluginCopy::of(plugin.candidate());
  REQUIRE(next.ok());
  CHECK(namesIn(temporary.path()).size() == 2);
  CHECK(fs::exists(in_use->plugin().library));
  CHECK(fs::exists(next->plugin().library));
}

TEST_CASE("folders that only resemble copies are kept", "[plugins]") {
  const CopiedPlugin plugin;
  const TemporaryFolder temporary;
  const OtherPlaces places(temporary.path().string());
  for (const char *name :
       {"roots-plugin-check", "roots-host-running-copy-of-mine", "roots-host-running-copy-abcdef"}) {
    fs::create_directory(temporary.path() / name);
    fs::permissions(temporary.path() / name, fs::perms(0755));
  }
  {
    CHECK(PluginCopy::of(plugin.candidate()).ok());
  }
  CHECK(namesIn(temporary.path()).size() == 3);
}

TEST_CASE("if one place for copies is unusable, the next one is used", "[plugins]") {
  const CopiedPlugin plugin;
  const TemporaryFolder open;
  const OtherPlaces places("/nowhere/at/all");
  const auto beside = PluginCopy::of(plugin.candidate());
  REQUIRE(beside.ok());
  // Hidden, so that nobody takes it for a plugin.
  CHECK(beside->plugin().folder.parent_path().filename().string().starts_with(".roots-host-running-copy-"));
  CHECK(readPluginsFolder(plugin.file("").parent_path().parent_path()).refused.empty());

  fs::permissions(open.path(), fs::perms::all);
  ::setenv("TMPDIR", open.path().c_str(), 1);
  const auto elsewhere = PluginCopy::of(plugin.candidate());
  REQUIRE(elsewhere.ok());
  CHECK(namesIn(open.path()).empty());
}

TEST_CASE("a library that is replaced in any way continues to run unchanged", "[plugins]") {
  const CopiedPlugin plugin("prints");
  const std::string hash = *fileHash(plugin.file("lib.so"));
  const auto table = loadPlugin(plugin.candidate(), hash);
  REQUIRE(table.ok());
  // As cp does it: the same file, cut off and written again.
  std::ofstream(plugin.file("lib.so"), std::ios::binary | std::ios::trunc) << "something else";
  CHECK(table->plugin_id().size == std::string("example.broken").size());
  CHECK(table->plugin_version().size == 5);
  const auto refused = loadPlugin(plugin.candidate(), hash);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message ==
        "Its library has changed since the plugin was enabled. If you replaced it yourself, enable it again: "
        "plugins "
        "enable example.broken.");
  // Back again, it is the one that is in use already.
  fs::copy(libraryFile("prints"), plugin.file("lib.so"), fs::copy_options::overwrite_existing);
  const auto again = loadPlugin(plugin.candidate(), hash);
  REQUIRE(again.ok());
  CHECK(again->connect == table->connect);
}
