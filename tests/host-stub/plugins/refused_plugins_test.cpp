// Each way in which a plugin is refused, with its own sentence.
#include "broken_manifest.h"
#include "plugins/plugin_library.h"
#include "plugins/plugin_loader.h"
#include "support/catch.h"
#include "support/folders.h"
#include "support/temporary_folder.h"
#include "support/text_search.h"

#include <unistd.h>

using namespace roots;
using namespace roots::host;
using namespace roots::test;

namespace {

std::string libraryOf(const std::string &way) {
  return contentOf(buildFolder() + "/broken-plugins/" + way + ".so");
}

// A plugins folder with one plugin in it.
class OnePlugin {
 public:
  OnePlugin(const std::string &manifest, const std::string &library,
            const std::string &folder = "example.broken") {
    folder_.write(folder + "/manifest.json", manifest);
    if (!library.empty()) folder_.write(folder + "/lib.so", library);
  }

  [[nodiscard]] const std::filesystem::path &path() const { return folder_.path(); }
  [[nodiscard]] PluginFolder look() const { return readPluginsFolder(folder_.path()); }

  // Why the folder alone is refused.
  [[nodiscard]] std::string reason() const {
    const auto found = look();
    CHECK(found.candidates.empty());
    REQUIRE(found.refused.size() == 1);
    return found.refused.front().reason;
  }

  // Why trying the library is refused; "": it is not.
  [[nodiscard]] std::string probed() const {
    const auto found = look();
    REQUIRE(found.candidates.size() == 1);
    const auto tried = probeInChildProcess(found.candidates.front(), buildFolder() + "/bin/roots-host-stub");
    return tried ? "" : tried.error().message;
  }

  [[nodiscard]] Result<roots_provider_api> loaded(const std::string &hash = "") const {
    const auto found = look();
    REQUIRE(found.candidates.size() == 1);
    return loadPlugin(found.candidates.front(),
                      hash.empty() ? *fileHash(found.candidates.front().library) : hash);
  }

 private:
  TemporaryFolder folder_;
};

}  // namespace

TEST_CASE("a missing or broken manifest is refused", "[plugins]") {
  const TemporaryFolder empty;
  std::filesystem::create_directory(empty.path() / "example.empty");
  CHECK(readPluginsFolder(empty.path()).refused.at(0).reason ==
        "It has no manifest.json. Copy the plugin's whole folder.");
  CHECK(OnePlugin("{", "x").reason().starts_with("Its manifest.json is broken."));
  CHECK(contains(OnePlugin(replaced(kManifest, "\"name\":\"Broken\",", ""), "x").reason(), "required"));
  CHECK(contains(OnePlugin(replaced(kManifest, "\"name\"", "\"colour\":1,\"name\""), "x").reason(),
                 "additionalProperties"));
}

TEST_CASE("another interface version is refused before the library is opened, with both numbers",
          "[plugins]") {
  CHECK(OnePlugin(replaced(kManifest, "\"major\":1", "\"major\":2"), "x").reason() ==
        "It is built for interface 2.0, this host speaks 1.1. Install a version of the plugin for interface "
        "1.");
  CHECK(OnePlugin(replaced(kManifest, "\"minor\":0", "\"minor\":7"), "x").reason() ==
        "It needs interface 1.7, this host speaks 1.1. Update the host.");
}

TEST_CASE("a library that is missing or outside the folder is refused", "[plugins]") {
  CHECK(OnePlugin(kManifest, "").reason() ==
        "Its library lib.so is missing. Copy the plugin's whole folder.");
  for (const char *path : {"../lib.so", "/tmp/lib.so", "a/lib.so", ".lib.so"}) {
    std::string manifest = kManifest;
    for (int count = 0; count < 2; ++count)
      manifest = replaced(manifest, "\"lib.so\"", "\"" + std::string(path) + "\"");
    INFO(path);
    CHECK(contains(OnePlugin(manifest, "x").reason(), "pattern at /library/"));
  }
  const TemporaryFolder elsewhere;
  elsewhere.write("real.so", libraryOf("nothing"));
  const OnePlugin linked(kManifest, "");
  std::filesystem::create_symlink(elsewhere.path() / "real.so", linked.path() / "example.broken" / "lib.so");
  CHECK(contains(linked.reason(), "lies outside the plugin's folder"));
}

