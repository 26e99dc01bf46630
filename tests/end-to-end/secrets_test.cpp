// Secrets stay where they belong, and TLS is real.
#include "support/catch.h"
#include "support/certificates.h"
#include "support/host_user.h"

#include <sys/stat.h>

using namespace roots;
using namespace roots::test;

TEST_CASE("secrets and tokens are in one file that only its owner may read, and nowhere else",
          "[end-to-end][secrets]") {
  HostUser user;
  user.connectAll();
  std::string shown;
  for (const auto &words : std::vector<std::vector<std::string>>{
           {"status"}, {"status", "--json"}, {"sync"}, {"settings", "show"}, {"timeline"}}) {
    const auto result = user.type(words);
    shown += result.out + result.err;
  }
  for (const auto &entry : std::filesystem::directory_iterator(user.home())) {
    struct stat state {};
    REQUIRE(::stat(entry.path().c_str(), &state) == 0);
    INFO(entry.path().filename().string());
    CHECK((state.st_mode & 077) == 0);
    if (entry.path().filename() != "secrets.json") shown += contentOf(entry.path());
  }
  for (const char *secret : {"papi-secret-of-the-sandbox", "papi-token-", "moco-key-of-the-sandbox"}) {
    INFO(secret);
    CHECK(shown.find(secret) == std::string::npos);
  }
  CHECK(contentOf(user.home() / "secrets.json").find("papi-token-") != std::string::npos);
  for (const auto &request : user.services().requests())
    CHECK(request.query.find("secret") == std::string::npos);
}

TEST_CASE("a token that no longer counts is replaced once, without a word", "[end-to-end][secrets]") {
  HostUser user;
  user.connectAll();
  user.services().expireTokens();
  user.services().forgetRequests();
  REQUIRE(user.type({"sync"}).exit_code == 0);
  CHECK(user.asked("POST /v2/auth/token") == 1);
}

TEST_CASE("over TLS an authority that is not trusted is refused, and a named one is accepted",
          "[end-to-end][secrets]") {
  const Authority authority;
  const auto certificate = authority.issue({"server", {"localhost"}, {"127.0.0.1"}, false, false});
  sandbox::SandboxOptions options;
  options.certificate_file = certificate.certificate_file;
  options.private_key_file = certificate.key_file;
  HostUser user(sandbox::small(), options);
  user.enable();
  const auto refused = user.connect();
  CHECK(refused.exit_code != 0);
  CHECK(refused.err.find("authority that is not trusted") != std::string::npos);
  CHECK(user.services().requests().empty());
  const auto accepted = user.connect({{"ca_file", authority.file()}});
  INFO(accepted.err);
  CHECK(accepted.exit_code == 0);
}

TEST_CASE("a secrets file that others may read is refused", "[end-to-end][secrets]") {
  HostUser user;
  user.connectAll();
  std::filesystem::permissions(user.home() / "secrets.json", std::filesystem::perms(0644));
  const auto result = user.type({"sync"});
  CHECK(result.exit_code == 1);
  CHECK(result.err.find("can be read by others") != std::string::npos);
}

TEST_CASE("a damaged or newer state file is named and left as it is", "[end-to-end][secrets]") {
  const HostUser user;
  for (const char *content : {"{\"version\":99}", "{\"version\":1", "garbage"}) {
    const TemporaryFolder unused;
    std::ofstream(user.home() / "settings.json") << content;
    const auto result = user.type({"settings", "set", "weekday-hours", "8 8 8 8 8 0 0"});
    CHECK(result.exit_code == 1);
    CHECK(result.err.find("was left as it is") != std::string::npos);
    CHECK(contentOf(user.home() / "settings.json") == content);
  }
}

TEST_CASE("the demo shows everything and ends well", "[end-to-end]") {
  const auto result = run({std::string(ROOTS_BINARY_DIR) + "/bin/roots-host-stub", "demo"},
                          {"", {}, std::chrono::seconds(30)});
  INFO(result.out << result.err);
  CHECK(result.exit_code == 0);
  for (const char *word : {"Connected to Personio", "Connected to Moco", "locked by Personio",
                           "Disconnected from Personio", "days left", "⌂"}) {
    INFO(word);
    CHECK(result.out.find(word) != std::string::npos);
  }
}

TEST_CASE("the sandbox runs until it is told to stop", "[end-to-end]") {
  ProcessOptions options;
  options.time_limit = std::chrono::seconds(1);
  const auto result =
      run({std::string(ROOTS_BINARY_DIR) + "/bin/roots-host-stub", "sandbox", "--json"}, options);
  CHECK(result.timed_out);
  const auto document = kit::JsonDocument::parse(result.out);
  REQUIRE(document.ok());
  CHECK(document->root()["personio_url"].asText().value_or("").starts_with("http://127.0.0.1:"));
}
