// The statuses of commands: their words and exit codes, and which errors have them.
#include "command/failure.h"
#include "support/catch.h"
#include "support/folders.h"
#include "support/temporary_folder.h"
#include "typed.h"

#include <roots/kit/json.h>

using namespace roots;
using namespace roots::host;
using namespace roots::test;

namespace {

struct Documented {
  HostStatus status;
  const char *word;
  int exit_code;
};

const std::vector<Documented> kDocumented{{HostStatus::cancelled, "cancelled", 1},
                                          {HostStatus::internal, "internal", 1},
                                          {HostStatus::not_connected, "not_connected", 1},
                                          {HostStatus::not_enabled, "not_enabled", 1},
                                          {HostStatus::not_known, "not_known", 1},
                                          {HostStatus::plugin_refused, "plugin_refused", 1},
                                          {HostStatus::storage_failed, "storage_failed", 1},
                                          {HostStatus::unexpected_reply, "unexpected_reply", 1},
                                          {HostStatus::invalid_setting, "invalid_setting", 2},
                                          {HostStatus::wrong_use, "wrong_use", 2},
                                          {HostStatus::locked, "locked", 3},
                                          {HostStatus::access_missing, "access_missing", 4},
                                          {HostStatus::sign_in_failed, "sign_in_failed", 4},
                                          {HostStatus::not_found, "not_found", 5},
                                          {HostStatus::person_not_found, "person_not_found", 5},
                                          {HostStatus::try_later, "try_later", 6}};

// A user with an empty home and a folder with plugins that are not enabled.
class User {
 public:
  void addPlugin(const std::string &manifest) const {
    folder_.write("plugins/example.larkspur/manifest.json", manifest);
    folder_.write("plugins/example.larkspur/liblarkspur.so", "no library");
  }

  [[nodiscard]] Typed type(const std::vector<std::string> &words) const {
    std::vector<std::string> line{"--home", home(), "--plugins", (folder_.path() / "plugins").string(),
                                  "--json"};
    line.insert(line.end(), words.begin(), words.end());
    return host::type(line);
  }

  // The status that this command reports, and its exit code.
  [[nodiscard]] std::pair<std::string, int> failureOf(const std::vector<std::string> &words) const {
    const Typed typed = type(words);
    const auto document = kit::JsonDocument::parse(typed.out);
    REQUIRE(document.ok());
    return {document->root()["error"]["status"].textOrEmpty(), typed.exit_code};
  }

  [[nodiscard]] std::string home() const { return (folder_.path() / "home").string(); }
  [[nodiscard]] const TemporaryFolder &folder() const { return folder_; }

 private:
  TemporaryFolder folder_;
};

using Failed = std::pair<std::string, int>;

}  // namespace

TEST_CASE("each status of a command has the word and the exit code that the README states", "[failure]") {
  const std::string readme = contentOf(sourceFolder() + "/host-stub/README.md");
  for (const auto &[status, word, exit_code] : kDocumented) {
    CHECK(wordOf(status) == std::string(word));
    CHECK(static_cast<int>(exitCodeOf(status)) == exit_code);
    const std::string row = "| `" + std::string(word) + "` | " + std::to_string(exit_code) + " |";
    CAPTURE(row);
    CHECK(readme.find(row) != std::string::npos);
  }
}

TEST_CASE("each status of a provider is a status of the host", "[failure]") {
  const auto wordAfter = [](Status status) {
    return std::string(wordOf(Failure(makeError(status, "It failed.")).status));
  };
  CHECK(wordAfter(Status::cancelled) == "cancelled");
  CHECK(wordAfter(Status::invalid_setting) == "invalid_setting");
  CHECK(wordAfter(Status::sign_in_failed) == "sign_in_failed");
  CHECK(wordAfter(Status::access_missing) == "access_missing");
  CHECK(wordAfter(Status::person_not_found) == "person_not_found");
  CHECK(wordAfter(Status::try_later) == "try_later");
  CHECK(wordAfter(Status::unexpected_reply) == "unexpected_reply");
  CHECK(wordAfter(Status::internal) == "internal");
  CHECK(wordAfter(Status::not_connected) == "not_connected");
}

TEST_CASE("a failure keeps what an error says", "[failure]") {
  const Failure failure(makeError(Status::try_later, "Try again later.")
                            .withSetting("base_url")
                            .withRetryAfter(std::chrono::seconds(2)));
  CHECK(failure.message == "Try again later.");
  CHECK(failure.setting == "base_url");
  CHECK(failure.retry_after == std::chrono::seconds(2));
}

TEST_CASE("a failure of the stores has a status of its own, unless the user can correct it or wait",
          "[failure]") {
  CHECK(storageFailed(makeError(Status::internal, "The disk is full.")).status == HostStatus::storage_failed);
  CHECK(storageFailed(makeError(Status::try_later, "It is locked.")).status == HostStatus::try_later);
  CHECK(partlyCompleted("Disconnected.", makeError(Status::internal, "A file remains.")).status ==
        HostStatus::storage_failed);
  CHECK(partlyCompleted("Disconnected.", makeError(Status::internal, "A file remains.")).message ==
        "Disconnected. A file remains.");
}

TEST_CASE("what the host does not have is not found, and is no person", "[failure]") {
  const User user;
  CHECK(user.failureOf({"absences", "remove", "manual-1"}) == Failed("not_found", 5));
  CHECK(user.failureOf({"connect", "example.larkspur"}) == Failed("not_found", 5));
  CHECK(user.failureOf({"disconnect", "example.larkspur"}) == Failed("not_found", 5));
  CHECK(user.failureOf({"plugins", "disable", "example.larkspur"}) == Failed("not_found", 5));
}

TEST_CASE("a refused plugin and one that is not enabled have statuses of their own", "[failure]") {
  const User user;
  user.addPlugin(contentOf(sourceFolder() + "/sdk/template/manifest.json"));
  CHECK(user.failureOf({"connect", "example.larkspur"}) == Failed("not_enabled", 1));
  user.addPlugin("no manifest");
  CHECK(user.failureOf({"connect", "example.larkspur"}) == Failed("plugin_refused", 1));
  CHECK(user.failureOf({"plugins", "enable", "example.larkspur"}) == Failed("plugin_refused", 1));
}

TEST_CASE("a home that cannot be used is a failure of the storage", "[failure]") {
  const User user;
  user.folder().write("home", "a file");
  CHECK(user.failureOf({"status"}) == Failed("storage_failed", 1));
  CHECK(user.failureOf({"sync"}) == Failed("storage_failed", 1));
}

TEST_CASE("without a connection, there is nothing to fetch", "[failure]") {
  const User user;
  CHECK(user.failureOf({"sync"}) == Failed("not_connected", 1));
  CHECK(user.failureOf({"balance"}) == Failed("not_connected", 1));
}
