// Moco with unusual networks, clipboards, and rows, through the real host.
#include "support/catch.h"
#include "support/host_user.h"
#include "support/text_search.h"

using namespace roots;
using namespace roots::test;

namespace {

std::vector<std::string> connectWords(const std::string &base_url) {
  std::vector<std::string> words{"moco", "connect", "--domain", "example", "--secrets-from-stdin"};
  if (!base_url.empty()) words.insert(words.end(), {"--base-url", base_url});
  return words;
}

}  // namespace

TEST_CASE("being offline means try later, not wrong use", "[end-to-end][moco]") {
  const HostUser user;
  // A name that never resolves (RFC 6761), online or offline.
  const auto result = user.type(connectWords("https://example.invalid"), "api_key=moco-key-of-the-sandbox\n");
  INFO(result.err);
  CHECK(result.exit_code == 6);
  CHECK(contains(result.err, "offline"));
}

TEST_CASE("a Moco key is used without surrounding characters that were copied with it",
          "[end-to-end][moco]") {
  HostUser user;
  const auto connect = [&](const std::string &key) {
    return user.type(connectWords(user.services().mocoUrl()), "api_key=" + key + "\n");
  };
  for (const std::string around : {" ", "\t", "\xC2\xA0", "\xEF\xBB\xBF", "\xE2\x80\x8B"}) {
    const auto result = connect(around + "moco-key-of-the-sandbox" + around);
    INFO(result.err);
    CHECK(result.exit_code == 0);
  }
  CHECK(user.type({"sync"}).exit_code == 0);  // it was stored without the extra characters
  for (const std::string nothing : {"", " ", "\xC2\xA0"}) {
    const auto result = connect(nothing);
    CHECK(result.exit_code == 2);
    CHECK(contains(result.err, "API key is missing"));
  }
  const auto two = connect("moco-key of-the-sandbox");
  CHECK(two.exit_code == 2);
  CHECK(contains(two.err, "contains a space"));
}

TEST_CASE("invalid rows of Moco are reported on their days, and all others count", "[end-to-end][moco]") {
  auto scenario = sandbox::small();
  sandbox::MocoActivity odd = scenario.moco.activities.front();
  odd.id = 8802;
  odd.raw["worked_seconds"] = "\"much\"";
  sandbox::MocoActivity of_nobody = odd;
  of_nobody.id = 8803;
  of_nobody.raw = {{"user", "null"}};
  const auto date = kit::formatDate(odd.date);
  scenario.moco.activities.push_back(odd);
  scenario.moco.activities.push_back(of_nobody);
  HostUser user(scenario);
  user.connectAll();
  const auto timeline = user.typeJson({"timeline", "--from", date, "--to", date});
  CHECK(timeline.root()["days"].at(0)["entries"].size() == 1);
  std::string notices;
  for (std::size_t index = 0; index < timeline.root()["notices"].size(); ++index)
    notices += timeline.root()["notices"].at(index).textOrEmpty() + "\n";
  INFO(notices);
  CHECK(contains(notices, "Moco's time entry 8802 of " + date +
                              " is not counted: its \"worked_seconds\" cannot be read."));
  CHECK(contains(notices, "Moco's time entry 8803 of " + date + " is not counted: it belongs to nobody."));
  CHECK(contains(user.type({"status"}).out, "time entry 8802"));
  // A view of other days does not change it.
  (void)user.type({"explain", "2026-12-24"});
  CHECK(contains(user.type({"timeline", "--from", date, "--to", date}).out, "time entry 8802"));
}

TEST_CASE("connecting reports failed parts in the same form for both services", "[end-to-end][moco]") {
  HostUser user;
  user.enable();
  user.refuseHolidaysAndAbsences();
  const auto moco =
      user.typeJson(connectWords(user.services().mocoUrl()), "api_key=moco-key-of-the-sandbox\n");
  const auto personio = user.typeJson(user.connectWords(), HostUser::secretLine());
  for (const auto *reply : {&moco, &personio}) {
    const auto problems = reply->root()["problems"];
    REQUIRE(problems.size() == 1);
    CHECK(problems.at(0)["source"].textOrEmpty() == (reply == &moco ? "moco" : "roots.personio"));
    CHECK(problems.at(0)["source_name"].textOrEmpty() == (reply == &moco ? "Moco" : "Personio"));
    CHECK(problems.at(0)["part"].textOrEmpty() == (reply == &moco ? "public_holidays" : "absences"));
    CHECK(problems.at(0)["status"].textOrEmpty() == "access_missing");
    CHECK_FALSE(problems.at(0)["message"].textOrEmpty().empty());
  }
  const auto text = user.type(connectWords(user.services().mocoUrl()), "api_key=moco-key-of-the-sandbox\n");
  CHECK(text.exit_code == 0);
  CHECK(text.err.starts_with("Moco, public holidays: "));
}

TEST_CASE("an unusable authority file is reported when connecting, also over http", "[end-to-end]") {
  HostUser user;
  user.enable();
  const auto personio = user.connect({{"ca_file", user.home().string()}});
  CHECK(personio.exit_code == 2);
  CHECK(contains(personio.err, "certificate authority file is a folder"));
  auto words = connectWords(user.services().mocoUrl());
  words.insert(words.end(), {"--ca-file", user.home().string()});
  const auto moco = user.type(words, "api_key=moco-key-of-the-sandbox\n");
  CHECK(moco.exit_code == 2);
  CHECK(contains(moco.err, "certificate authority file is a folder"));
}