TEST_CASE("a plugin that others could replace is refused, with the solution", "[plugins]") {
  namespace fs = std::filesystem;
  const OnePlugin plugin(kManifest, "x");
  const fs::path folder = plugin.path() / "example.broken";
  REQUIRE(plugin.look().refused.empty());
  for (const auto &[place, name] : {std::pair(folder, std::string("Its folder")),
                                    std::pair(folder / "lib.so", std::string("Its library lib.so")),
                                    std::pair(folder / "manifest.json", std::string("Its manifest.json")),
                                    std::pair(plugin.path(), std::string("The plugins folder"))}) {
    INFO(name);
    fs::permissions(place, fs::perms::others_write, fs::perm_options::add);
    CHECK(plugin.reason() == name +
                                 " can be written by everybody, who could put other code there. Make it "
                                 "yours alone (chown, chmod go-w), and check the plugin.");
    fs::permissions(place, fs::perms::others_write, fs::perm_options::remove);
    REQUIRE(plugin.look().refused.empty());
  }
  if (::geteuid() == 0) {  // only root can give files away
    REQUIRE(::chown((folder / "lib.so").c_str(), 65534, 65534) == 0);
    CHECK(contains(plugin.reason(), "Its library lib.so belongs to another user"));
    REQUIRE(::chown((folder / "lib.so").c_str(), 0, 65534) == 0);
    fs::permissions(folder / "lib.so", fs::perms::group_write, fs::perm_options::add);
    CHECK(contains(plugin.reason(), "can be written by its group"));
  }
}

TEST_CASE("a plugin that is a link to another place is refused", "[plugins]") {
  const OnePlugin real(kManifest, "x");
  const TemporaryFolder plugins;
  std::filesystem::create_directory_symlink(real.path() / "example.broken",
                                            plugins.path() / "example.broken");
  CHECK(readPluginsFolder(plugins.path()).refused.at(0).reason ==
        "It is a link to a place outside the plugins folder. Copy the plugin's folder itself.");
}

TEST_CASE("a folder whose name is not the ID of the plugin is refused", "[plugins]") {
  CHECK(contains(OnePlugin(kManifest, "x", "other.name").reason(), "Rename the folder"));
}

TEST_CASE("rules that a schema cannot express are checked as well", "[plugins]") {
  const std::string secret = R"("settings":[{"key":"a","label":"A","type":"secret","default":"x"}])";
  CHECK(contains(OnePlugin(replaced(kManifest, "\"settings\":[]", secret), "x").reason(),
                 "would be known to everybody"));
  const std::string twice =
      R"("settings":[{"key":"a","label":"A","type":"text"},{"key":"a","label":"B","type":"text"}])";
  CHECK(contains(OnePlugin(replaced(kManifest, "\"settings\":[]", twice), "x").reason(), "twice"));
  const std::string url =
      R"("settings":[{"key":"a","label":"A","type":"url","default":"https://evil.example.com"}])";
  CHECK(
      contains(OnePlugin(replaced(kManifest, "\"settings\":[]", url), "x").reason(), "permissions.network"));
}

TEST_CASE("a complete library is tried and loaded", "[plugins]") {
  const OnePlugin good(kManifest, libraryOf("nothing"));
  CHECK(good.probed().empty());
  CHECK(good.loaded().ok());
  CHECK(good.loaded().ok());  // twice is fine
}

TEST_CASE("a truncated library crashes only a child process", "[plugins]") {
  const std::string whole = libraryOf("nothing");
  for (const std::size_t size :
       {std::size_t{64}, std::size_t{1000}, whole.size() / 4, whole.size() / 2, whole.size() - 1}) {
    INFO(size);
    const std::string reason = OnePlugin(kManifest, whole.substr(0, size)).probed();
    CHECK(contains(reason, "damaged or incomplete"));
  }
  CHECK(contains(OnePlugin(kManifest, "this is a text").probed(), "is no library of this system"));
}

TEST_CASE("each broken library is refused with a specific message", "[plugins]") {
  const auto probed = [](const char *way) { return OnePlugin(kManifest, libraryOf(way)).probed(); };
  CHECK(probed("no_entry") ==
        "Its library lib.so is no roots plugin: the function roots_provider_entry_v1 is missing. Install the "
        "plugin again.");
  CHECK(contains(probed("short_table"), "shorter than interface 1.0"));
  CHECK(probed("null_slot") ==
        "The plugin's table of functions lacks fetch_schedule. Install a version that is complete.");
  CHECK(probed("null_table") == "The plugin hands out no table of functions. Install it again.");
  CHECK(probed("wrong_id") ==
        "Its library says it is example.other 1.0.0, its manifest.json says example.broken 1.0.0. Copy both "
        "files from the same version.");
  CHECK(probed("undefined_symbol") ==
        "Its library lib.so cannot be loaded: undefined symbol: nobody_defines_this. Install a version built "
        "for "
        "this system.");
  CHECK(probed("needs_absent") ==
        "Its library lib.so needs libroots-absent.so, which is not installed on this computer. Install the "
        "package "
        "that holds it, or a version of the plugin that brings it along.");
  CHECK(probed("crash_at_load") ==
        "Its library lib.so ends the program that loads it. Install another version.");
}

