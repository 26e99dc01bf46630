// Secrets stay private, and TLS is verified.
#include "support/catch.h"
#include "support/certificates.h"
#include "support/folders.h"
#include "support/host_user.h"

#include <sys/stat.h>

using namespace roots;
using namespace roots::test;

TEST_CASE("secrets and tokens are in one file that only its owner can read, and nowhere else",
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
    struct stat state{};
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

TEST_CASE("an invalid token is replaced once, without a message", "[end-to-end][secrets]") {
  HostUser user;
  user.connectAll();
  user.services().expireTokens();
  user.services().forgetRequests();
  REQUIRE(user.type({"sync"}).exit_code == 0);
  CHECK(user.asked("POST /v2/auth/token") == 1);
}

TEST_CASE("over TLS, an untrusted authority is refused, and a specified one is accepted",
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

TEST_CASE("a secrets file that others can read is refused", "[end-to-end][secrets]") {
  HostUser user;
  user.connectAll();
  std::filesystem::permissions(user.home() / "secrets.json", std::filesystem::perms(0644));
  const auto result = user.type({"sync"});
  CHECK(result.exit_code == 1);
  CHECK(result.err.find("can be read by others") != std::string::npos);
}

TEST_CASE("a state file of a newer version is reported and not changed", "[end-to-end][secrets]") {
  const HostUser user;
  std::ofstream(user.home() / "settings.json") << "{\"version\":99}";
  const auto result = user.type({"settings", "set", "weekday-hours", "8 8 8 8 8 0 0"});
  CHECK(result.exit_code == 1);
  CHECK(result.err.find("was not changed") != std::string::npos);
  CHECK(contentOf(user.home() / "settings.json") == "{\"version\":99}");
}

TEST_CASE("the demo runs all its commands successfully", "[end-to-end]") {
  const auto result =
      run({buildFolder() + "/bin/roots-host-stub", "demo"}, {"", {}, std::chrono::seconds(30)});
  INFO(result.out << result.err);
  CHECK(result.exit_code == 0);
  for (const char *word : {"Connected to Personio", "Connected to Moco", "locked by Personio",
                           "Disconnected from Personio", "days left", "⌂"}) {
    INFO(word);
    CHECK(result.out.find(word) != std::string::npos);
  }
}

TEST_CASE("diagnostics report states and no personal data", "[end-to-end]") {
  HostUser user;
  user.connectAll();
  REQUIRE(user.type({"sync"}).exit_code == 0);
  REQUIRE(user.type({"rotation", "set", "--from", "2026-07-06", "--week", "8 8 8 8 8 0 0", "--week",
                     "8 8 8 8 0 0 0"})
              .exit_code == 0);
  const auto printed = user.type({"status", "--diagnostics"});
  REQUIRE(printed.exit_code == 0);
  const auto document = kit::JsonDocument::parse(printed.out);
  REQUIRE(document.ok());
  const auto root = document->root();
  CHECK(root["interface"].textOrEmpty() == "1.1");
  CHECK(root["connections"].at(0)["id"].textOrEmpty() == "roots.personio");
  CHECK(root["connections"].at(0)["state"].textOrEmpty() == "connected");
  CHECK(root["connections"].at(0)["locked_settings"].size() == 2);
  CHECK(root["connections"].at(0)["data"]["absences"]["has_failed"].asFlag() == false);
  CHECK(root["moco"]["state"].textOrEmpty() == "connected");
  CHECK(root["has_rotation"].asFlag() == true);
  // The names of settings that were given, but nothing about the person, the absences, and the services.
  CHECK(kit::JsonDocument::textOf(root["connections"].at(0)["settings_given"]).find("base_url") !=
        std::string::npos);
  for (const char *word : {"Nele", "Muster", "example.com", "127.0.0.1", "papi-", "moco-key", "Urlaub",
                           "Krank", "vacation", "sick", "/tmp", "sha256", "account"}) {
    INFO(word);
    CHECK(printed.out.find(word) == std::string::npos);
  }
}

TEST_CASE("absences are exported for another calendar, with or without their reasons", "[end-to-end]") {
  HostUser user;
  user.connectAll();
  const auto full = user.type({"calendar", "--ics", "--from", "2026-01-01", "--to", "2026-12-31"});
  REQUIRE(full.exit_code == 0);
  CHECK(full.out.rfind("BEGIN:VCALENDAR\r\n", 0) == 0);
  CHECK(full.out.find("SUMMARY:Urlaub") != std::string::npos);
  const auto shared =
      user.type({"calendar", "--ics", "--absent", "--from", "2026-01-01", "--to", "2026-12-31"});
  REQUIRE(shared.exit_code == 0);
  CHECK(shared.out.find("SUMMARY:Absent") != std::string::npos);
  CHECK(shared.out.find("Urlaub") == std::string::npos);
  CHECK(user.type({"calendar", "--absent"}).exit_code == 2);
  // With one end only: to the end, or from the start, of its month.
  const auto eventsOf = [&](std::vector<std::string> days) {
    days.insert(days.begin(), {"calendar", "--ics"});
    std::string text = user.type(days).out;
    for (auto at = text.find("DTSTAMP:"); at != std::string::npos; at = text.find("DTSTAMP:", at))
      text.erase(at, text.find('\n', at) - at);
    return text;
  };
  const std::string july = eventsOf({"--from", "2026-07-01", "--to", "2026-07-31"});
  CHECK(july.find("BEGIN:VEVENT") != std::string::npos);
  CHECK(eventsOf({"--from", "2026-07-01"}) == july);
  CHECK(eventsOf({"--to", "2026-07-31"}) == july);
}
