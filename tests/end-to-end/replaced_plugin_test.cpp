// A plugin's folder that is overwritten while the host runs, and a plugin that is enabled again.
#include "support/catch.h"
#include "support/folders.h"
#include "support/served_host.h"
#include "support/text_search.h"

#include <atomic>
#include <csignal>
#include <set>
#include <thread>

using namespace roots;
using namespace roots::test;

namespace {

namespace fs = std::filesystem;

// A user with a separate plugins folder.
class CopyingUser {
 public:
  explicit CopyingUser(bool isolated = false) : library_(folder("plugins") / "roots.personio") {
    fs::create_directories(library_);
    fs::copy(fs::path(pluginBuild()) / "plugins" / "roots.personio", library_, fs::copy_options::recursive);
    for (const auto &entry : fs::directory_iterator(library_))
      if (entry.path().extension() == ".so") library_ = entry.path();
    whole_ = contentOf(library_);
    REQUIRE(whole_.size() > 1000);
    fs::create_directory(folder("temporary"));
    auto enable = std::vector<std::string>{"plugins", "enable", "roots.personio"};
    if (isolated) enable.emplace_back("--isolated");
    REQUIRE(type(enable).exit_code == 0);
    REQUIRE(type(user.connectWords(), HostUser::secretLine()).exit_code == 0);
  }

  [[nodiscard]] fs::path folder(const std::string &name) const { return folder_.path() / name; }
  [[nodiscard]] std::vector<std::string> place() const { return {"--plugins", folder("plugins").string()}; }
  [[nodiscard]] ProcessOptions options(const std::string &input = "") const {
    ProcessOptions options;
    options.input = input;
    options.environment["TMPDIR"] = folder("temporary").string();
    return options;
  }
  ProcessResult type(const std::vector<std::string> &words, const std::string &input = "") const {
    auto all = place();
    all.insert(all.end(), words.begin(), words.end());
    return run(user.command(all), options(input));
  }

  // Like cp: truncates the existing file and writes it from the start.
  void copyOver(const std::string &content, std::size_t up_to = std::string::npos) const {
    std::ofstream(library_, std::ios::binary | std::ios::trunc) << content.substr(0, up_to);
  }
  // Another build of the same version.
  [[nodiscard]] std::string other() const { return whole_ + std::string(4096, 'x'); }
  [[nodiscard]] const std::string &whole() const { return whole_; }

  [[nodiscard]] int copies() const {
    int count = 0;
    for (const auto &entry : fs::directory_iterator(folder("temporary")))
      count += entry.path().filename().string().starts_with("roots-host-running-copy-") ? 1 : 0;
    return count;
  }

  HostUser user;

 private:
  TemporaryFolder folder_;
  fs::path library_;
  std::string whole_;
};

std::string answerOf(const ServedHost &served, const std::vector<std::string> &words) {
  return served.begin(words)->reply().body;
}

}  // namespace

TEST_CASE("overwriting a plugin while the page is served does not end the host", "[end-to-end]") {
  const CopyingUser copying(GENERATE(false, true));
  ServedHost served(copying.user, copying.options(), copying.place());
  CHECK(served.run({"sync"}) == 0);
  // During the copy, the file is not the one that was enabled.
  for (const std::size_t size : {std::size_t{0}, std::size_t{4096}, copying.whole().size() / 2}) {
    copying.copyOver(copying.whole(), size);
    const std::string answer = answerOf(served, {"sync"});
    CHECK(contains(answer, "Its library has changed since the plugin was enabled."));
    CHECK(served.run({"status"}) == 0);
    CHECK(served.run({"calendar"}) == 0);
  }
  copying.copyOver(copying.whole());
  CHECK(served.run({"sync"}) == 0);
  const auto result = served.quit();
  CHECK(result.exit_code == 0);
  CHECK(result.signal == 0);
}