TEST_CASE("a library for another processor is refused as such", "[plugins]") {
  std::string foreign = libraryOf("nothing");
  const std::string own = foreign[18] == 62 ? "x86-64" : "ARM, 64 bits";
  foreign[18] = static_cast<char>(own == "x86-64" ? 183 : 62);
  CHECK(OnePlugin(kManifest, foreign).probed() ==
        "Its library lib.so is built for another processor (" +
            std::string(own == "x86-64" ? "ARM, 64 bits" : "x86-64") + "); this computer has " + own +
            ". Install the plugin's build for this computer.");
  std::string other_order = libraryOf("nothing");
  other_order[5] = 2;
  CHECK(contains(OnePlugin(kManifest, other_order).probed(), "is built for another processor"));
  std::string narrow = libraryOf("nothing");
  narrow[4] = 1;
  CHECK(contains(OnePlugin(kManifest, narrow).probed(), "is built for another processor"));
  std::string program = libraryOf("nothing");
  program[16] = 2;
  CHECK(contains(OnePlugin(kManifest, program).probed(), "is no library of this system"));
}

TEST_CASE("no number in a library's file causes a read outside the file", "[plugins]") {
  const std::string whole = libraryOf("nothing");
  // Places of the tables of segments and sections, and the sizes and counts of their rows.
  for (const std::size_t place : {39u, 40u, 47u, 57u, 59u, 61u}) {
    // A library that was built with sanitizers is so large that even 65,535 rows lie inside it.
    constexpr std::size_t largest_table = 0xffff * 64;
    if (place == 57u && whole.size() > largest_table) continue;
    std::string bent = whole;
    bent[place] = '\xff';
    INFO(place);
    CHECK(contains(OnePlugin(kManifest, bent).probed(), "is damaged or incomplete"));
  }
  // Each byte of the header and of the table of segments, with any value: an answer, and no crash here.
  const OnePlugin plugin(kManifest, whole);
  const auto library = plugin.path() / "example.broken" / "lib.so";
  for (std::size_t place = 0; place < 64 + 56 * 8; ++place) {
    std::string bent = whole;
    bent[place] = static_cast<char>(bent[place] ^ static_cast<char>(0x80 + place % 0x7f));
    std::ofstream(library, std::ios::binary | std::ios::trunc) << bent;
    (void)damagedLibraryProblem(library);
  }
}

TEST_CASE("a library that never finishes loading is abandoned", "[plugins][slow]") {
  const char *way = GENERATE("hang_at_load", "closes_pipes_at_load");
  INFO(way);
  CHECK(contains(OnePlugin(kManifest, libraryOf(way)).probed(), "did not finish loading within 10 seconds"));
}

TEST_CASE("a library that changed since it was enabled is not opened", "[plugins]") {
  const OnePlugin plugin(kManifest, libraryOf("nothing"));
  const auto loaded = plugin.loaded(std::string(64, '0'));
  REQUIRE_FALSE(loaded.ok());
  CHECK(contains(loaded.error().message, "has changed since the plugin was enabled"));
}

TEST_CASE("a faulty plugin never affects the others", "[plugins]") {
  const OnePlugin good(kManifest, libraryOf("nothing"));
  std::filesystem::create_directory(good.path() / "a.bad");
  std::ofstream(good.path() / "z.file") << "no folder";
  const auto found = good.look();
  CHECK(found.candidates.size() == 1);
  REQUIRE(found.refused.size() == 1);
  CHECK(found.refused.front().folder == "a.bad");
  CHECK(readPluginsFolder("/nowhere/at/all").candidates.empty());
}

TEST_CASE("the manifest of this project is read correctly", "[plugins]") {
  const auto manifest = readManifest(buildFolder() + "/plugins/roots.personio");
  REQUIRE(manifest.ok());
  CHECK(manifest->id == "roots.personio");
  REQUIRE(manifest->setting("client_secret") != nullptr);
  CHECK(manifest->setting("client_secret")->isSecret());
  CHECK(manifest->setting("base_url")->default_value == "https://api.personio.de");
  CHECK(manifest->setting("nothing") == nullptr);
}
