// Views that cannot fetch missing days: they show the known data and the reason.
#include "support/catch.h"
#include "support/host_user.h"
#include "support/json_output.h"
#include "support/text_search.h"

using namespace roots;
using namespace roots::test;

namespace {

namespace fs = std::filesystem;

const std::vector<std::string> kKnownAndUnknown{"timeline", "--from", "2026-07-06", "--to", "2027-03-31"};

bool showsTheVacation(const kit::JsonDocument &timeline) {
  const auto days = timeline.root()["days"];
  for (std::size_t index = 0; index < days.size(); ++index) {
    if (days.at(index)["date"].textOrEmpty() != "2026-07-08") continue;
    return days.at(index)["absences"].at(0)["label"].textOrEmpty() == "Urlaub";
  }
  return false;
}

// Changes a setting of Moco in the host's file.
void changeMoco(const HostUser &user, const std::string &key, const std::string &value) {
  std::string settings = contentOf(user.home() / "settings.json");
  const std::string name = "\"" + key + "\": \"";
  const auto begin = settings.find(name, settings.find("\"moco\": {"));
  REQUIRE(begin != std::string::npos);
  const auto end = settings.find('"', begin + name.size());
  settings.replace(begin + name.size(), end - begin - name.size(), value);
  std::ofstream(user.home() / "settings.json", std::ios::trunc) << settings;
}

void showsWhatIsKnown(const HostUser &user, const std::string &reason) {
  const auto timeline = user.typeJson(kKnownAndUnknown);
  INFO(noticesIn(timeline));
  CHECK(contains(noticesIn(timeline), reason));
  CHECK(showsTheVacation(timeline));
  const auto month = user.type({"calendar", "--month", "2027-02"});
  CHECK(month.exit_code == 0);
  CHECK(contains(month.out + month.err, reason));
  const auto day = user.type({"explain", "2027-02-01"});
  CHECK(day.exit_code == 0);
  CHECK(contains(day.out + day.err, reason));
}

}  // namespace

TEST_CASE("if the home cannot be locked, a view shows known data and the reason", "[end-to-end]") {
  HostUser user;
  user.connectAll();
  fs::remove(user.home() / "lock");
  fs::create_directory(user.home() / "lock");
  showsWhatIsKnown(user, "Missing days could not be fetched: The folder " + user.home().string() +
                             " cannot be written to (");
  // Another calendar cannot show such a notice.
  CHECK(user.type({"calendar", "--ics", "--month", "2027-02"}).exit_code == 1);
}

TEST_CASE("if data cannot be stored, a view shows known data and the reason", "[end-to-end]") {
  HostUser user;
  user.connectAll();
  fs::create_directories(user.home() / "context.json.new" / "in the way");
  showsWhatIsKnown(user, "Missing days could not be fetched: The file " +
                             (user.home() / "context.json").string() + " cannot be written (");
}

TEST_CASE("if the proxy setting is unusable, a view shows known data and the reason", "[end-to-end]") {
  HostUser user;
  user.connectAll();
  changeMoco(user, "base_url", "");
  ProcessOptions options;
  options.environment["https_proxy"] = "socks5://proxy.example.com:1080";
  auto words = kKnownAndUnknown;
  words.emplace_back("--json");
  const auto result = run(user.command(words), options);
  INFO(result.out << result.err);
  CHECK(result.exit_code == 0);
  const auto timeline = kit::JsonDocument::parse(result.out);
  REQUIRE(timeline.ok());
  CHECK(contains(noticesIn(*timeline),
                 "Moco: The environment variable https_proxy names a proxy that cannot be used"));
  CHECK(showsTheVacation(*timeline));
}

TEST_CASE("if Moco cannot be contacted, other sources are synced", "[end-to-end]") {
  HostUser user;
  user.connectAll();
  changeMoco(user, "base_url", "https://127.0.0.1:9");
  changeMoco(user, "ca_file", "/nowhere/at/all.pem");
  user.services().forgetRequests();
  const auto sync = user.type({"sync"});
  CHECK(sync.exit_code != 0);
  CHECK(contains(sync.err, "Moco, connection: "));
  CHECK(contains(sync.err, "certificate authority file"));
  CHECK(user.asked("GET /v2/absence-periods") > 0);
  const auto timeline = user.typeJson(kKnownAndUnknown);
  CHECK(contains(noticesIn(timeline), "certificate authority file"));
  CHECK(showsTheVacation(timeline));
}