TEST_CASE("syncs succeed while a plugin is overwritten repeatedly", "[end-to-end]") {
  const CopyingUser copying(GENERATE(false, true));
  ServedHost served(copying.user, copying.options(), copying.place());
  REQUIRE(served.run({"sync"}) == 0);
  std::atomic<bool> ended{false};
  std::thread copier([&] {
    while (!ended) {
      copying.copyOver(copying.whole());
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  });
  std::set<int> codes;
  for (int round = 0; round < 12; ++round) codes.insert(served.run({"sync"}));
  ended = true;
  copier.join();
  for (const int code : codes) CHECK((code == 0 || code == 1));
  CHECK(served.run({"sync"}) == 0);
  CHECK(served.quit().exit_code == 0);
}

TEST_CASE("another version that overwrites one in use is refused, and the host continues and exits normally",
          "[end-to-end]") {
  const CopyingUser copying(GENERATE(false, true));
  ServedHost served(copying.user, copying.options(), copying.place());
  CHECK(served.run({"sync"}) == 0);
  copying.copyOver(copying.other());
  const std::string answer = answerOf(served, {"sync"});
  CHECK(ServedHost::exitCodeIn(answer) == 1);
  CHECK(contains(
      answer,
      "Its library has changed since the plugin was enabled. If you replaced it yourself, enable it again: "
      "plugins enable roots.personio."));
  CHECK(contains(answerOf(served, {"calendar", "--month", "2026-07"}), "Urlaub"));
  // After enabling it again, the same host uses the new one.
  CHECK(served.run({"plugins", "enable", "roots.personio"}) == 0);
  CHECK(served.run({"sync"}) == 0);
  const auto result = served.quit();
  CHECK(result.exit_code == 0);
  CHECK(result.signal == 0);
}

TEST_CASE("copies of libraries are removed by the host on exit, or by the next host", "[end-to-end]") {
  const CopyingUser copying(GENERATE(false, true));
  CHECK(copying.copies() == 0);
  {
    ServedHost served(copying.user, copying.options(), copying.place());
    CHECK(served.run({"sync"}) == 0);
    CHECK(served.quit().exit_code == 0);
  }
  CHECK(copying.copies() == 0);
  {
    ServedHost served(copying.user, copying.options(), copying.place());
    CHECK(served.run({"sync"}) == 0);
    CHECK(served.quit(SIGKILL).signal == SIGKILL);
  }
  CHECK(copying.type({"sync"}).exit_code == 0);
  CHECK(copying.copies() == 0);
}

TEST_CASE(
    "enabling a plugin again keeps its connection and keys, and its isolation unless an option changes it",
    "[end-to-end]") {
  const CopyingUser copying(true);
  const auto isIsolated = [&] {
    return contains(copying.type({"plugins", "list"}).out, "enabled, isolated");
  };
  CHECK(isIsolated());
  copying.copyOver(copying.other());
  const auto changed = copying.type({"plugins", "list", "--json"});
  CHECK(contains(changed.out, "\"has_changed\":true"));
  const auto again = copying.type({"plugins", "enable", "roots.personio"});
  CHECK(again.exit_code == 0);
  CHECK(contains(again.out, "is enabled in a process of its own. It is still connected"));
  CHECK(isIsolated());
  CHECK(copying.type({"sync"}).exit_code == 0);
  CHECK(copying.type({"plugins", "enable", "roots.personio", "--in-process"}).exit_code == 0);
  CHECK_FALSE(isIsolated());
  CHECK(copying.type({"plugins", "enable", "roots.personio"}).exit_code == 0);
  CHECK_FALSE(isIsolated());
  CHECK(copying.type({"plugins", "enable", "roots.personio", "--isolated"}).exit_code == 0);
  CHECK(isIsolated());
  CHECK(copying.type({"sync"}).exit_code == 0);
  CHECK(copying.type({"plugins", "enable", "roots.personio", "--in-process", "--isolated"}).exit_code == 2);
}

TEST_CASE("a plugin on a file system without execute permission is refused with that reason",
          "[end-to-end]") {
  const HostUser user;
  const TemporaryFolder plugins;
  // A file system that only this process tree sees.
  std::vector<std::string> command{"/usr/bin/unshare",
                                   "-rm",
                                   "/bin/sh",
                                   "-c",
                                   "mount -t tmpfs -o noexec,mode=700 none \"$1\" || exit 77; cp -r \"$2\" "
                                   "\"$1\" || exit 77; shift 2; exec \"$@\"",
                                   "sh",
                                   plugins.path().string(),
                                   pluginBuild() + "/plugins/roots.personio"};
  for (const auto &word :
       user.command({"--plugins", plugins.path().string(), "plugins", "enable", "roots.personio"}))
    command.push_back(word);
  const auto result = run(command);
  INFO(result.out << result.err);
  if (result.exit_code == 77 || contains(result.err, "unshare:")) {
    WARN("This system lets no test mount a file system.");
    return;
  }
  CHECK(result.exit_code == 1);
  CHECK(contains(
      result.err,
      "The plugin roots.personio is refused. It lies on a file system that lets no program run (mounted with "
      "\"noexec\"). Move the plugins folder to another one, and name it with --plugins DIR."));
}

TEST_CASE("a call of the page with a truncated option runs nothing else", "[end-to-end]") {
  const HostUser user;
  ServedHost served(user);
  for (const char *command : {"serve", "demo"}) CHECK(served.run({command, "--home"}) == 2);
  CHECK(served.run({"status", "--home"}) == 2);
  CHECK(served.run({"status"}) == 0);
  CHECK(served.quit().exit_code == 0);
}
